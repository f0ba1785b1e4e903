"""A shop that has forked the Oscar apps which a referral passes through."""

from __future__ import annotations

from tests.projects.base import *

ROOT_URLCONF = "tests.projects.oscar_only.urls"

FORKS = {
    f"oscar.apps.{label}.apps.{label.capitalize()}Config": (
        f"tests.projects.forked.{label}.apps.{label.capitalize()}Config"
    )
    for label in ("basket", "checkout", "offer", "order", "voucher")
}
INSTALLED_APPS = [FORKS.get(app, app) for app in INSTALLED_APPS]

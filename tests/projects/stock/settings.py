"""The shop of `oscar_only` as it is before the referral apps come: the other side of the walk."""

from __future__ import annotations

from oscar.defaults import OSCAR_DASHBOARD_NAVIGATION as OSCARS_NAVIGATION

from tests.projects.base import *

ROOT_URLCONF = "tests.projects.stock.urls"


def without_us(names: list[str]) -> list[str]:
    """The entries of a setting that a shop had already."""
    return [name for name in names if not name.startswith("oscar_referrals")]


INSTALLED_APPS = without_us(INSTALLED_APPS)
MIDDLEWARE = without_us(MIDDLEWARE)
OSCAR_DASHBOARD_NAVIGATION = OSCARS_NAVIGATION

"""A shop made as Oscar's guide says becomes a shop with referrals by the tutorial's text alone.

The shop's files are written here; what the tutorial adds to them, and the commands that it gives,
are read from the tutorial.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT

TUTORIAL = (ROOT / "docs" / "tutorial" / "first-referral.md").read_text(encoding="utf-8")
MOST_LINES = 10
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

# "Building your own shop", https://django-oscar.readthedocs.io/en/4.2/internals/getting_started.html
OSCAR_SETTINGS = """
from oscar.defaults import *

TEMPLATES[0]["OPTIONS"]["context_processors"] += [
    "oscar.apps.search.context_processors.search_form",
    "oscar.apps.checkout.context_processors.checkout",
    "oscar.apps.communication.notifications.context_processors.notifications",
    "oscar.core.context_processors.metadata",
]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "oscar.config.Shop",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "oscar.apps.checkout.apps.CheckoutConfig",
    "oscar.apps.address.apps.AddressConfig",
    "oscar.apps.shipping.apps.ShippingConfig",
    "oscar.apps.catalogue.apps.CatalogueConfig",
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    "oscar.apps.partner.apps.PartnerConfig",
    "oscar.apps.basket.apps.BasketConfig",
    "oscar.apps.payment.apps.PaymentConfig",
    "oscar.apps.offer.apps.OfferConfig",
    "oscar.apps.order.apps.OrderConfig",
    "oscar.apps.customer.apps.CustomerConfig",
    "oscar.apps.search.apps.SearchConfig",
    "oscar.apps.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "oscar.apps.dashboard.apps.DashboardConfig",
    "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig",
    "oscar.apps.dashboard.users.apps.UsersDashboardConfig",
    "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig",
    "oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig",
    "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
    "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig",
    "oscar.apps.dashboard.pages.apps.PagesDashboardConfig",
    "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
    "oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig",
    "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
    "widget_tweaks",
    "haystack",
    "treebeard",
    "sorl.thumbnail",
    "django_tables2",
]
SITE_ID = 1

MIDDLEWARE = [
    *MIDDLEWARE,
    "oscar.apps.basket.middleware.BasketMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
]
AUTHENTICATION_BACKENDS = (
    "oscar.apps.customer.auth_backends.EmailBackend",
    "django.contrib.auth.backends.ModelBackend",
)
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / "media"
STATIC_ROOT = BASE_DIR / "static"

HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "db.sqlite3",
        "ATOMIC_REQUESTS": True,
    }
}

OSCAR_INITIAL_ORDER_STATUS = "Pending"
OSCAR_INITIAL_LINE_STATUS = "Pending"
OSCAR_ORDER_STATUS_PIPELINE = {
    "Pending": ("Being processed", "Cancelled"),
    "Being processed": ("Processed", "Cancelled"),
    "Cancelled": (),
}
"""
OSCAR_URLS = """
    path("", include(apps.get_app_config("oscar").urls[0])),
"""
URLS = """
from django.apps import apps
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
{added}{oscar}]
"""


def block(file: str) -> str:
    """What the tutorial adds to a file of the project."""
    (found,) = re.findall(rf"^```python\n# {re.escape(file)}\n(.*?)^```$", TUTORIAL, re.M | re.S)
    return found


def lines_of(code: str) -> list[str]:
    return [line for line in code.splitlines() if line.strip() and not line.strip().startswith("#")]


def commands() -> list[list[str]]:
    """The arguments of each ``python manage.py`` that the reader is told to run."""
    found = re.findall(r"^\$ python manage\.py (.+)$", TUTORIAL, re.M)
    return [shlex.split(command) for command in found]


def cron_job() -> list[str]:
    """The arguments of the command in the line for cron."""
    (found,) = re.findall(r"^\* .* manage\.py (.+)$", TUTORIAL, re.M)
    return shlex.split(found)


def run(project: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env={
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "frobshop.settings",
            "PYTHONPATH": f"{project}{os.pathsep}{ROOT}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Oscar's guide followed to its end, and then the tutorial's two additions."""
    place = tmp_path_factory.mktemp("shop")
    subprocess.run(
        [sys.executable, "-m", "django", "startproject", "frobshop"], cwd=place, check=True
    )
    project = place / "frobshop"
    with (project / "frobshop" / "settings.py").open("a", encoding="utf-8") as settings:
        settings.write(OSCAR_SETTINGS + block("settings.py"))
    (project / "frobshop" / "urls.py").write_text(
        URLS.format(added=block("urls.py"), oscar=OSCAR_URLS.lstrip("\n")), encoding="utf-8"
    )
    return project


def test_the_tutorial_adds_no_more_lines_than_it_says() -> None:
    added = len(lines_of(block("settings.py"))) + len(lines_of(block("urls.py")))
    assert added <= MOST_LINES
    assert f"Those are {NUMBERS[added]} lines in all." in TUTORIAL
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert f"ten minutes and {NUMBERS[added]} lines." in readme


def test_the_tutorial_installs_this_distribution() -> None:
    name = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]
    assert f"$ pip install {name}\n" in TUTORIAL


def test_following_the_tutorial_leads_to_a_first_reward(shop: Path) -> None:
    assert ["migrate"] in commands()
    said = {}
    for command in commands():
        said[command[0]] = run(shop, "manage.py", *command)
    assert "oscar_referrals" not in said["check"], said["check"]
    walked = run(shop, "-W", "ignore", "-m", "tests.packaging.first_referral", *cron_job())
    assert walked.splitlines()[-1] == "The advocate has used the reward."

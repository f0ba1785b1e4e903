"""What the shops that the tests run on have in common: stock Oscar, and this project's lines."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import dj_database_url
import oscar
from oscar.defaults import *

from oscar_referrals.defaults import OSCAR_DASHBOARD_NAVIGATION as REFERRAL_NAVIGATION

SCRATCH = Path(tempfile.gettempdir()) / f"oscar-referrals-tests-{os.getuid()}"
SCRATCH.mkdir(exist_ok=True)

SECRET_KEY = "only-for-tests"
DEBUG = False
ALLOWED_HOSTS = ["*"]
SITE_ID = 1
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


class OnlyMigrate:
    """A MIGRATION_MODULES that makes the tables of all other apps from their models.

    It builds a test database in seconds instead of a minute, while the migrations under test run.
    """

    def __init__(self, *labels: str) -> None:
        self.labels = frozenset(labels)

    def __contains__(self, label: str) -> bool:
        return label not in self.labels

    def __getitem__(self, label: str) -> None:
        return None


REAL_MIGRATIONS = os.environ.get("REAL_MIGRATIONS") == "1"
MIGRATION_MODULES: Any = {} if REAL_MIGRATIONS else OnlyMigrate("oscar_referrals")

if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.config()}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            # No run opens it, but the live server asks before the tests' own database is chosen
            # whether all its threads have to share one connection.
            "NAME": str(SCRATCH / "never-opened.sqlite3"),
            "OPTIONS": {
                "timeout": 30,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
            },
            # A file, since a live server and racing threads can't share an in-memory database;
            # named after the process, so that two runs at once don't meet in it.
            "TEST": {"NAME": str(SCRATCH / f"test-{os.getpid()}.sqlite3")},
        }
    }

INSTALLED_APPS = [
    "oscar_referrals",
    "oscar_referrals.dashboard",
    *oscar.INSTALLED_APPS,
    "import_export",
    "sorl.thumbnail",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
    "oscar_referrals.checkout.middleware.ReferralMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.apps.search.context_processors.search_form",
                "oscar.apps.checkout.context_processors.checkout",
                "oscar.apps.communication.notifications.context_processors.notifications",
                "oscar.core.context_processors.metadata",
            ],
        },
    },
]

AUTHENTICATION_BACKENDS = [
    "oscar.apps.customer.auth_backends.EmailBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Tests sign in by the hundred; a strong hash would be most of their time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Oscar says "cart" and "coupon" under en-us, and "basket" and "voucher" under en-gb.
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("ms", "Bahasa Melayu"), ("id", "Bahasa Indonesia")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Kuala_Lumpur"

STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = SCRATCH / "media"

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"

OSCAR_SHOP_NAME = "Kedai Ujian"
OSCAR_DEFAULT_CURRENCY = "MYR"
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_INITIAL_ORDER_STATUS = "Pending"
OSCAR_INITIAL_LINE_STATUS = "Pending"
OSCAR_ORDER_STATUS_PIPELINE = {
    "Pending": ("Being processed", "Paid", "Cancelled"),
    "Being processed": ("Paid", "Complete", "Cancelled"),
    "Paid": ("Complete", "Cancelled"),
    "Complete": ("Cancelled",),
    "Cancelled": (),
}
OSCAR_LINE_STATUS_PIPELINE = OSCAR_ORDER_STATUS_PIPELINE
OSCAR_DASHBOARD_NAVIGATION = OSCAR_DASHBOARD_NAVIGATION + REFERRAL_NAVIGATION

OSCAR_REFERRALS: dict[str, object] = {
    "PAID_STATUSES": ("Paid", "Complete"),
    "CREDIT_AT_CHECKOUT": True,
    # What the terms have to say and no rule does.
    "SPONSOR_NAME": "Rimba Pagi Sdn. Bhd.",
    "SPONSOR_ADDRESS": "28700 Bentong, Malaysia",
    "SPONSOR_CONTACT": "hello@rimbapagi.example",
    "MINIMUM_AGE": 18,
    "COUNTRIES": ("MY", "ID"),
    "PRIVACY_URL": "https://rimbapagi.example/privacy/",
}

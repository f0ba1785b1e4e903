"""Settings of the sandbox shop: Wagtail and Oscar in one project, with both referral apps.

Everything a shop adds for referrals is marked "Referrals". The rest is an ordinary project.
Environment: ``DATABASE_URL`` (default: SQLite in ``var/``), ``SECRET_KEY``, ``PORT``.
"""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
import oscar
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from oscar.defaults import *
from oscar.defaults import OSCAR_DASHBOARD_NAVIGATION

from oscar_referrals.defaults import OSCAR_DASHBOARD_NAVIGATION as REFERRAL_NAVIGATION

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

DEBUG = True
SECRET_KEY = os.environ.get("SECRET_KEY", "only-for-the-sandbox-never-for-a-real-shop")
PORT = int(os.environ.get("PORT", "8000"))
SITE_ID = 1
ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The shop's own checkout and shipping take the place of Oscar's.
OWN_OSCAR_APPS = {
    "oscar.apps.checkout.apps.CheckoutConfig": "checkout.apps.CheckoutConfig",
    "oscar.apps.shipping.apps.ShippingConfig": "shipping.apps.ShippingConfig",
}

WAGTAIL_APPS = [
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
]

# Oscar's list holds haystack: it must come before wagtail.search, whose `update_index` and
# `rebuild_index` commands would otherwise hide haystack's.
INSTALLED_APPS = [
    # Referrals: before the theme, so that their templates extend the shop's.
    "oscar_referrals",
    "oscar_referrals.dashboard",
    "wagtail_referrals",
    "shop",
    "accounts",
    "home",
    "demo",
    *(OWN_OSCAR_APPS.get(app, app) for app in oscar.INSTALLED_APPS),
    "import_export",
    "sorl.thumbnail",
    *WAGTAIL_APPS,
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
    # Referrals
    "oscar_referrals.checkout.middleware.ReferralMiddleware",
]

TEMPLATES = [
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
                "wagtail.contrib.settings.context_processors.settings",
                "shop.context_processors.storefront",
            ],
        },
    },
]

# Database, files and mail: all under var/, which git ignores

DATABASES = {
    "default": dj_database_url.config(default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers don't wait for the writer, and a writer waits instead of failing at once.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"

EMAIL_BACKEND = "shop.mail.FileAndConsoleBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = OSCAR_FROM_EMAIL = "Rimba Pagi <hello@rimbapagi.example>"

# Languages

LANGUAGE_CODE = "en-gb"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en-gb", "English"),
    ("ms", "Bahasa Melayu"),
    ("id", "Bahasa Indonesia"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = "Asia/Kuala_Lumpur"
PHONENUMBER_DEFAULT_REGION = "MY"

# Accounts

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "oscar.apps.customer.auth_backends.EmailBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = reverse_lazy("customer:login")
LOGIN_REDIRECT_URL = reverse_lazy("customer:summary")

# Oscar

OSCAR_SHOP_NAME = "Rimba Pagi"
OSCAR_SHOP_TAGLINE = _("Coffee, tea and things for the table")
OSCAR_HOMEPAGE = reverse_lazy("wagtail_serve", args=[""])
OSCAR_DEFAULT_CURRENCY = "MYR"
OSCAR_CURRENCY_FORMAT = {"MYR": {"format": "'RM' #,##0.00"}}
OSCAR_PRODUCTS_PER_PAGE = 24
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_REQUIRED_ADDRESS_FIELDS = (
    "first_name",
    "last_name",
    "line1",
    "line4",
    "postcode",
    "country",
)

OSCAR_INITIAL_ORDER_STATUS = "Pending"
OSCAR_ORDER_STATUS_PIPELINE = {
    "Pending": ("Paid", "Cancelled"),
    "Paid": ("Being packed", "Cancelled", "Refunded"),
    "Being packed": ("Shipped", "Cancelled", "Refunded"),
    "Shipped": ("Complete", "Cancelled", "Refunded"),
    "Complete": ("Cancelled", "Refunded"),
    "Cancelled": ("Refunded",),
    "Refunded": (),
}
OSCAR_INITIAL_LINE_STATUS = "Pending"
OSCAR_LINE_STATUS_PIPELINE = {
    "Pending": ("Being packed", "Shipped", "Cancelled"),
    "Being packed": ("Shipped", "Cancelled"),
    "Shipped": ("Cancelled",),
    "Cancelled": (),
}
OSCAR_ORDER_STATUS_CASCADE = {
    "Being packed": "Being packed",
    "Shipped": "Shipped",
    "Cancelled": "Cancelled",
}

OSCAR_DASHBOARD_NAVIGATION = [
    *OSCAR_DASHBOARD_NAVIGATION,
    *REFERRAL_NAVIGATION,
    {
        "label": _("Website"),
        "icon": "fas fa-pen",
        "url_name": "wagtailadmin_home",
        "access_fn": lambda user, *args, **kwargs: user.has_perm("wagtailadmin.access_admin"),
    },
]

HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "shop.search.DatabaseEngine"}}
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"

# The forked shipping app changes no model, so Oscar's own migrations stay in charge of its tables.
MIGRATION_MODULES = {"shipping": "oscar.apps.shipping.migrations"}

# Referrals

OSCAR_REFERRALS = {
    "TERMS_SOURCE": "wagtail_referrals.terms_source.WagtailTerms",
    "CURRENCY_SYMBOLS": {"MYR": "RM"},
    # What the terms have to say and no rule does.
    "SPONSOR_NAME": "Rimba Pagi Sdn. Bhd.",
    "SPONSOR_ADDRESS": "28700 Bentong, Pahang, Malaysia",
    "SPONSOR_CONTACT": "hello@rimbapagi.example",
    "MINIMUM_AGE": 18,
    "COUNTRIES": ("MY", "ID"),
    "PRIVACY_URL": "https://rimbapagi.example/privacy/",
    # `checkout.views.PaymentDetailsView` has the hook.
    "CREDIT_AT_CHECKOUT": True,
    # One person may credit an order by hand for rewards up to RM 15.
    "ASSIGN_ALONE": {"MYR": 1500},
    "NAME_CLAIMS": True,
    "AUTOMATIC_PLACEMENTS": (
        "thank-you",
        "account-menu",
        "order-history",
        "order-mail",
        "product",
    ),
}

# Wagtail

WAGTAIL_SITE_NAME = OSCAR_SHOP_NAME
WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{PORT}"
# No page of the sandbox calls another company's server.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"oscar": {"handlers": ["console"], "level": "WARNING"}},
}

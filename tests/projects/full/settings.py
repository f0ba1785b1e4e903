"""A shop with Wagtail beside unforked Oscar."""

from __future__ import annotations

from tests.projects.base import *

ROOT_URLCONF = "tests.projects.full.urls"

INSTALLED_APPS = [
    "wagtail_referrals",
    *INSTALLED_APPS,
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
]

OSCAR_PROCESSORS = {
    "oscar.apps.search.context_processors.search_form",
    "oscar.apps.checkout.context_processors.checkout",
    "oscar.apps.communication.notifications.context_processors.notifications",
    "oscar.core.context_processors.metadata",
}
TEMPLATES[0]["OPTIONS"]["context_processors"] = [
    *(
        processor
        for processor in TEMPLATES[0]["OPTIONS"]["context_processors"]
        if processor not in OSCAR_PROCESSORS
    ),
    "tests.projects.full.context_processors.shop",
    "wagtail.contrib.settings.context_processors.settings",
]

# On SQLite the tests plant what Wagtail's hundred migrations bring. PostgreSQL checks foreign keys
# at once, so there all tables have to come from migrations.
if "DATABASE_URL" in os.environ or REAL_MIGRATIONS:
    MIGRATION_MODULES = {}

WAGTAIL_SITE_NAME = OSCAR_SHOP_NAME
WAGTAILADMIN_BASE_URL = "http://localhost"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# The tests talk to no other server.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
# No test looks for a page by its words.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}
}

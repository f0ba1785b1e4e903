"""A website whose pages are all of a base page of its own, which Wagtail 8 allows."""

from __future__ import annotations

from tests.projects.full.settings import *

INSTALLED_APPS = ["tests.projects.swapped.website", *INSTALLED_APPS]
WAGTAIL_PAGE_MODEL = "website.BasePage"
# As the how-to says: ours stand on Wagtail's own base page.
MIGRATION_MODULES = OnlyMigrate()
OSCAR_REFERRALS = {
    **OSCAR_REFERRALS,
    "TERMS_SOURCE": "wagtail_referrals.terms_source.WagtailTerms",
}

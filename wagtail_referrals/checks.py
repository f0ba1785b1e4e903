"""System checks: what keeps the terms pages from doing their work."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

from wagtail_referrals.compat import IS_BASE_PAGE_SWAPPED
from wagtail_referrals.terms_source import is_terms_source


def register() -> None:
    """Tell Django about the checks of this app."""
    checks.register(terms_come_from_pages)
    checks.register(own_base_page_has_own_migrations)


def terms_come_from_pages(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Warn when the app is installed but the programs still take their terms from elsewhere."""
    if is_terms_source():
        return []
    return [
        checks.Warning(
            _("The terms pages are never shown: the programs take their terms from elsewhere."),
            hint=_(
                "Set OSCAR_REFERRALS[%(key)s] to %(path)s, or take %(app)s out of INSTALLED_APPS."
            )
            % {
                "key": '"TERMS_SOURCE"',
                "path": '"wagtail_referrals.terms_source.WagtailTerms"',
                "app": '"wagtail_referrals"',
            },
            id="wagtail_referrals.W001",
        )
    ]


def own_base_page_has_own_migrations(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Where the website has exchanged the base page, our migrations have nothing to stand on."""
    if not IS_BASE_PAGE_SWAPPED or "wagtail_referrals" in settings.MIGRATION_MODULES:
        return []
    return [
        checks.Error(
            _("The migrations of the referral pages need the base page that Wagtail brings."),
            hint=_(
                "Set MIGRATION_MODULES[%(app)s] to a package of your own, and run "
                "“makemigrations wagtail_referrals”."
            )
            % {"app": '"wagtail_referrals"'},
            id="wagtail_referrals.E001",
        )
    ]

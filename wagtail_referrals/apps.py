"""Wiring only: what connects the pages to Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WagtailReferralsConfig(AppConfig):
    """Terms pages, blocks and the referral screens of Wagtail's admin."""

    name = "wagtail_referrals"
    verbose_name = _("Referral pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers and checks."""
        from oscar_referrals.account.destinations import AFTER_CLAIM, INVITATIONS, TITLES
        from oscar_referrals.programs.live import CONDITIONS
        from oscar_referrals.programs.refused import READERS
        from wagtail_referrals import checks, receivers
        from wagtail_referrals.page_statements import refused_on_pages
        from wagtail_referrals.page_titles import title_of_page
        from wagtail_referrals.site_settings import narrow, page_for_friends, page_for_invitation

        TITLES["wagtail_serve"] = title_of_page
        AFTER_CLAIM["wagtail"] = page_for_friends
        INVITATIONS["wagtail"] = page_for_invitation
        CONDITIONS["wagtail"] = narrow
        READERS["wagtail"] = refused_on_pages
        checks.register()
        receivers.connect()

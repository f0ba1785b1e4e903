"""A base page, and pages of it with what ours do."""

from __future__ import annotations

from django.db import models
from wagtail.models import AbstractPage

from wagtail_referrals.models import (
    ReferralAdvocateMixin,
    ReferralLandingMixin,
    ReferralOverviewMixin,
    ReferralTermsMixin,
)


class BasePage(AbstractPage):
    subtitle = models.CharField(max_length=200, blank=True)


class TermsPage(ReferralTermsMixin, BasePage):
    content_panels = [*BasePage.content_panels, *ReferralTermsMixin.terms_panels]
    search_fields = [*BasePage.search_fields, *ReferralTermsMixin.terms_search_fields]


class Welcome(ReferralLandingMixin, BasePage):
    content_panels = [*BasePage.content_panels, *ReferralLandingMixin.landing_panels]


class ReferAFriend(ReferralAdvocateMixin, BasePage):
    content_panels = [*BasePage.content_panels, *ReferralAdvocateMixin.program_panels]


class OurProgram(ReferralOverviewMixin, BasePage):
    content_panels = [*BasePage.content_panels, *ReferralOverviewMixin.program_panels]

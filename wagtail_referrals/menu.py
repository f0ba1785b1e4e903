"""The group "Referrals" in the menu of Wagtail's admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from wagtail_referrals.listings.codes import CodeViewSet
from wagtail_referrals.listings.material import MaterialViewSet
from wagtail_referrals.listings.messages import MessageTextsViewSet
from wagtail_referrals.listings.pages import page_listings
from wagtail_referrals.listings.programs import ProgramViewSet
from wagtail_referrals.listings.referrals import ReferralViewSet
from wagtail_referrals.listings.rewards import RewardViewSet


class ReferralsGroup(ViewSetGroup):
    """First what is edited here, then what is only read; each item by the reader's permissions."""

    menu_label = _("Referrals")
    menu_icon = "group"
    menu_order = 350

    def __init__(self) -> None:
        # Not before the apps are ready: a shop's own page classes are listed too.
        self.items = (
            *page_listings(),
            MaterialViewSet(),
            MessageTextsViewSet("referral_message_texts"),
            ProgramViewSet("referral_programs"),
            CodeViewSet("referral_codes"),
            ReferralViewSet("referral_referrals"),
            RewardViewSet("referral_rewards"),
        )
        super().__init__()

"""The script of the share panel tells which button was pressed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.generic import View

from oscar_referrals.account.membership import current_membership
from oscar_referrals.sharing.codes import active_code
from oscar_referrals.sharing.links import CAMPAIGN_TAG, CHANNEL_TAG, PLACEMENT_TAG, campaign_of
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.sharing.shares import record_share


class ShareMadeView(View):
    """Counts one share of the signed-in advocate. Protected against forgery as all our buttons.

    Always answers 204: nobody waits for it, and nobody learns what was counted.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Count it, if there is anything to count."""
        code = self._own_code(request)
        if code is not None:
            record_share(
                code=code,
                channel=request.POST.get(CHANNEL_TAG, ""),
                placement=request.POST.get(PLACEMENT_TAG, ""),
                campaign=campaign_of(request.POST.get(CAMPAIGN_TAG, "")),
            )
        return HttpResponse(status=204)

    def _own_code(self, request: HttpRequest) -> ReferralCode | None:
        if not request.user.is_authenticated:
            return None
        advocate = current_membership(request)
        return active_code(advocate) if advocate is not None and advocate.is_member else None

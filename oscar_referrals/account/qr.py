"""The advocate's link as a picture that a phone can read."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic import View

from oscar_referrals.account.membership import current_membership
from oscar_referrals.account.share import printed_link
from oscar_referrals.account.signed_in import SignedIn
from oscar_referrals.sharing.codes import active_code
from oscar_referrals.sharing.qr import qr_png, qr_svg


@method_decorator(cache_control(private=True, max_age=300), name="dispatch")
class QrView(SignedIn, View):
    """Answers 404 to whoever has no code to share."""

    def link(self, request: HttpRequest) -> str:
        """The signed-in advocate's own link."""
        advocate = current_membership(request)
        code = active_code(advocate) if advocate is not None and advocate.is_member else None
        if advocate is None or code is None:
            raise Http404
        return printed_link(code, advocate.program.current_version, request, channel="qr")


class QrSvgView(QrView):
    """The picture on the account page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(qr_svg(self.link(request)), content_type="image/svg+xml")


class QrPngView(QrView):
    """The same as a file to print or to send."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(qr_png(self.link(request)), content_type="image/png")
        response["Content-Disposition"] = 'attachment; filename="referral-qr.png"'
        return response

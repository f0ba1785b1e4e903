"""The page on which a guest chooses e-mails, by a link in one of them: what members have in their
account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from oscar_referrals.account.mail_choice import MailChoice
from oscar_referrals.account.token_page import TokenPage
from oscar_referrals.messages import preferences, unsubscribe
from oscar_referrals.messages.models import MessagePreference
from oscar_referrals.programs.models import Incentive


class GuestMailsView(TokenPage):
    """One switch for each kind that friends get. It says nothing of whose address it is."""

    template_name = "oscar_referrals/guest_mails.html"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """What the guest gets and wants."""
        choice = _choice_by(token)
        if choice is None:
            return self.unknown(request)
        return self.page(request, choice=choice)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Keep what is switched otherwise than it was, and show what holds now."""
        choice = _choice_by(token)
        if choice is None:
            return self.unknown(request)
        choice.keep(request.POST.getlist("wanted"), MessagePreference.Method.LINK)
        return self.page(request, choice=_choice_by(token), is_saved=True)


def _choice_by(token: str) -> MailChoice | None:
    guest = unsubscribe.guest_of(token)
    if guest is None:
        return None
    return MailChoice(guest, preferences.switchable([Incentive.Side.FRIEND]))

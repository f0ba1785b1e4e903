"""What an advocate sends to friends: one text for every channel, from the rules, disclosed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from oscar_referrals.programs.describe import offer_sentence
from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.sharing.links import share_url
from oscar_referrals.sharing.models import ReferralCode


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """A code with its link and the prefilled messages that carry it."""

    code: ReferralCode
    url: str
    title: str
    text: str

    @property
    def whatsapp_url(self) -> str:
        """Opens WhatsApp with the text; nothing of theirs is loaded before that."""
        return "https://wa.me/?" + urlencode({"text": self.text}, quote_via=quote)

    @property
    def email_url(self) -> str:
        """Opens the advocate's own mail program: the shop sends no invitations (C07)."""
        values = {"subject": self.title, "body": self.text}
        return "mailto:?" + urlencode(values, quote_via=quote)


def sharing_of(*, code: ReferralCode, version: ProgramVersion, request: HttpRequest) -> Sharing:
    """The texts that go with a code, from the version that is live.

    Every text ends with the disclosure that whoever sends it benefits (C01).
    """
    url = share_url(code, request=request, version=version)
    shop = settings.OSCAR_SHOP_NAME
    # Translators: "offer" is a sentence without full stop, like "RM 20 off your first order".
    text = _("%(offer)s at %(shop)s: %(url)s (I get a reward too when you order.)") % {
        "offer": capfirst(offer_sentence(version, Incentive.Side.FRIEND)),
        "shop": shop,
        "url": url,
    }
    title = _("An invitation to %(shop)s") % {"shop": shop}
    return Sharing(code=code, url=url, title=title, text=text)

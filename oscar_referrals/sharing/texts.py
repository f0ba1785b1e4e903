"""What is sent with a link: the operator's opening words or ours, the figures of the version, the
advocate's own words, and always last that the advocate benefits (C01)."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.programs.offer_sentence import offer_sentence
from oscar_referrals.programs.summary import facts_for_friend
from oscar_referrals.sharing.channels import Channel, Message

#: What stands for a channel without words of its own.
ANY = ""
OFFER, SHOP, URL = "offer", "shop", "url"
#: What an opening may speak of; all three come from the system.
PLACEHOLDERS = (OFFER, SHOP, URL)
FIELD = re.compile(r"\{(\w+)\}")
#: Windows hands no longer address to a mail program, and says nothing: the button would be dead.
LONGEST_ADDRESS = 2000
#: An address that the app adds by itself, with the sign that leads to it.
URL_AT_END = re.compile(r"\s*[:–—-]?\s*\{url\}")

# Translators: keep {offer}, {shop} and {url}. "offer" is like "RM 20 off your first order".
SHORT = gettext_noop("{offer} at {shop}: {url}")
# Translators: keep {offer}, {shop} and {url}. "offer" is like "RM 20 off your first order".
ROOMY = gettext_noop(
    "Hello,\n\nI like {shop}, and perhaps you will too. This is what you get: {offer}.\n\n{url}"
)


def default_opening(channel: Channel) -> str:
    """The opening in the active language where the operator wrote none."""
    return _(ROOMY) if channel.is_roomy else _(SHORT)


def disclosure() -> str:
    """That whoever sends the message benefits. No operator and no note can take it away."""
    return _("(I get a reward too when you order.)")


def message_for(
    *,
    channel: Channel,
    version: ProgramVersion,
    url: str,
    opening: str = "",
    note: str = "",
) -> Message:
    """The message of a channel in the active language. ``note`` is what `note.plain_note` left."""
    offer = offer_sentence(version, Incentive.Side.FRIEND)
    opening = opening or default_opening(channel)
    if channel.adds_link:
        opening = URL_AT_END.sub("", opening)
    text = filled(opening, offer=offer, url=url)
    title = _("An invitation to %(shop)s") % {"shop": settings.OSCAR_SHOP_NAME}
    if not channel.is_roomy:
        return Message(title=title, text=_joined("\n", note, f"{text} {disclosure()}"), url=url)
    message = Message(
        title=title, text=_joined("\n\n", note, text, _in_full(version), disclosure()), url=url
    )
    if channel.address is not None and len(channel.address(message)) > LONGEST_ADDRESS:
        on_page = _("All conditions stand on the page that the link opens.")
        shorter = _joined("\n\n", note, text, on_page, disclosure())
        return Message(title=title, text=shorter, url=url)
    return message


def _joined(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)


def filled(opening: str, *, offer: str, url: str) -> str:
    """An opening with its placeholders replaced, and nothing within what replaces them."""
    values = {OFFER: offer, SHOP: settings.OSCAR_SHOP_NAME, URL: url}
    text = FIELD.sub(lambda match: values.get(match[1], match[0]), opening).strip()
    return capfirst(text) if opening.lstrip().startswith("{offer}") else text


def _in_full(version: ProgramVersion) -> str:
    """What a friend should know before: the seven facts, one per line."""
    lines = [f"- {fact.title}: {' '.join(fact.texts)}" for fact in facts_for_friend(version)]
    return "\n".join([_("The offer in full:"), *lines])

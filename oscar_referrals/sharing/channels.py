"""The ways of sharing: one entry each, in the order in which people are shown them.

A shop adds its own with the setting ``SHARE_CHANNELS``: dotted paths of `Channel` objects. Nothing
of another company is loaded for any of them: a channel is a link that opens the advocate's own app.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlencode

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from oscar_referrals import conf
from oscar_referrals.programs.models import Program

#: What fits the ``c`` tag and the columns that keep it.
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
#: Template of the drawing that a channel has unless it brings one.
LINK_ICON = "oscar_referrals/icons/link.svg"


class Way(StrEnum):
    """What pressing the button does."""

    #: Opens an address that carries the message to another app.
    LINK = "link"
    #: Copies the link. Needs the script; without it the link stands there to be copied by hand.
    COPY = "copy"
    #: Opens the device's own share sheet. Hidden where the browser has none.
    NATIVE = "native"
    #: Shows the link as a picture.
    QR = "qr"
    #: Opens the page that prints it.
    CARD = "card"


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is sent: plain text that ends with the disclosure, its subject, and the link in it."""

    title: str
    text: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One way of sharing."""

    #: Stands in the link's ``c`` tag and in every count: at most 30 of ``a-z``, ``0-9``, ``-``.
    slug: str
    #: The button's text; may be lazy.
    label: Any
    #: Template of an inline SVG that follows the colour of the text.
    icon: str = LINK_ICON
    way: Way = Way.LINK
    #: For `Way.LINK`: the address that opens the app with a message.
    address: Callable[[Message], str] | None = None
    #: Offered without the operator having switched it on.
    is_on: bool = True
    #: The app takes the message. Where it takes nothing but the link, the words with the
    #: disclosure are left to the page behind the link.
    takes_text: bool = True
    #: The app puts the link beside the text by itself, so that the text goes without it.
    adds_link: bool = False
    #: There is room for the seven facts of the offer.
    is_roomy: bool = False
    #: How many characters there is room for; None: enough.
    longest: int | None = None

    @property
    def icons(self) -> tuple[str, str]:
        """For ``{% include %}``, which takes the first that exists: a drawing that is missing must
        not cost an advocate the page; the check ``W014`` tells the shop."""
        return (self.icon, LINK_ICON)

    @property
    def opens_window(self) -> bool:
        """It leads to a website, which gets a window of its own."""
        return self.way == Way.LINK and not self.is_roomy


def query(address: str, **values: str) -> str:
    """``address`` with a query in which nothing of the values can become another parameter.

    Spaces are written as ``%20``: mail programs read ``+`` as a plus sign.
    """
    return f"{address}?{urlencode(values, quote_via=quote, safe='')}"


#: The channels that come with the system.
BUILT_IN = (
    Channel(
        slug="native", label=_("Share…"), icon="oscar_referrals/icons/native.svg", way=Way.NATIVE
    ),
    Channel(
        slug="whatsapp",
        label="WhatsApp",
        icon="oscar_referrals/icons/whatsapp.svg",
        address=lambda message: query("https://wa.me/", text=message.text),
    ),
    Channel(
        slug="email",
        label=_("E-mail"),
        icon="oscar_referrals/icons/email.svg",
        # The advocate's own mail program: the shop sends no invitations (C07).
        address=lambda message: query("mailto:", subject=message.title, body=message.text),
        is_roomy=True,
    ),
    Channel(slug="copy", label=_("Copy link"), icon=LINK_ICON, way=Way.COPY),
    Channel(slug="qr", label=_("QR code"), icon="oscar_referrals/icons/qr.svg", way=Way.QR),
    Channel(
        slug="card",
        label=_("Card to print"),
        icon="oscar_referrals/icons/card.svg",
        way=Way.CARD,
        is_roomy=True,
    ),
    Channel(
        slug="telegram",
        label="Telegram",
        icon="oscar_referrals/icons/telegram.svg",
        address=lambda message: query("https://t.me/share/url", url=message.url, text=message.text),
        is_on=False,
        adds_link=True,
    ),
    Channel(
        slug="facebook",
        label="Facebook",
        icon="oscar_referrals/icons/facebook.svg",
        # The link is all that it takes: "quote" does nothing any more.
        address=lambda message: query("https://www.facebook.com/sharer/sharer.php", u=message.url),
        is_on=False,
        takes_text=False,
    ),
    Channel(
        slug="x",
        label="X",
        icon="oscar_referrals/icons/x.svg",
        address=lambda message: query("https://x.com/intent/post", text=message.text),
        is_on=False,
        longest=280,
    ),
    Channel(
        slug="linkedin",
        label="LinkedIn",
        icon="oscar_referrals/icons/linkedin.svg",
        # It drops "title" and "summary".
        address=lambda message: query(
            "https://www.linkedin.com/sharing/share-offsite/", url=message.url
        ),
        is_on=False,
        takes_text=False,
    ),
    Channel(
        slug="line",
        label="LINE",
        icon="oscar_referrals/icons/line.svg",
        # LINE's share button for websites drops the text on phones; this one carries it.
        address=lambda message: query("https://line.me/R/share", text=message.text),
        is_on=False,
        # It stands in an address, which some phones cut.
        longest=500,
    ),
)


def registry() -> dict[str, Channel]:
    """Every channel that an operator can choose from, by slug, in the order of offering.

    Raises ImproperlyConfigured for an entry of ``SHARE_CHANNELS`` that is no channel.
    """
    own = map(channel_at, conf.get().SHARE_CHANNELS)
    return {channel.slug: channel for channel in (*BUILT_IN, *own)}


def channel_at(path: str) -> Channel:
    """The channel that a dotted path names. Raises ImproperlyConfigured, and says what is wrong."""
    try:
        channel = import_string(path)
    except ImportError as error:
        raise ImproperlyConfigured(f"SHARE_CHANNELS: {error}") from error
    if not isinstance(channel, Channel):
        raise ImproperlyConfigured(f"SHARE_CHANNELS: {path} is no Channel.")
    if channel.way == Way.LINK and channel.address is None:
        raise ImproperlyConfigured(f"SHARE_CHANNELS: {path} has no address.")
    if not SLUG.fullmatch(channel.slug):
        raise ImproperlyConfigured(f"SHARE_CHANNELS: the slug of {path} does not fit a link.")
    return channel


def channels_of(program: Program) -> list[Channel]:
    """The channels that a program's advocates are offered, in the operator's order.

    What the operator chose and the shop's code no longer has is left out.
    """
    known = registry()
    if program.share_channels is None:
        return [channel for channel in known.values() if channel.is_on]
    return [known[slug] for slug in program.share_channels if slug in known]


def has_channel(program: Program, slug: str) -> bool:
    """Are the program's advocates offered this channel?"""
    return any(channel.slug == slug for channel in channels_of(program))

"""What an advocate sends to friends: a link and a message for each channel, from the rules."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from oscar_referrals.programs.loose_texts import refused_in_text, says_gain
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.sharing import qr
from oscar_referrals.sharing.channels import Channel, Message, Way, channels_of, registry
from oscar_referrals.sharing.links import (
    CAMPAIGN_TAG,
    PLACEMENT_TAG,
    TARGET_TAG,
    campaign_of,
    share_url,
)
from oscar_referrals.sharing.material import material_for
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.sharing.note import LONGEST, plain_note
from oscar_referrals.sharing.openings import active_language, openings_of
from oscar_referrals.sharing.placements import placement_of
from oscar_referrals.sharing.share_models import Material
from oscar_referrals.sharing.targets import path_in_shop
from oscar_referrals.sharing.texts import message_for

#: The advocate's own words, in the address of the page: they are never stored.
NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Button:
    """One channel as this advocate sees it."""

    channel: Channel
    message: Message
    #: What the link of a channel opens; empty for those that are no link.
    address: str


@dataclass(frozen=True, kw_only=True)
class ToSendAlong:
    """A piece of the material library; ``text`` is ready to be sent, and empty for pictures."""

    material: Material
    text: str

    @property
    def key(self) -> str:
        """Tells the pieces on a page apart."""
        return str(self.material.pk)


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """A code with its links and the prefilled messages that carry them."""

    code: ReferralCode
    #: The link and the message that are copied.
    url: str
    title: str
    text: str
    #: The channels that the operator offers, in the operator's order.
    buttons: tuple[Button, ...]
    #: Pictures, banners and texts of the shop's that may be used now.
    materials: tuple[ToSendAlong, ...]
    #: The advocate's own words as they are sent, and as they were typed.
    note: str
    typed_note: str
    #: What the note says of the program that the program does not: why it is not sent.
    note_contradicts: tuple[str, ...]
    #: From where in the shop the advocate came; where the links lead friends.
    placement: str
    campaign: str
    target: str

    note_length = LONGEST

    @property
    def note_was_changed(self) -> bool:
        """Something of the note is not sent as it was typed."""
        return not self.note_contradicts and self.note != " ".join(self.typed_note.split())

    @property
    def has_qr(self) -> bool:
        """The operator offers the link as a picture."""
        return any(button.channel.way == Way.QR for button in self.buttons)

    @property
    def tags(self) -> str:
        """From where it is shared and to where, as the query of our own pages."""
        tags = {
            PLACEMENT_TAG: self.placement,
            CAMPAIGN_TAG: self.campaign,
            TARGET_TAG: self.target,
        }
        return urlencode({name: value for name, value in tags.items() if value})


def sharing_of(*, code: ReferralCode, version: ProgramVersion, request: HttpRequest) -> Sharing:
    """The links and texts that go with a code, from the version that is live.

    Every text ends with the disclosure that whoever sends it benefits (C01). Two queries.
    """
    way = _way_of(request)
    typed = request.GET.get(NOTE, "")
    note = plain_note(typed)
    wrong = _contradicting(note, version) if note else ()
    # With the shop's words around it, it would be the shop that promises it.
    note = "" if wrong else note
    openings = openings_of(code.program)

    def message(channel: Channel) -> Message:
        return message_for(
            channel=channel,
            version=version,
            url=tagged_link(code, version, request, channel=channel.slug),
            opening=openings.for_channel(channel),
            note=note,
        )

    copied = message(registry()["copy"])
    materials = material_for(code.program, active_language())
    return Sharing(
        code=code,
        url=copied.url,
        title=copied.title,
        text=copied.text,
        buttons=tuple(_button(channel, message(channel)) for channel in channels_of(code.program)),
        materials=tuple(
            ToSendAlong(material=one, text=_text_of(one, version, copied.url)) for one in materials
        ),
        note=note,
        typed_note=typed,
        note_contradicts=wrong,
        **way,
    )


def _contradicting(note: str, version: ProgramVersion) -> tuple[str, ...]:
    """What the advocate's own words promise and the version doesn't: two queries at most."""
    refused = refused_in_text(version, note, "", wanted=says_gain)
    return tuple(dict.fromkeys(one.finding.figure for one in refused))


def _text_of(material: Material, version: ProgramVersion, url: str) -> str:
    if material.kind != Material.Kind.TEXT:
        return ""
    channel = registry()["copy"]
    return message_for(channel=channel, version=version, url=url, opening=material.text).text


def tagged_link(
    code: ReferralCode, version: ProgramVersion | None, request: HttpRequest, *, channel: str
) -> str:
    """The link for one channel; from where and to where it leads stands in the page's address."""
    return share_url(code, request=request, version=version, channel=channel, **_way_of(request))


def printed_link(
    code: ReferralCode, version: ProgramVersion | None, request: HttpRequest, *, channel: str
) -> str:
    """The same for a QR code; a page whose address has no room in one is left out."""
    link = tagged_link(code, version, request, channel=channel)
    if len(link) <= qr.LONGEST:
        return link
    way = _way_of(request) | {"target": "", "campaign": ""}
    return share_url(code, request=request, version=version, channel=channel, **way)


def _way_of(request: HttpRequest) -> dict[str, str]:
    """The place from which the advocate came, a campaign, and the page meant for friends."""
    return {
        "placement": placement_of(request.GET.get(PLACEMENT_TAG, "")),
        "campaign": campaign_of(request.GET.get(CAMPAIGN_TAG, "")),
        "target": path_in_shop(request, request.GET.get(TARGET_TAG, "")),
    }


def _button(channel: Channel, message: Message) -> Button:
    opens = channel.way == Way.LINK and channel.address is not None
    return Button(
        channel=channel,
        message=message,
        address=channel.address(message) if opens and channel.address else "",
    )

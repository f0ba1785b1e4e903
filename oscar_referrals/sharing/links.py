"""The addresses that are shared."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from oscar_referrals import conf
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.sharing.models import ReferralCode

#: Query parameter with the number of the version that the link was made under.
VERSION_TAG = "v"
#: Query parameters that name the channel, the place in the shop and the campaign of a link.
CHANNEL_TAG = "c"
PLACEMENT_TAG = "p"
CAMPAIGN_TAG = "k"
#: Query parameter with the page of this shop that the friend is to see after claiming.
TARGET_TAG = "next"


def campaign_of(text: str) -> str:
    """A campaign's name as it fits the tag: one line of printable text, 60 characters at most."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[:500]).split())[:60]


def share_path(
    code: ReferralCode | str,
    version: ProgramVersion | None = None,
    *,
    channel: str = "",
    placement: str = "",
    campaign: str = "",
    target: str = "",
) -> str:
    """The path of a code's landing page; the tag tells which version is offered there.

    It carries the opaque code only, never a person's name, address or number (C29).
    """
    text = code.code if isinstance(code, ReferralCode) else code
    path = reverse("referrals:landing", kwargs={"code": text})
    tags = {
        VERSION_TAG: version.number if version is not None else "",
        CHANNEL_TAG: channel,
        PLACEMENT_TAG: placement,
        CAMPAIGN_TAG: campaign,
        TARGET_TAG: target,
    }
    query = urlencode({name: value for name, value in tags.items() if value != ""})
    return f"{path}?{query}" if query else path


def page_path(
    code: ReferralCode,
    page: str,
    version: ProgramVersion | None = None,
    *,
    channel: str = "",
    placement: str = "",
    campaign: str = "",
) -> str:
    """``page`` (a path of this shop) with the code and its tags in the query, as ``?ref=CODE``.

    Raises ValueError while the setting ``LINK_PARAMETER`` is empty.
    """
    name = conf.get().LINK_PARAMETER
    if not name:
        raise ValueError("No page takes a code in its address: LINK_PARAMETER is empty.")
    tags = {
        VERSION_TAG: version.number if version is not None else "",
        CHANNEL_TAG: channel,
        PLACEMENT_TAG: placement,
        CAMPAIGN_TAG: campaign,
    }
    query = {name: code.code} | {f"{name}_{tag}": value for tag, value in tags.items() if value}
    return f"{page}{'&' if '?' in page else '?'}{urlencode(query)}"


def share_url(
    code: ReferralCode,
    request: HttpRequest | None = None,
    version: ProgramVersion | None = None,
    **tags: str,
) -> str:
    """The whole address: on the host of ``request``, else on the domain of the program's site.

    ``tags`` are those of `share_path`.
    """
    path = share_path(code, version, **tags)
    if request is not None:
        return request.build_absolute_uri(path)
    return f"{settings.OSCAR_URL_SCHEMA}://{code.program.site.domain}{path}"

"""How a visitor came to a code: what the address, the browser and the shop's consent say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest

from oscar_referrals import conf
from oscar_referrals.sharing.links import (
    CAMPAIGN_TAG,
    CHANNEL_TAG,
    PLACEMENT_TAG,
    TARGET_TAG,
    campaign_of,
)
from oscar_referrals.sharing.models import Touch
from oscar_referrals.sharing.targets import path_in_shop

#: The tag of other tools that is read where ours is missing.
INSTEAD = {CHANNEL_TAG: "utm_source", PLACEMENT_TAG: "utm_medium", CAMPAIGN_TAG: "utm_campaign"}
#: What a channel or a place is named by; anything else in an address was not written by a link.
SLUG = re.compile(r"[a-z0-9][a-z0-9_.-]*")
HOST = re.compile(r"[a-z0-9.:\[\]-]+")
#: The `Referrer-Policy` of a redirect to the page that counts the visit. Browsers apply it to the
#: request that follows, and Django's own ``same-origin`` would hide there which site led here. This
#: one, what browsers do by themselves, tells no more than that site's name.
REFERRER_KEPT = "strict-origin-when-cross-origin"


@dataclass(frozen=True, kw_only=True)
class Source:
    """The way by which a visitor came, in words that fit the columns of a touch and a claim."""

    channel: str = ""
    placement: str = ""
    campaign: str = ""
    #: The page of this shop that was meant, without its query.
    target: str = ""
    #: The other site that led here.
    source_host: str = ""
    #: A value of `Touch.Consent`.
    consent: str = ""


def source_of(request: HttpRequest, *, consent: str | None = None) -> Source:
    """What this request tells. Whatever does not fit is left out, never an error.

    ``consent`` is what the visitor has just done; None asks the shop's ``COOKIE_CONSENT``.
    """
    wanted = request.POST.get(TARGET_TAG) or request.GET.get(TARGET_TAG) or ""
    return Source(
        channel=_slug(request, CHANNEL_TAG, _room("channel")),
        placement=_slug(request, PLACEMENT_TAG, _room("placement")),
        campaign=campaign_of(_tag(request, CAMPAIGN_TAG)),
        target=path_in_shop(request, wanted).partition("?")[0].partition("#")[0][: _room("target")],
        source_host=_source_host(request)[: _room("source_host")],
        consent=consent_of(request) if consent is None else consent,
    )


def consent_of(request: HttpRequest) -> str:
    """What the shop's consent setting says of this visitor; not asked where there is none."""
    if conf.get().COOKIE_CONSENT is None:
        return Touch.Consent.UNKNOWN
    agreed = conf.get().load("COOKIE_CONSENT")(request)
    return Touch.Consent.GIVEN if agreed else Touch.Consent.REFUSED


def _room(column: str) -> int:
    field: Any = Touch._meta.get_field(column)
    return int(field.max_length)


def _tag(request: HttpRequest, name: str) -> str:
    return request.GET.get(name) or request.GET.get(INSTEAD[name]) or ""


def _slug(request: HttpRequest, name: str, room: int) -> str:
    text = _tag(request, name).strip().lower()
    return text if len(text) <= room and SLUG.fullmatch(text) else ""


def _source_host(request: HttpRequest) -> str:
    try:
        host = urlsplit(request.headers.get("Referer", "")).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
    own = request.get_host().lower()
    return host if host != own and HOST.fullmatch(host) else ""

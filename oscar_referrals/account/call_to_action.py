"""What a place in the shop says to whoever looks at it: share, take part, or use your discount."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from oscar_referrals.checkout import used_up
from oscar_referrals.checkout.personal_page import say_personal
from oscar_referrals.checkout.session import is_member
from oscar_referrals.checkout.waiting import SESSION_KEY as WAITING
from oscar_referrals.programs.live import claimed_version, live_offer
from oscar_referrals.programs.models import Incentive, ProgramVersion
from oscar_referrals.programs.offer_sentence import offer_sentence
from oscar_referrals.sharing.links import PLACEMENT_TAG, TARGET_TAG
from oscar_referrals.sharing.placements import is_on

_CACHE = "_referral_claimed_version"


class Viewer(StrEnum):
    """Who is looking."""

    MEMBER = "member"
    FRIEND = "friend"
    VISITOR = "visitor"


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call to action, in the reader's language; every figure is the version's."""

    placement: str
    viewer: Viewer
    heading: str
    #: What leads on: the button's text and its address.
    button: str
    url: str
    friend_gets: str
    advocate_gets: str
    #: The heading says what the advocate gets already.
    says_reward: bool = False

    @property
    def is_for_friend(self) -> bool:
        """Speaks of the reader's own discount, not of inviting others."""
        return self.viewer == Viewer.FRIEND


def call_for(
    request: HttpRequest | None, placement: str = "", *, heading: str = "", target: str = ""
) -> Call | None:
    """What ``placement`` says; None where there is nothing to say.

    Nothing is said while no program is live, or none of its budget is left, or the operator has
    switched the place off. What is said to members and friends keeps the page out of caches that
    are shared. Any number of calls costs a page two queries; one for a friend whose
    discount waits in the session. ``target`` is a page of the shop to which shared links lead.
    """
    if request is not None and WAITING in getattr(request, "session", {}):
        version = _claimed(request)
        if version is not None:
            say_personal(request)
            return _for_friend(version, placement)
    offer = live_offer(request)
    if offer is None or used_up.for_pages(offer.version) or not is_on(offer.program, placement):
        return None
    takes_part = request is not None and is_member(request)
    if takes_part:
        say_personal(request)
    advocate_gets = offer.sentence(Incentive.Side.ADVOCATE)
    says_reward = takes_part and bool(advocate_gets) and not heading
    if says_reward:
        heading = _("Share and get %(reward)s") % {"reward": advocate_gets}
    heading = heading or _("Refer a friend, and both of you get something")
    return Call(
        placement=placement,
        viewer=Viewer.MEMBER if takes_part else Viewer.VISITOR,
        heading=heading,
        button=_("Share my link") if takes_part else _("Get my link"),
        url=portal_address(placement, target=target, to_link=takes_part),
        friend_gets=offer.sentence(Incentive.Side.FRIEND, reader=Incentive.Side.ADVOCATE),
        advocate_gets=advocate_gets,
        says_reward=says_reward,
    )


def portal_address(placement: str = "", *, target: str = "", to_link: bool = False) -> str:
    """The account page, which shares from ``placement`` and to ``target``."""
    tags = {PLACEMENT_TAG: placement, TARGET_TAG: target}
    query = urlencode({name: value for name, value in tags.items() if value})
    address = reverse("referrals:portal") + (f"?{query}" if query else "")
    return f"{address}#rf-share" if to_link and query else address


def _for_friend(version: ProgramVersion, placement: str) -> Call | None:
    if not is_on(version.program, placement) or used_up.for_pages(version):
        return None
    gets = offer_sentence(version, Incentive.Side.FRIEND)
    return Call(
        placement=placement,
        viewer=Viewer.FRIEND,
        heading=_("Your discount is waiting: %(offer)s") % {"offer": gets},
        button=_("Choose something"),
        url=reverse("catalogue:index"),
        friend_gets=gets,
        advocate_gets="",
    )


def _claimed(request: Any) -> ProgramVersion | None:
    """The version that the session's claim is pinned to: asked once per request."""
    if not hasattr(request, _CACHE):
        found = claimed_version(request.session[WAITING], timezone.now())
        setattr(request, _CACHE, found)
    version: ProgramVersion | None = getattr(request, _CACHE)
    return version

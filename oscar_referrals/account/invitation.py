"""What the visitor of a share link is offered, or why nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.sites.models import Site
from django.utils import timezone

from oscar_referrals.attribution.claims import claim_refusal, is_own
from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout import used_up
from oscar_referrals.checkout.attach import for_person
from oscar_referrals.checkout.person import shopper
from oscar_referrals.checkout.pins import pins_of
from oscar_referrals.checkout.waiting import waiting_claim
from oscar_referrals.members.membership import friendly_name
from oscar_referrals.programs.kept_rules import load_current, load_rules
from oscar_referrals.programs.live import offered_version
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.rules.base import Refusal
from oscar_referrals.sharing.codes import lookup_usable
from oscar_referrals.sharing.links import VERSION_TAG
from oscar_referrals.sharing.models import ReferralCode


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """One code as this visitor sees it now."""

    code: ReferralCode
    #: What they claimed, else what the link promises.
    version: ProgramVersion
    claim: Claim | None
    refusal: Refusal | None
    #: The visitor is the advocate, looking at what friends see.
    is_own: bool
    #: Opened by its owner, signed in or not, it is nobody's arrival.
    is_counted: bool

    @property
    def is_open(self) -> bool:
        """The visitor may claim it now."""
        return self.refusal is None and self.claim is None

    @property
    def host(self) -> str:
        """The advocate's first name where they agreed to that, else empty."""
        return friendly_name(self.code.advocate)


def invitation_for(request: Any, text: str) -> Invitation | None:
    """The invitation behind a link; None for a code that never existed, is dead or is foreign.

    The caller answers all of these alike, so that nobody learns which codes exist.
    """
    in_hand = _InHand(request)
    code = lookup_usable(text, held=in_hand)
    if code is None:
        return None
    if code.program.site_id != Site.objects.get_current(request).pk:
        return None
    load_current(code.program)
    claim = in_hand.of(code)
    version = (
        claim.version if claim else offered_version(code.program, _tag(request), timezone.now())
    )
    if version is None:
        return None
    load_rules(version)
    person = shopper(request)
    refusal = claim_refusal(
        code=code,
        version=version,
        claim=claim,
        user=person.user,
        email=person.email,
        is_used_up=used_up.for_basket(request.basket),
    )
    own = is_own(code, user=person.user, key=person.key)
    return Invitation(
        code=code,
        version=version,
        claim=claim if refusal is None else None,
        refusal=for_person(refusal, person) if refusal else None,
        # A guest isn't told whose mailbox it is that they typed.
        is_own=own and person.user is not None,
        is_counted=not own,
    )


class _InHand:
    """The claims that the basket carries and the session remembers; looked for when needed.

    A code that was replaced is still theirs who claimed it in time.
    """

    def __init__(self, request: Any) -> None:
        self.request = request

    @cached_property
    def claims(self) -> list[Claim]:
        in_basket = [pin.claim for pin in pins_of(self.request.basket)]
        return [claim for claim in [*in_basket, waiting_claim(self.request)] if claim is not None]

    def __iter__(self) -> Iterator[int]:
        """The keys of their codes."""
        return iter([claim.code_id for claim in self.claims])

    def of(self, code: ReferralCode) -> Claim | None:
        """The first of this code."""
        return next((claim for claim in self.claims if claim.code_id == code.pk), None)


def _tag(request: Any) -> int | None:
    text = request.GET.get(VERSION_TAG, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

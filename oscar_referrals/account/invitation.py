"""What the visitor of a share link is offered, or why nothing is."""

from __future__ import annotations

from dataclasses import dataclass
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
from oscar_referrals.programs.live import offered_version
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.rules.base import Refusal
from oscar_referrals.sharing.codes import lookup_unblocked
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
    code = lookup_unblocked(text)
    if code is None:
        return None
    if code.is_dead(timezone.now()) and not _still_claimed(request, code):
        return None
    if code.program.site_id != Site.objects.get_current(request).pk:
        return None
    claim = _claim_in_hand(request, code)
    version = (
        claim.version if claim else offered_version(code.program, _tag(request), timezone.now())
    )
    if version is None:
        return None
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


def _claim_in_hand(request: Any, code: ReferralCode) -> Claim | None:
    waiting = waiting_claim(request)
    in_basket = [pin.claim for pin in pins_of(request.basket) if pin.claim_id]
    for claim in [*in_basket, waiting]:
        if claim is not None and claim.code_id == code.pk:
            return claim
    return None


def _still_claimed(request: Any, code: ReferralCode) -> bool:
    """A code that was replaced is still theirs who claimed it in time."""
    return _claim_in_hand(request, code) is not None


def _tag(request: Any) -> int | None:
    text = request.GET.get(VERSION_TAG, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

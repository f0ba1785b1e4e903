"""Which of the shopper's invitations stands at the till: the one that counts by the rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from django.contrib.sites.models import Site
from django.utils import timezone

from oscar_referrals.attribution.candidates import Candidate
from oscar_referrals.attribution.choose import Choice
from oscar_referrals.attribution.claims import ClaimRefused, claim_offer, claim_refusal
from oscar_referrals.attribution.gather import Gathered, gather, source_of_claim
from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout import used_up
from oscar_referrals.checkout.attach import (
    MAY_CHANGE,
    TAKEN_KEY,
    WAITING_KEY,
    attach,
    refusal_of,
    remember_taken,
    reprice,
)
from oscar_referrals.checkout.person import shopper
from oscar_referrals.checkout.pins import known_pins, pins_of
from oscar_referrals.checkout.request import ShopRequest
from oscar_referrals.programs import reasons
from oscar_referrals.programs.live import offered_version
from oscar_referrals.sharing.models import Touch
from oscar_referrals.sharing.sources import Source
from oscar_referrals.sharing.visitors import visitor_of

#: In the session: a link was opened with consent, and nothing has come of it yet.
LINKS_KEY = "referrals_links"
#: In the session: the codes that the shopper took out of the basket by hand.
TAKEN_OUT_KEY = "referrals_taken_out"


class Instead(NamedTuple):
    """The claim that stands in the place of the one just taken, and why that one doesn't."""

    claim: Claim
    reason: str


def remember_link(request: ShopRequest) -> None:
    """A link was opened with consent: look at it when there are goods in the basket."""
    request.session[LINKS_KEY] = True


def taken_out(request: ShopRequest, voucher_id: int) -> None:
    """The shopper takes a code out of the basket: another one may stand then, whatever its rank."""
    pins = [pin for pin in known_pins(request.basket) if pin.voucher_id == voucher_id]
    codes = {pin.claim.code.code for pin in pins if pin.claim is not None}
    if codes:
        request.session[TAKEN_OUT_KEY] = sorted(codes.union(_taken_out(request)))


def taken_again(request: ShopRequest, claim: Claim) -> None:
    """The shopper asks for a code: that it was taken out once doesn't matter any more."""
    if claim.code.code in _taken_out(request):
        request.session[TAKEN_OUT_KEY] = sorted(_taken_out(request) - {claim.code.code})


def standing_instead(request: ShopRequest, claim: Claim) -> Instead | None:
    """The claim that counts more than the one just taken; None if that one counts.

    At most two queries while the friend has no other invitation.
    """
    gathered = _gathered(request, claim, site_id=claim.program.site_id)
    own = source_of_claim(claim)
    while True:
        choice, chosen = _choose(gathered)
        if chosen is None or chosen.code == claim.code.code:
            return None
        other = _usable_claim(request, gathered, chosen)
        if other is not None:
            return Instead(other, choice.reason_of(own))
        gathered = _without(gathered, chosen)


def best_claim(request: ShopRequest) -> Claim | None:
    """The claim of the invitation that counts, of all that the friend has; None if there is none.

    A link that counts becomes a claim by this. The claim may turn out to be refused when it is
    attached; then the shopper hears why.
    """
    gathered = _gathered(request, None, site_id=Site.objects.get_current(request).pk)
    while True:
        _choice, chosen = _choose(gathered)
        if chosen is None:
            return None
        claim = gathered.claims.get(chosen.source) or _claim_of_link(request, gathered, chosen)
        if claim is not None:
            return claim
        gathered = _without(gathered, chosen)


def _gathered(request: ShopRequest, claim: Claim | None, *, site_id: int) -> Gathered:
    person = shopper(request)
    in_session = (request.session.get(WAITING_KEY), request.session.get(TAKEN_KEY))
    in_hand = {pin.claim_id for pin in pins_of(request.basket)}.union(in_session)
    in_hand.add(claim.pk if claim is not None else None)
    found = gather(
        site_id=site_id,
        user=person.user,
        key=person.key,
        visitor=visitor_of(request),
        in_hand=[pk for pk in in_hand if pk is not None],
        at=timezone.now(),
    )
    out = _taken_out(request)
    return replace(
        found,
        candidates=[
            replace(item, refusal=reasons.TAKEN_OUT) if item.code in out else item
            for item in found.candidates
        ],
    )


def _choose(gathered: Gathered) -> tuple[Choice, Candidate | None]:
    choice = gathered.choose(at=timezone.now())
    return choice, choice.chosen


def _without(gathered: Gathered, useless: Candidate) -> Gathered:
    """After it turned out that one can't be used."""
    return replace(gathered, candidates=[item for item in gathered.candidates if item != useless])


def _usable_claim(request: ShopRequest, gathered: Gathered, chosen: Candidate) -> Claim | None:
    """The claim that stands for a candidate, in the basket if there are goods; None if it can't."""
    claim = gathered.claims.get(chosen.source) or _claim_of_link(request, gathered, chosen)
    if claim is None:
        return None
    pins = [pin for pin in pins_of(request.basket) if pin.claim_id == claim.pk]
    if pins:
        refusal = refusal_of(pins)
        return claim if refusal is None or refusal.reason in MAY_CHANGE else None
    return claim if _put_in(request, claim) else None


def _put_in(request: ShopRequest, claim: Claim) -> bool:
    """Attach a claim without a word; without goods only ask whether it could be."""
    person = shopper(request)
    if request.basket.id and not request.basket.is_empty:
        if attach(request.basket, claim, person) is not None:
            return False
        remember_taken(request, claim)
        reprice(request)
        return True
    return (
        claim_refusal(
            code=claim.code,
            version=claim.version,
            claim=claim,
            user=person.user,
            email=person.email,
        )
        is None
    )


def _claim_of_link(request: ShopRequest, gathered: Gathered, chosen: Candidate) -> Claim | None:
    """A claim of the link that was opened, under the version that it offers; None if refused."""
    touch = gathered.touches[chosen.source]
    person = shopper(request)
    number = touch.version.number if touch.version is not None else None
    try:
        return claim_offer(
            code=touch.code,
            method=Claim.Method.VISIT,
            version=offered_version(touch.program, number, timezone.now()),
            user=person.user,
            email=person.email,
            visitor=touch.visitor,
            source=_source(touch),
            is_used_up=used_up.for_basket(request.basket),
        )
    except ClaimRefused:
        return None


def _source(touch: Touch) -> Source:
    return Source(
        channel=touch.channel,
        placement=touch.placement,
        campaign=touch.campaign,
        target=touch.target,
        source_host=touch.source_host,
        consent=touch.consent,
    )


def _taken_out(request: ShopRequest) -> set[str]:
    kept: Any = request.session.get(TAKEN_OUT_KEY)
    return set(kept) if isinstance(kept, list) else set()

"""The decision who gets the credit for an order: pure, stored with its inputs, replayable."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from oscar_referrals.attribution.models import Decision
from oscar_referrals.programs import reasons

#: Why a code may have saved nothing, and its advocate is credited all the same.
CREDITED = frozenset({"", reasons.BETTER_OFFER, reasons.FREE_SHIPPING_ALREADY})
#: Raised whenever `choose`, `decide` or `decide_sign_up` would answer otherwise for the same facts,
#: and when more of them are stored. Since 2: the candidates, and the facts of a registration.
RULE_VERSION = 2


@dataclass(frozen=True, kw_only=True)
class CreditFacts:
    """What is known when an order with a claim has been placed. Plain data."""

    #: The friend is the advocate: same account or same canonical e-mail (F01, F02).
    is_own_code: bool
    #: The friend has ordered before, under the version's rule; None if nothing identifies them.
    is_existing_customer: bool | None
    new_customers_only: bool
    #: Another order of this friend is credited already (A06: bound once).
    already_referred: bool
    #: The friend's discount was given, in minor units; 0 when a better offer stayed.
    friend_discount: int
    #: Why no discount was given; empty when one was.
    no_discount_reason: str

    def as_inputs(self) -> dict[str, Any]:
        """The facts as stored with the decision."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Credit:
    """The answer: granted or refused, and the reason code."""

    verdict: str
    reason: str

    @property
    def granted(self) -> bool:
        """The advocate gets the credit."""
        return self.verdict == Decision.Verdict.GRANTED


def decide(facts: CreditFacts) -> Credit:
    """Who gets the credit, and why. Total, deterministic, no clock and no query.

    A basket in which the shop's better offer stayed, or whose delivery was free already, is
    credited: the advocate brought the friend, whichever offer the friend then preferred.
    """
    if facts.is_own_code:
        return _refused(reasons.OWN_CODE)
    if facts.new_customers_only and facts.is_existing_customer:
        return _refused(reasons.EXISTING_CUSTOMER)
    if facts.already_referred:
        return _refused(reasons.ALREADY_REFERRED)
    if facts.no_discount_reason not in CREDITED:
        return _refused(facts.no_discount_reason)
    return Credit(verdict=Decision.Verdict.GRANTED, reason=reasons.FIRST_ORDER)


@dataclass(frozen=True, kw_only=True)
class SignUpFacts:
    """What is known when a friend with a claim has registered. Plain data."""

    is_own_code: bool
    is_existing_customer: bool | None
    #: This friend is an advocate's already.
    already_referred: bool

    def as_inputs(self) -> dict[str, Any]:
        """The facts as stored with the decision."""
        return asdict(self)


def decide_sign_up(facts: SignUpFacts) -> Credit:
    """Who gets the credit for a registration, and why. Total, deterministic."""
    if facts.is_own_code:
        return _refused(reasons.OWN_CODE)
    if facts.already_referred:
        return _refused(reasons.ALREADY_REFERRED)
    if facts.is_existing_customer:
        return _refused(reasons.EXISTING_CUSTOMER)
    return Credit(verdict=Decision.Verdict.GRANTED, reason=reasons.SIGNED_UP)


def _refused(reason: str) -> Credit:
    return Credit(verdict=Decision.Verdict.REFUSED, reason=reason)

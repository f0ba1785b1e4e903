"""Wiring only: which events owe somebody a mail. They are noted in the event's own transaction."""

from __future__ import annotations

from typing import Any

from oscar_referrals import signals
from oscar_referrals.attribution.assignments import LateClaim
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.members.models import Advocate, TermsAcceptance
from oscar_referrals.messages import occasions


def connect() -> None:
    """Connect the receivers."""
    for signal, receiver in (
        (signals.advocate_joined, on_joined),
        (signals.terms_accepted, on_accepted),
        (signals.offer_claimed, on_claimed),
        (signals.claim_recognised, on_recognised),
        (signals.referral_made, on_credited),
        (signals.referral_lost, on_lost),
        (signals.late_claim_decided, on_late_claim_decided),
        (signals.reward_pending, occasions.reward_pending),
        (signals.reward_available, occasions.reward_available),
        (signals.reward_withdrawn, occasions.reward_withdrawn),
    ):
        uid = f"oscar_referrals.messages.{receiver.__name__}"
        signals.happening.connect(receiver, sender=signal, dispatch_uid=uid)


def on_joined(advocate: Advocate, **kwargs: Any) -> None:
    """Welcome, and a reminder to share."""
    occasions.joined(advocate)


def on_accepted(acceptance: TermsAcceptance, **kwargs: Any) -> None:
    """The receipt, where no welcome has it."""
    occasions.accepted(acceptance)


def on_claimed(claim: Claim, **kwargs: Any) -> None:
    """News for the advocate, and a welcome to the friend; an order in between needs neither."""
    occasions.apart(occasions.claimed, claim)


def on_recognised(claim: Claim, **kwargs: Any) -> None:
    """The welcome that a guest could not be sent."""
    occasions.apart(occasions.recognised, claim)


def on_credited(referral: Referral, **kwargs: Any) -> None:
    """The friend's first order counts: thanks now, help and an invitation later."""
    occasions.apart(occasions.credited, referral)


def on_late_claim_decided(late_claim: LateClaim, **kwargs: Any) -> None:
    """Staff have answered a friend."""
    occasions.apart(occasions.late_claim_decided, late_claim)


def on_lost(referral: Referral, **kwargs: Any) -> None:
    """It does not count, or no longer."""
    occasions.apart(occasions.lost, referral)

"""What staff wrote to customers about rewards; the reason that they wrote down stays theirs."""

from __future__ import annotations

from collections.abc import Iterable

from oscar_referrals.attribution.models import Decision
from oscar_referrals.rewards.by_hand import CUSTOMER_NOTE
from oscar_referrals.rewards.models import Reward


def notes_about(rewards: Iterable[Reward]) -> dict[str, list[str]]:
    """The notes about some rewards, by key, oldest first: plain text. No query for no rewards."""
    keys = {reward.key: reward.referral_id for reward in rewards}
    found: dict[str, list[str]] = {}
    if not keys:
        return found
    written = Decision.objects.filter(
        referral__in=set(keys.values()), subject__in=list(keys), inputs__has_key=CUSTOMER_NOTE
    )
    for subject, inputs in written.order_by("pk").values_list("subject", "inputs"):
        found.setdefault(subject, []).append(inputs[CUSTOMER_NOTE])
    return found

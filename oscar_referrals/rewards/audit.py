"""Do the books agree with themselves and with the rewards? Reads everything, changes nothing.

The invariants are those of the specification: I1 legs sum to zero, I2 balances equal their
postings, I3 nothing owed is negative, I4 every reward is where its state says, I5 business keys
name their business, I6 no more is taken back than was booked.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from oscar_referrals.rewards.books import Position, difference, position_of
from oscar_referrals.rewards.credit.lots import OPEN
from oscar_referrals.rewards.finding import Finding
from oscar_referrals.rewards.ledger import LOSSES, OF_DEBITS, PERSONAL, direction, positions
from oscar_referrals.rewards.models import (
    CreditUse,
    LedgerAccount,
    LedgerEntry,
    OutsideSettlement,
    Posting,
    Reward,
)
from oscar_referrals.rewards.standing import standing_of

#: Rewards that are compared with the books at a time.
BATCH = 2000

State = Reward.State


def audit() -> list[Finding]:
    """Everything that is wrong; empty if the books are in order."""
    checks = (
        unbalanced_entries,
        wrong_balances,
        strayed_rewards,
        wrong_uses,
        wrong_settlements,
        strange_keys,
    )
    return [finding for check in checks for finding in check()]


def unbalanced_entries() -> Iterator[Finding]:
    """I1: the legs of each entry sum to zero per unit, and there are some."""
    sums = (
        Posting.objects.values("entry__key", "account__unit")
        .annotate(total=Sum("amount"))
        .exclude(total=0)
        .order_by("entry__key")
    )
    for row in sums:
        detail = f"the legs in {row['account__unit']} sum to {row['total']}"
        yield Finding(invariant="I1", subject=row["entry__key"], detail=detail)
    for key in LedgerEntry.objects.filter(postings=None).values_list("key", flat=True):
        yield Finding(invariant="I1", subject=key, detail="the entry has no legs")


def wrong_balances() -> Iterator[Finding]:
    """I2 and I3: each cached balance is that of its postings, and nothing owed is negative."""
    for account in LedgerAccount.objects.annotate(total=Sum("postings__amount")).order_by("pk"):
        balance = direction(account.kind) * (account.total or 0)
        subject = f"account {account.pk} ({account})"
        if balance != account.balance:
            detail = f"the balance says {account.balance}, the postings say {balance}"
            yield Finding(invariant="I2", subject=subject, detail=detail)
        if balance < 0 and account.kind not in OF_DEBITS:
            yield Finding(invariant="I3", subject=subject, detail=f"the balance is {balance}")


def strayed_rewards() -> Iterator[Finding]:
    """I4 and I6: each reward stands in the books where its state and amounts say."""
    last: int | None = 0
    while last is not None:
        batch = list(_rewards_after(last))
        last = batch[-1].pk if len(batch) == BATCH else None
        actual = positions(batch)
        for reward in batch:
            strayed = difference(actual[reward.pk], expected_position(reward))
            if strayed and not (reward.reserved + reward.used and _is_due(reward)):
                detail = f"{reward.state}, but the books are off by {_words(strayed)}"
                yield Finding(invariant="I4", subject=reward.key, detail=detail)
            if _claims_otherwise(reward) and not _is_due(reward):
                detail = f"{reward.state}, but spent with {reward.spent_order_number or 'nothing'}"
                yield Finding(invariant="I4", subject=reward.key, detail=detail)
    yield from _owed_to_somebody_else()


def wrong_uses() -> Iterator[Finding]:
    """I4: what baskets hold and orders have of a reward is what its uses say."""
    held = Sum("uses__amount", filter=Q(uses__state__in=OPEN), default=0)
    captured = Q(uses__state=CreditUse.State.CAPTURED)
    spent = Sum(F("uses__amount") - F("uses__restored"), filter=captured, default=0)
    touched = Q(uses__isnull=False) | Q(reserved__gt=0) | Q(used__gt=0)
    found = Reward.objects.filter(touched).annotate(held=held, spent=spent)
    for reward in found.exclude(reserved=F("held"), used=F("spent")).order_by("pk"):
        detail = (
            f"{reward.reserved} reserved and {reward.used} used, but its uses say "
            f"{reward.held} and {reward.spent}"
        )
        yield Finding(invariant="I4", subject=reward.key, detail=detail)


def wrong_settlements() -> Iterator[Finding]:
    """I4: what was paid of a reward outside the shop is what its settlement says."""
    done = OutsideSettlement.objects.filter(
        reward=OuterRef("pk"), state=OutsideSettlement.State.DONE
    )
    paid = Reward.objects.filter(Q(settled_amount__isnull=False) | Exists(done))
    for reward in paid.annotate(booked=Subquery(done.values("value")[:1])).order_by("pk"):
        if reward.settled_amount != reward.booked:
            detail = f"{reward.settled_amount} settled outside, its settlement says {reward.booked}"
            yield Finding(invariant="I4", subject=reward.key, detail=detail)


def strange_keys() -> Iterator[Finding]:
    """I5: the first entry of a reward has its key, and each entry names the same business."""
    first = LedgerEntry.objects.filter(reward=OuterRef("pk"), key=OuterRef("key"))
    booked = Reward.objects.filter(entries__isnull=False).exclude(entries__event__in=LOSSES)
    for key in booked.filter(~Exists(first)).distinct().values_list("key", flat=True):
        yield Finding(invariant="I5", subject=key, detail="no entry has the reward's own key")
    entries = LedgerEntry.objects.exclude(event__in=LOSSES).annotate(of=F("reward__key"))
    for entry in entries.order_by("pk").iterator(chunk_size=BATCH):
        business = entry.of.partition(":")[2]
        if entry.key != entry.of and not entry.key.startswith(f"{entry.event}:{business}:"):
            detail = f"belongs to {entry.of}"
            yield Finding(invariant="I5", subject=entry.key, detail=detail)
    # What staff have credited to somebody else was rewarded before, and taken back.
    doubled = (
        Reward.objects.exclude(incentive=None)
        .exclude(referral__replaced_at__isnull=False)
        .values("source", "incentive", "side")
        .annotate(number=Count("pk"))
        .filter(number__gt=1)
    )
    for row in doubled:
        subject = f"occasion {row['source']}"
        detail = f"{row['number']} rewards for one incentive"
        yield Finding(invariant="I5", subject=subject, detail=detail)
    both = (
        Reward.objects.exclude(incentive=None)
        .exclude(incentive__choice="")
        .values("source", "incentive__version", "incentive__choice", "side")
        .annotate(number=Count("incentive", distinct=True))
        .filter(number__gt=1)
        .order_by("source")
    )
    for pair in both:
        subject = f"occasion {pair['source']}"
        detail = f"{pair['number']} alternatives of one choice"
        yield Finding(invariant="I5", subject=subject, detail=detail)


def expected_position(reward: Reward) -> Position:
    """Where the row says that the reward stands in the books."""
    return position_of(standing_of(reward))


def _rewards_after(pk: int) -> QuerySet[Reward]:
    return (
        Reward.objects.filter(pk__gt=pk)
        .select_related("referral", "incentive")
        .order_by("pk")[:BATCH]
    )


def _claims_otherwise(reward: Reward) -> bool:
    """Its state doesn't fit what was spent of it."""
    if reward.state == State.REDEEMED:
        spent_up = reward.left == 0 and reward.used + reward.netted > 0
        return not (reward.spent_order_number or spent_up or reward.settled_amount is not None)
    return bool(reward.spent_order_number) or reward.settled_amount is not None


def _is_due(reward: Reward) -> bool:
    """It was spent a moment ago, and `settle` is on its way."""
    due_at = reward.referral.settle_due_at
    return due_at is not None and due_at <= timezone.now()


def _owed_to_somebody_else() -> Iterator[Finding]:
    """Each leg is booked in the reward's program, and what is owed, for the reward's advocate."""
    owed = Q(account__kind__in=PERSONAL)
    wrong = Posting.objects.filter(
        ~Q(account__program=F("entry__reward__program"))
        | (owed & ~Q(account__advocate=F("entry__reward__advocate")))
    )
    for key in wrong.values_list("entry__key", flat=True).distinct():
        yield Finding(invariant="I4", subject=key, detail="booked for somebody else")


def _words(legs: Position) -> str:
    return ", ".join(f"{amount} {unit} in {kind}" for (kind, unit), amount in sorted(legs.items()))

"""Orders with a referral, and what happens to them, without walking through the shop."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.bind import credit_order
from oscar_referrals.attribution.claims import claim_offer
from oscar_referrals.attribution.decide import CreditFacts
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.members.known_customers import remember_order
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.ledger import positions
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate
from oscar_referrals.upkeep.progress import Progress

DAY = timedelta(days=1)
_number = count(700_001)


def order(total: str = "100.00", *, user: Any = None, currency: str = "MYR", **fields: Any) -> Any:
    """An order as Oscar's creator leaves it, without lines."""
    amount = Decimal(total)
    return get_model("order", "Order").objects.create(
        **{
            "number": str(next(_number)),
            "user": user,
            "currency": currency,
            "total_incl_tax": amount,
            "total_excl_tax": amount,
            "status": "Pending",
            "date_placed": timezone.now(),
            **fields,
        }
    )


def referred(
    program: Program,
    *,
    discount: int = 2000,
    member: Advocate | None = None,
    friend: Any = None,
    existing_customer: bool = False,
    claim: Claim | None = None,
    **fields: Any,
) -> Referral:
    """A friend's order, credited to a member as the till does it; not settled yet."""
    friend = friend or UserFactory()
    if claim is None:
        code = code_for(advocate=member or advocate(program))
        claim = claim_offer(code=code, method=Claim.Method.TYPED, user=friend)
    return credit_order(
        claim=claim,
        order=order(user=friend, **fields),
        friend=friend,
        facts=CreditFacts(
            is_own_code=False,
            is_existing_customer=existing_customer,
            new_customers_only=True,
            already_referred=False,
            friend_discount=discount,
            no_discount_reason="" if discount else "better-offer",
        ),
    )


def guests_order(program: Program, email: str = "friend@example.com") -> Referral:
    """RM 20 off an order of RM 100, placed without an account and paid three weeks ago, so that
    the advocate's reward can be spent."""
    code = code_for(advocate=advocate(program))
    placed = order("80.00", guest_email=email)
    referral = credit_order(
        claim=claim_offer(code=code, method=Claim.Method.TYPED, email=email),
        order=placed,
        facts=CreditFacts(
            is_own_code=False,
            is_existing_customer=False,
            new_customers_only=True,
            already_referred=False,
            friend_discount=2000,
            no_discount_reason="",
        ),
    )
    remember_order(order=placed)
    pay(placed)
    now = timezone.now()
    for moment in (now, now + timedelta(days=21)):
        settle(referral.pk, now=moment)
    referral.refresh_from_db()
    return referral


def pay(placed: Any, amount: str = "", *, moment: datetime | None = None) -> Any:
    """A payment source that was debited, by default in full."""
    source_type, _created = get_model("payment", "SourceType").objects.get_or_create(name="Card")
    paid = Decimal(amount) if amount else placed.total_incl_tax
    source = get_model("payment", "Source").objects.create(
        order=placed, source_type=source_type, currency=placed.currency
    )
    source.allocate(paid)
    source.debit(paid)
    if moment is not None:
        source.transactions.update(date_created=moment)
    return source


def set_status(placed: Any, status: str) -> None:
    """The order's status as a shop may set it: no signal, no history."""
    get_model("order", "Order").objects.filter(pk=placed.pk).update(status=status)


def settled(referral: Referral, now: datetime | None = None) -> Reward:
    """Settle, check all the books, and return the advocate's reward."""
    rewards = settle(referral.pk, now=now)
    findings = audit()
    assert not findings, [str(finding) for finding in findings]
    return next(reward for reward in rewards if reward.side == "advocate")


def available(program: Program, **kwargs: Any) -> Reward:
    """A reward that its owner can spend; the program holds nothing."""
    referral = referred(program, **kwargs)
    pay(referral.order)
    reward = settled(referral)
    assert reward.state == Reward.State.AVAILABLE
    return reward


def settle_more(program: Program, number: int) -> None:
    """So many friends' orders, paid and settled."""
    for _order in range(number):
        referral = referred(program)
        pay(referral.order)
        settle(referral.pk)


def books(reward: Reward) -> dict[str, int]:
    """Where the reward stands in the books: "account unit" → amount."""
    return {f"{kind} {unit}": n for (kind, unit), n in positions([reward])[reward.pk].items()}


def counts(progress: Progress) -> tuple[int, int]:
    """What periodic work handled in all, and how much of it failed."""
    return progress.handled, progress.failed

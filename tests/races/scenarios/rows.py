"""What the races start from: programs, orders that were paid unnoticed, rewards."""

from __future__ import annotations

from typing import Any

from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import lifecycle
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import advocate, live_program
from tests.api_client import basket_of, place, priced
from tests.rewards.cases import referred
from tests.shop import product


def lifecycle_of_site() -> None:
    """End what is live, so that the next trial starts on an empty site."""
    for live in Program.objects.filter(status=Program.Status.LIVE):
        lifecycle.end(program=live)


def program_without_hold() -> Program:
    """RM 20 for both sides, available as soon as the order is paid."""
    return live_program(
        friend={"value": 2000}, advocate={"value": 2000, "validity_days": 90}, hold_days=0
    )


def program_with_limit(limit: dict[str, Any]) -> Program:
    """The only live program of the site: RM 20 for the advocate, up to a limit."""
    lifecycle_of_site()
    return live_program(advocate={"value": 2000, "validity_days": 90}, hold_days=0, limits=[limit])


def program_of_choice() -> Program:
    """The only live program of the site: a voucher or store credit for the advocate."""
    lifecycle_of_site()
    own = {"side": "advocate", "choice": "either", "value": 1500}
    return live_program(
        friend={"value": 2000},
        advocate=None,
        more=[own | {"validity_days": 90}, own | {"kind": "credit", "position": 1}],
        hold_days=0,
    )


def referred_order(program: Program) -> Referral:
    """A guest's order with a code, paid, not settled yet."""
    code = code_for(advocate=advocate(program))
    basket = basket_of(None, product("100.00"))
    basket.vouchers.add(code.voucher)
    order = place(priced(basket), guest_email=f"guest{basket.pk}@example.com")
    pay_unnoticed(order)
    return Referral.objects.get(order_number=order.number)


def paid_order(program: Program, member: Advocate) -> Referral:
    """An order with a member's code and without a discount, paid, not settled yet."""
    referral = referred(program, member=member, discount=0)
    pay_unnoticed(referral.order)
    return referral


def pay_unnoticed(order: Any) -> None:
    """Pay an order in a way that sends no signal, so that whoever settles first is a race."""
    source_type, _created = get_model("payment", "SourceType").objects.get_or_create(name="Card")
    source = get_model("payment", "Source")
    source.objects.bulk_create(
        [
            source(
                order=order,
                source_type=source_type,
                currency=order.currency,
                amount_allocated=order.total_incl_tax,
                amount_debited=order.total_incl_tax,
            )
        ]
    )


def available_reward(program: Program) -> Reward:
    """An advocate's reward that can be spent."""
    referral = referred_order(program)
    settle(referral.pk)
    reward = Reward.objects.get(referral=referral, side="advocate")
    assert reward.state == Reward.State.AVAILABLE
    return reward


def credit_lot(program: Program) -> Reward:
    """RM 10 of an advocate's credit, in a program beside the live one."""
    lifecycle_of_site()
    side = {"kind": "credit", "value": 1000, "validity_days": 90}
    referral = referred_order(live_program(friend={"value": 2000}, advocate=side, hold_days=0))
    settle(referral.pk)
    return Reward.objects.get(referral=referral, side="advocate")

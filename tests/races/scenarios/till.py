"""Rewards and credit that several baskets, orders and settlements want at once."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from oscar.core.loading import get_model

from oscar_referrals.checkout.rewards_in_basket import put_into
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.credit.payment import begin, capture
from oscar_referrals.rewards.credit.wallet import CreditRefused, reserve
from oscar_referrals.rewards.models import CreditUse, Reward
from oscar_referrals.rewards.settle import settle
from tests.api_client import basket_of, place, priced
from tests.races.harness import results, run_together
from tests.races.scenarios.rows import available_reward, credit_lot
from tests.shop import Visitor, product


def reward_in_six_baskets(program: Any) -> None:
    """The owner's reward is put into six of the owner's baskets and all are ordered at once."""
    reward = available_reward(program)
    baskets = [basket_of(reward.owner, product("100.00")) for _ in range(6)]
    run_together(*[partial(_add_voucher, basket, reward.voucher) for basket in baskets])
    outcomes = run_together(*[partial(_order, basket) for basket in baskets])
    orders = results(outcomes)
    totals = [order.total_incl_tax for order in orders]
    assert len(orders) == 6, "an order was lost"
    assert sum(total < Decimal("100.00") for total in totals) == 1, totals
    reward.refresh_from_db()
    assert reward.spent_order_number in {str(order.number) for order in orders}
    settle(reward.referral_id)
    assert audit() == []


def reward_beside_a_frozen_basket(program: Any) -> None:
    """A basket with the reward is with the payment provider; another of the owner's wants it."""
    reward = available_reward(program)
    paying, shopping = (basket_of(reward.owner, product("100.00")) for _ in range(2))
    assert put_into(paying, reward, reward.owner) is None
    at_provider = priced(paying)
    at_provider.freeze()
    outcomes = run_together(
        partial(_order_frozen, at_provider.pk),
        partial(_try_reward, shopping, reward),
    )
    frozen_order, refusal = results(outcomes)
    other_order = _order(shopping)
    assert refusal is not None
    assert frozen_order.total_incl_tax < Decimal("100.00")
    assert other_order.total_incl_tax == Decimal("100.00")


def binding_against_placement(program: Any) -> None:
    """Settling and binding a reward while orders are placed with it: nobody waits for ever."""
    reward = available_reward(program)
    baskets = [basket_of(reward.owner, product("100.00")) for _ in range(2)]
    put_into(baskets[0], reward, reward.owner)
    outcomes = run_together(
        partial(_order, baskets[0]),
        partial(_try_reward, baskets[1], reward),
        partial(settle, reward.referral_id),
        partial(settle, reward.referral_id),
    )
    results(outcomes)
    settle(reward.referral_id)
    assert audit() == []


def revoked_while_an_order_is_in_flight(program: Any) -> None:
    """The friend's order is cancelled while the advocate pays with the reward: it stays dead."""
    reward = available_reward(program)
    basket = basket_of(reward.owner, product("100.00"))
    put_into(basket, reward, reward.owner)
    loaded = priced(basket)
    get_model("order", "Order").objects.filter(pk=reward.referral.order_id).update(
        status="Cancelled"
    )
    results(run_together(partial(place, loaded), partial(settle, reward.referral_id)))
    settle(reward.referral_id)
    reward.refresh_from_db()
    again = basket_of(reward.owner, product("100.00"))
    again.vouchers.add(reward.voucher)
    assert priced(again).total_discount == 0, "a revoked reward discounts again"
    assert reward.state != Reward.State.AVAILABLE
    assert audit() == []


def revoked_between_preview_and_post(program: Any) -> None:
    """The reward dies after the shopper saw the total: the order is never charged otherwise."""
    reward = available_reward(program)
    owner = Visitor(reward.owner)
    owner.add(product("100.00"))
    owner.enter(reward.voucher_code)
    shown = owner.to_preview().context["order_total"].incl_tax
    get_model("order", "Order").objects.filter(pk=reward.referral.order_id).update(
        status="Cancelled"
    )
    settle(reward.referral_id)
    page = owner.pay()
    if page.resolver_match.view_name == "checkout:thank-you":
        assert page.context["order"].total_incl_tax == shown
    else:
        assert page.resolver_match.view_name == "checkout:preview"
        assert owner.pay().context["order"].total_incl_tax == Decimal("100.00")


def wallet_spent_by_fifty(program: Any) -> None:
    """Fifty orders of one owner want RM 1 each of a wallet with RM 20: exactly RM 20 are spent."""
    lots = [credit_lot(program) for _ in range(2)]
    # Of one person, though the friends' orders made two advocates.
    Reward.objects.filter(pk__in=[lot.pk for lot in lots]).update(owner=lots[0].owner)
    baskets = [basket_of(lots[0].owner) for _ in range(50)]
    outcomes = run_together(
        *[partial(_pay_with_credit, lots[0].owner_id, basket.pk, 100) for basket in baskets],
        timeout=60,
    )
    spent = sum(results(outcomes))
    taken = sum(
        CreditUse.objects.filter(reward__in=lots, state="captured").values_list("amount", flat=True)
    )
    assert (spent, taken) == (2000, 2000), (spent, taken)
    for lot in lots:
        settle(lot.referral_id)
        lot.refresh_from_db()
        assert (lot.state, lot.used, lot.reserved) == (Reward.State.REDEEMED, 1000, 0)
    assert audit() == []


def _add_voucher(basket: Any, voucher: Any) -> None:
    basket.vouchers.add(voucher)


def _order(basket: Any) -> Any:
    return place(priced(basket))


def _order_frozen(basket_id: int) -> Any:
    basket = get_model("basket", "Basket").objects.get(pk=basket_id)
    return place(priced(basket))


def _try_reward(basket: Any, reward: Reward) -> Any:
    fresh = Reward.objects.select_related("program").get(pk=reward.pk)
    return put_into(basket, fresh, reward.owner)


def _pay_with_credit(owner_id: int, basket_id: int, amount: int) -> int:
    """What the till does with credit, from the basket to the order; 0 if there is too little."""
    number = f"credit-{basket_id}"
    try:
        reserve(owner_id=owner_id, basket_id=basket_id, currency="MYR", amount=amount)
        begin(basket_id=basket_id, order_number=number, currency="MYR", amount=amount)
    except CreditRefused as refused:
        assert refused.reason == reasons.CREDIT_SHORT
        return 0
    return capture(order_number=number)

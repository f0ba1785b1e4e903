"""The races themselves. The tests run them as they are, the broken variants with a guard removed.

Each function is one trial: it makes its own rows, lets the racers go together and asserts what must
hold afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from unittest.mock import patch

from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.checkout.reconcile import reconcile
from oscar_referrals.checkout.rewards_in_basket import put_into
from oscar_referrals.members.models import Advocate
from oscar_referrals.messages import outbox, reminders
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.programs import lifecycle, reasons
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.programs.publish import PublishRefused, publish
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.budget import committed
from oscar_referrals.rewards.credit_payment import begin, capture
from oscar_referrals.rewards.ledger import positions
from oscar_referrals.rewards.models import CreditUse, LedgerEntry, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.wallet import CreditRefused, reserve
from oscar_referrals.sharing.alphabet import pretty
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.test.factories import advocate, draft_version, live_program
from tests.api_client import basket_of, place, priced
from tests.races.harness import Outcome, results, run_together
from tests.rewards.cases import referred
from tests.shop import Visitor, customer, product

CodeOf = Callable[..., ReferralCode]


def first_code_requested_by_eight(program: Any) -> None:
    """Eight tabs ask for the advocate's first code at once: one code, one voucher."""
    # Joining would make the code already.
    member = Advocate.objects.create(program=program, user=customer())
    codes = results(run_together(*[partial(code_for, advocate=member) for _ in range(8)]))
    assert len({code.pk for code in codes}) == 1
    assert ReferralCode.objects.filter(advocate=member).count() == 1
    assert get_model("voucher", "Voucher").objects.filter(code=codes[0].code).count() == 1


def order_paid_eight_times(program: Any) -> None:
    """Eight callbacks of the payment provider settle one order at once: one reward, one mail."""
    referral = referred_order(program)
    results(run_together(*[partial(settle, referral.pk) for _ in range(8)]))
    reward = Reward.objects.get(referral=referral, side="advocate")
    assert reward.state == Reward.State.AVAILABLE
    assert Reward.objects.filter(referral=referral).count() == 2
    keys = list(LedgerEntry.objects.filter(reward__referral=referral).values_list("key", flat=True))
    assert len(keys) == len(set(keys))
    assert get_model("voucher", "Voucher").objects.filter(code=reward.voucher_code).count() == 1
    mails = OutboxMessage.objects.filter(reward=reward, event="referral_reward_available")
    assert mails.count() == 1
    assert audit() == []


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


def two_codes_after_a_merge(program: Any) -> None:
    """Two baskets with two codes of one program are merged by two requests at once."""
    account = customer()
    codes = [code_for(advocate=advocate(program)) for _ in range(2)]
    baskets = [basket_of(None, product("100.00")) for _ in codes]
    for basket, code in zip(baskets, codes, strict=True):
        basket.vouchers.add(code.voucher)
    master = basket_of(account)
    run_together(*[partial(_merge, master.pk, basket.pk) for basket in baskets])
    merged = priced(master)
    assert merged.total_discount == Decimal("20.00"), merged.total_discount
    order = place(merged)
    usages = get_model("voucher", "VoucherApplication").objects.filter(order=order)
    assert usages.count() == 1
    assert Referral.objects.filter(order_number=order.number).count() == 1


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


def published_by_six(_program: Any = None) -> None:
    """Six people publish six drafts of one site at once: one program goes live."""
    lifecycle_of_site()
    drafts = [draft_version() for _ in range(6)]
    outcomes = run_together(*[partial(publish, version=draft) for draft in drafts])
    assert sum(outcome.error is None for outcome in outcomes) == 1
    assert all(
        isinstance(outcome.error, PublishRefused) for outcome in outcomes if outcome.error
    ), _errors(outcomes)
    assert Program.objects.filter(status=Program.Status.LIVE).count() == 1
    assert (
        ProgramVersion.objects.filter(
            pk__in=[draft.pk for draft in drafts], status="published"
        ).count()
        == 1
    )


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


def work_by_four(program: Any) -> None:
    """Four workers run the periodic work at once over ten paid orders."""
    referrals = [referred_order(program) for _ in range(10)]
    Referral.objects.update(settled_at=None)
    results(run_together(*[partial(call_command, "referrals_work", verbosity=0) for _ in range(4)]))
    rewards = Reward.objects.filter(referral__in=referrals, side="advocate")
    assert rewards.filter(state=Reward.State.AVAILABLE).count() == 10
    assert (
        OutboxMessage.objects.filter(
            reward__in=rewards, event="referral_reward_available", state="sent"
        ).count()
        == 10
    )
    codes = set(rewards.values_list("voucher_code", flat=True))
    mails = [code for sent in mail.outbox for code in codes if pretty(code) in sent.body]
    assert sorted(mails) == sorted(codes), "a reward was mailed twice, or not at all"
    assert audit() == []


def five_orders_of_an_advocate_below_the_cap(_program: Any = None) -> None:
    """One reward more fits the advocate's cap, and five orders are settled at once."""
    program = program_with_limit({"scope": "advocate", "window": "day", "amount": 3})
    member = advocate(program)
    for _number in range(2):
        settle(paid_order(program, member).pk)
    referrals = [paid_order(program, member) for _ in range(5)]
    results(run_together(*[partial(settle, referral.pk) for referral in referrals]))
    rewards = Reward.objects.filter(referral__in=referrals, side="advocate")
    reasons_found = sorted(rewards.values_list("state", "reason"))
    assert [state for state, _reason in reasons_found] == ["available"] + 4 * ["voided"]
    assert all(reason == reasons.CAP_REACHED for _state, reason in reasons_found[1:])
    assert audit() == []


def twenty_orders_at_the_end_of_the_budget(_program: Any = None) -> None:
    """The budget lasts for five rewards, and twenty orders of twenty advocates are settled."""
    program = program_with_limit({"scope": "program", "currency": "MYR", "amount": 5 * 2000})
    referrals = [paid_order(program, advocate(program)) for _ in range(20)]
    results(run_together(*[partial(settle, referral.pk) for referral in referrals]))
    states = Counter(Reward.objects.filter(program=program).values_list("state", flat=True))
    assert states == {"available": 5, "voided": 15}, states
    assert committed(program.pk, "MYR") == 10000
    assert Decision.objects.filter(program=program, reason=reasons.BUDGET_ALERT).count() == 1
    assert audit() == []


def program_with_limit(limit: dict[str, Any]) -> Program:
    """The only live program of the site: RM 20 for the advocate, up to a limit."""
    lifecycle_of_site()
    return live_program(advocate={"value": 2000, "validity_days": 90}, hold_days=0, limits=[limit])


def paid_order(program: Program, member: Advocate) -> Referral:
    """An order with a member's code and without a discount, paid, not settled yet."""
    referral = referred(program, member=member, discount=0)
    pay_unnoticed(referral.order)
    return referral


def refund_and_release(program: Any) -> None:
    """The money goes back in the moment in which three workers release the reward."""
    referral = referred_order(program)
    source = get_model("payment", "Source").objects.get(order=referral.order_id)
    results(
        run_together(
            *[partial(settle, referral.pk) for _ in range(3)],
            partial(source.refund, source.amount_debited),
        )
    )
    reward = Reward.objects.get(referral=referral, side="advocate")
    assert reward.state in (Reward.State.VOIDED, Reward.State.REVERSED)
    keys = list(LedgerEntry.objects.filter(reward=reward).values_list("key", flat=True))
    assert len(keys) == len(set(keys))
    assert {amount for amount in positions([reward])[reward.pk].values() if amount} == set()
    assert audit() == []


def reminded_by_four(program: Any) -> None:
    """Four workers remind the owners of ten rewards that expire soon."""
    rewards = [available_reward(program) for _ in range(10)]
    soon = timezone.now() + timedelta(days=3)
    of_trial = Reward.objects.filter(pk__in=[reward.pk for reward in rewards])
    of_trial.update(expires_at=soon, available_at=soon - timedelta(days=90))
    with outbox.sent_later():
        outcomes = run_together(*[reminders.remind_due for _ in range(4)])
    assert sum(progress.handled for progress in results(outcomes)) == 10
    mails = OutboxMessage.objects.filter(reward__in=rewards, event="referral_reward_expiring")
    assert mails.count() == 10
    of_trial.update(expires_at=soon + timedelta(days=365))


def order_repaired_by_four(program: Any) -> None:
    """A fault kept an order from being credited; four workers find it at once."""
    basket = basket_of(None, product("100.00"))
    basket.vouchers.add(code_for(advocate=advocate(program)).voucher)
    with patch("oscar_referrals.checkout.benefit.record_use", side_effect=RuntimeError("fault")):
        order = place(priced(basket), guest_email=f"guest{basket.pk}@example.com")
    assert not Referral.objects.filter(order_number=order.number).exists()
    for _repaired, failed in results(run_together(*[reconcile for _ in range(4)])):
        assert failed == 0
    assert Referral.objects.filter(order_number=order.number).count() == 1
    for referral in Referral.objects.filter(order_number=order.number):
        settle(referral.pk)
    assert audit() == []


def lifecycle_of_site() -> None:
    """End what is live, so that the next trial starts on an empty site."""
    for live in Program.objects.filter(status=Program.Status.LIVE):
        lifecycle.end(program=live)


def program_without_hold() -> Program:
    """RM 20 for both sides, available as soon as the order is paid."""
    return live_program(
        friend={"value": 2000}, advocate={"value": 2000, "validity_days": 90}, hold_days=0
    )


def referred_order(program: Program) -> Referral:
    """A guest's order with a code, paid, not settled yet."""
    code = code_for(advocate=advocate(program))
    basket = basket_of(None, product("100.00"))
    basket.vouchers.add(code.voucher)
    order = place(priced(basket), guest_email=f"guest{basket.pk}@example.com")
    pay_unnoticed(order)
    return Referral.objects.get(order_number=order.number)


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


def _merge(master_id: int, slave_id: int) -> None:
    basket_model = get_model("basket", "Basket")
    basket_model.objects.get(pk=master_id).merge(basket_model.objects.get(pk=slave_id))


def _errors(outcomes: list[Outcome]) -> str:
    return "; ".join(repr(outcome.error) for outcome in outcomes if outcome.error)

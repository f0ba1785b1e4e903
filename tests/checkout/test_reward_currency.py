"""A reward is spent in the currency of the order that earned it: the books know no other."""

from __future__ import annotations

import pytest
from oscar.core.loading import get_model

from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import advocate, live_program
from tests.shop import Visitor, pay_in_full, product

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_reward_in_ringgit_is_not_spent_in_dollars(settings) -> None:
    settings.OSCAR_REFERRALS = settings.OSCAR_REFERRALS | {"CURRENCIES": ("MYR", "SGD")}
    program = live_program(
        advocate={
            "amounts": {"MYR": {"value": 1500}, "SGD": {"value": 500}},
            "validity_days": 90,
        },
        hold_days=0,
    )
    member = advocate(program)
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(code_for(advocate=member).code)
    pay_in_full(friend.order())
    reward = Reward.objects.get(advocate=member)
    assert (reward.state, reward.currency) == ("available", "MYR")

    item = product("40.00")
    get_model("partner", "StockRecord").objects.filter(product=item).update(price_currency="SGD")
    owner = Visitor(member.user)
    owner.add(item)
    said = owner.enter(reward.voucher_code)
    assert said == ["The discount isn't available for orders in Singapore dollars."]
    assert owner.basket.total_discount == 0

    again = Visitor(member.user)
    get_model("basket", "Line").objects.all().delete()
    again.add(product("40.00"))
    assert again.basket.total_discount == 15
    again.order()
    reward.refresh_from_db()
    assert (reward.state, reward.spent_amount) == ("redeemed", 1500)
    assert audit() == []

"""What the periodic work finds out about orders that nobody recorded."""

from __future__ import annotations

import pytest
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.checkout.reconcile import reconcile
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import advocate, live_program
from tests.rewards.cases import counts
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db


def test_a_guests_order_without_pin_takes_no_other_guests_claim(monkeypatch):
    def fail(**kwargs):
        raise RuntimeError("a fault in the plugin")

    code = code_for(advocate=advocate(live_program(friend={"value": 2000})))
    undecided, buyer = Visitor(), Visitor()
    with monkeypatch.context() as patched:
        patched.setattr("oscar_referrals.checkout.benefit.record_use", fail)
        buyer.add(product("100.00"))
        buyer.enter(code.code)
        order = buyer.order()
    undecided.claim(code)
    waiting = Claim.objects.latest("pk")
    get_model("basket", "Basket").objects.filter(pk=order.basket_id).delete()
    assert counts(reconcile()) == (1, 0)
    assert counts(reconcile()) == (0, 0)
    referral = Referral.objects.get(order_number=order.number)
    assert (referral.state, referral.friend_discount) == ("bound", 2000)
    waiting.refresh_from_db()
    assert waiting.used_at is None
    assert referral.claim != waiting

"""Credit that is gone, or a payment or an order that fails, between the preview and the order."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from oscar.apps.payment.exceptions import UnableToTakePayment
from oscar.core.loading import get_model

from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.credit.upkeep import give_back_left_behind
from oscar_referrals.rewards.credit.wallet import release
from oscar_referrals.rewards.models import Reward
from tests.checkout.credit.till import PaymentDetailsView, Till, use, words
from tests.shop import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_order_that_was_paid_without_the_hook_gives_it_back_with_the_next_work(
    owner: Visitor, lot: Reward, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(owner)
    monkeypatch.setattr(PaymentDetailsView, "handle_payment", lambda *args, **kwargs: None)
    owner.order()
    assert give_back_left_behind().handled == 1
    lot.refresh_from_db()
    assert (lot.left, lot.reserved) == (2000, 0)


def test_what_was_taken_between_preview_and_post_is_never_charged_silently(
    owner: Visitor, lot: Reward, till: Till
) -> None:
    use(owner)
    owner.to_preview()
    Reward.objects.filter(pk=lot.pk).update(expires_at=lot.available_at)
    page = owner.pay()
    assert page.resolver_match.view_name == "checkout:preview"
    assert "will be used" not in words(page)
    assert till.charged == []
    assert owner.pay().resolver_match.view_name == "checkout:thank-you"
    assert till.charged == [Decimal("80.00")]


def test_what_is_lost_at_the_last_moment_leads_back_before_anything_is_charged(
    owner: Visitor, lot: Reward, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(owner)
    owner.to_preview()
    monkeypatch.setattr(
        "oscar_referrals.checkout.middleware.guard.check_charged", lambda *args: None
    )
    release(basket_id=owner.basket.id)
    monkeypatch.setattr("oscar_referrals.checkout.credit_choice.held_by", lambda basket_id: None)
    page = owner.post("checkout:preview", data={"action": "place_order"}, follow=False)
    assert page.url == "/shop/checkout/preview/"
    monkeypatch.undo()
    assert get_model("order", "Order").objects.filter(user=lot.owner).count() == 0
    assert till.charged == []
    assert "MYR 20 of store credit will be used" in words(owner.get("checkout:preview"))


def test_a_payment_that_fails_costs_no_credit(owner: Visitor, lot: Reward, till: Till) -> None:
    use(owner)
    owner.to_preview()

    def fail() -> None:
        raise UnableToTakePayment("The card was declined.")

    till.then = fail
    owner.pay()
    till.then = None
    assert "MYR 20 of store credit will be used" in words(owner.get("checkout:preview"))
    owner.pay()
    lot.refresh_from_db()
    assert (lot.used, lot.reserved, till.charged) == (2000, 0, [Decimal("60.00")])
    assert audit() == []


def test_a_fault_at_the_order_loses_no_order_and_the_work_takes_the_credit(
    owner: Visitor, lot: Reward, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(owner)
    owner.to_preview()
    with monkeypatch.context() as patch:
        patch.setattr("oscar_referrals.checkout.credit.capture", broken)
        placed = owner.pay().context["order"]
    lot.refresh_from_db()
    assert (lot.used, lot.reserved) == (0, 2000)
    with time_machine.travel(timezone.now() + timedelta(minutes=20), tick=False):
        call_command("referrals_work", verbosity=0)
    lot.refresh_from_db()
    assert (lot.used, lot.reserved) == (2000, 0)
    assert placed.sources.count() == 2
    assert audit() == []


def broken(**kwargs: Any) -> int:
    raise RuntimeError("not today")

"""Paying with store credit through Oscar's own pages, with the documented hook in its view."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from oscar.apps.payment.exceptions import UnableToTakePayment
from oscar.core.loading import get_class, get_model

from oscar_referrals.checkout.credit import pay_with_credit
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import CreditUse, Reward
from oscar_referrals.rewards.wallet import release
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import available
from tests.shop import Visitor, product, texts

pytestmark = pytest.mark.django_db(transaction=True)

PaymentDetailsView: Any = get_class("checkout.views", "PaymentDetailsView")


class Till:
    """What the shop's payment view does: the documented hook, and a card for the rest."""

    def __init__(self) -> None:
        self.charged: list[Decimal] = []
        #: Done after the credit and before the card.
        self.then: Any = None

    def handle_payment(self, view: Any, order_number: Any, total: Any, **kwargs: Any) -> None:
        total = pay_with_credit(view, order_number, total)
        if self.then is not None:
            self.then()
        if total.incl_tax:
            self.charged.append(total.incl_tax)
            source_type, _created = get_model("payment", "SourceType").objects.get_or_create(
                name="Card"
            )
            view.add_payment_source(
                get_model("payment", "Source")(
                    source_type=source_type,
                    currency=total.currency,
                    amount_allocated=total.incl_tax,
                    amount_debited=total.incl_tax,
                )
            )


@pytest.fixture(autouse=True)
def till(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Till:
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True}
    shop = Till()
    monkeypatch.setattr(
        PaymentDetailsView,
        "handle_payment",
        lambda view, *args, **kwargs: shop.handle_payment(view, *args, **kwargs),
    )
    return shop


@pytest.fixture
def lot() -> Reward:
    """RM 20 of credit."""
    side = {"kind": "credit", "value": 2000, "validity_days": 90}
    return available(live_program(hold_days=0, advocate=side))


@pytest.fixture
def owner(lot: Reward) -> Visitor:
    """The owner, with goods for RM 80 in the basket."""
    visitor = Visitor(lot.owner)
    visitor.add(product("80.00"))
    return visitor


def use(visitor: Visitor, amount: str = "") -> list[str]:
    return texts(visitor.post("referrals:use-credit", data={"amount": amount}))


def words(page: Any) -> str:
    return " ".join(page.content.decode().replace("\xa0", " ").replace("&nbsp;", " ").split())


def test_all_of_it_from_the_basket_to_the_order(owner: Visitor, lot: Reward, till: Till) -> None:
    assert "You have MYR 20 of store credit" in words(owner.get("basket:summary"))
    assert use(owner) == ["MYR 20 of your store credit is set aside for this basket."]
    sentence = "MYR 20 of store credit will be used, MYR 60 to pay"
    assert sentence in words(owner.get("basket:summary"))
    assert sentence in words(owner.to_preview())
    page = owner.pay()
    assert page.resolver_match.view_name == "checkout:thank-you", texts(page)
    assert "Paid with store credit</td>" in words(page)
    placed = page.context["order"]
    assert (placed.total_incl_tax, till.charged) == (Decimal("80.00"), [Decimal("60.00")])
    paid = {row.source_type.name: row.amount_debited for row in placed.sources.all()}
    assert paid == {"Store credit": Decimal("20.00"), "Card": Decimal("60.00")}
    lot.refresh_from_db()
    assert (lot.state, lot.used, lot.reserved) == (Reward.State.REDEEMED, 2000, 0)
    assert audit() == []
    assert "Paid with store credit" in words(owner.get("customer:order", placed.number))
    assert f"for order {placed.number}" in words(owner.get("referrals:portal"))


def test_an_amount_over_two_orders(owner: Visitor, lot: Reward, till: Till) -> None:
    use(owner, "12.50")
    owner.order()
    owner.add(product("5.00"))
    use(owner)
    owner.order()
    assert till.charged == [Decimal("67.50")]
    lot.refresh_from_db()
    # Of the RM 7.50 that were left, the second order needed RM 5.
    assert (lot.state, lot.left) == (Reward.State.AVAILABLE, 250)
    assert audit() == []


@pytest.mark.parametrize("amount", ["-1", "0", "abc", "1.005", "20.01"])
def test_what_cannot_be_used_is_refused_with_a_message(owner: Visitor, amount: str) -> None:
    [said] = use(owner, amount)
    assert said in (
        "Please enter an amount of money, or nothing to use all your credit.",
        "You have MYR 20 of store credit to use. Please enter no more than that.",
    )
    assert not CreditUse.objects.exists()


def test_it_is_removed_by_hand(owner: Visitor, lot: Reward, till: Till) -> None:
    use(owner)
    owner.post("referrals:remove-credit")
    lot.refresh_from_db()
    assert lot.reserved == 0
    owner.order()
    assert till.charged == [Decimal("80.00")]


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

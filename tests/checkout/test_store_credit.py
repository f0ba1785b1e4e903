"""Paying with store credit through Oscar's own pages, with the documented hook in its view."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from oscar.apps.partner.strategy import (
    FixedRateTax,
    StockRequired,
    Structured,
    UseFirstStockRecord,
)
from oscar.apps.payment.exceptions import RedirectRequired, UnableToTakePayment
from oscar.core.loading import get_class, get_model

from oscar_referrals.checkout.credit import pay_with_credit
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.credit.upkeep import give_back_left_behind
from oscar_referrals.rewards.credit.wallet import release
from oscar_referrals.rewards.due import settle_due
from oscar_referrals.rewards.facts import order_facts
from oscar_referrals.rewards.models import CreditUse, Reward
from oscar_referrals.test.factories import live_program
from tests.rewards.cases import available
from tests.shop import Visitor, customer, product, shop_voucher, texts

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


def test_an_order_that_costs_nothing_gives_the_credit_back(owner: Visitor, lot: Reward) -> None:
    use(owner)
    shop_voucher("GIFT", percent=100)
    owner.enter("GIFT")
    placed = owner.order()
    assert (placed.total_incl_tax, placed.sources.count()) == (Decimal("0.00"), 0)
    lot.refresh_from_db()
    assert (lot.state, lot.left, lot.reserved) == (Reward.State.AVAILABLE, 2000, 0)
    assert audit() == []


def test_an_order_that_was_paid_without_the_hook_gives_it_back_with_the_next_work(
    owner: Visitor, lot: Reward, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(owner)
    monkeypatch.setattr(PaymentDetailsView, "handle_payment", lambda *args, **kwargs: None)
    owner.order()
    assert give_back_left_behind().handled == 1
    lot.refresh_from_db()
    assert (lot.left, lot.reserved) == (2000, 0)


def test_further_lots_do_not_let_the_shopper_wait(owner: Visitor, lot: Reward) -> None:
    """Their balance is right at once; their books follow with the periodic work."""
    use(owner)
    alone = queries(owner.order)
    lots = [available(lot.program, member=lot.advocate) for _number in range(3)]
    owner.add(product("80.00"))
    use(owner)
    together = queries(owner.order)
    assert together - alone <= 2, (alone, together)
    for row in lots:
        row.refresh_from_db()
        assert (row.left, row.used, row.reserved) == (0, 2000, 0)
    assert audit() == []
    settle_due()
    states = Reward.objects.filter(pk__in=[row.pk for row in lots]).values_list("state", flat=True)
    assert set(states) == {Reward.State.REDEEMED}
    assert audit() == []


def test_nobody_fills_the_books_with_presses(owner: Visitor, lot: Reward, settings: Any) -> None:
    """Whether the same or another amount is asked for; other accounts are not concerned."""
    settings.OSCAR_REFERRALS |= {"TRY_LIMIT": 1}
    for amount in ("5", "5", "6"):
        assert "is set aside" in use(owner, amount)[0]
    entries = lot.entries.count()
    for amount in ("7", "", "abc"):
        assert use(owner, amount) == [
            "You have changed this very often. Please wait 10 minutes and try again."
        ]
    assert lot.entries.count() == entries
    assert use(Visitor(customer())) == ["Add a product to your basket first, then use your credit."]
    assert texts(owner.post("referrals:remove-credit"))
    lot.refresh_from_db()
    assert lot.reserved == 0


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


class TestRedirectPayments:
    """The shopper pays elsewhere, and comes back by another request."""

    pytestmark = pytest.mark.urls("tests.checkout.redirect_urls")

    @pytest.fixture
    def away(self, owner: Visitor, till: Till) -> Visitor:
        """The owner at the provider's, with RM 60 to pay there."""

        def leave() -> None:
            raise RedirectRequired("/elsewhere/")

        use(owner)
        owner.to_preview()
        till.then = leave
        page = owner.post("checkout:preview", data={"action": "place_order"}, follow=False)
        assert page.url == "/elsewhere/"
        till.then = None
        return owner

    def test_the_way_back_records_what_was_taken(self, away: Visitor, lot: Reward) -> None:
        # Looking at the shop meanwhile changes nothing.
        away.get("basket:summary")
        page = away.post("back", data={"decision": "approve", "paid": "60.00"})
        placed = page.context["order"]
        assert [row.amount_debited for row in placed.sources.all()] == [Decimal("20.00")]
        lot.refresh_from_db()
        assert (lot.used, lot.reserved) == (2000, 0)
        assert audit() == []

    def test_the_credit_is_out_of_reach_of_another_basket(self, away: Visitor, lot: Reward) -> None:
        away.add(product("30.00"))
        assert use(away) == ["You have no store credit to use on this order."]
        assert "MYR 20 of your store credit is set aside" in words(away.get("basket:summary"))
        away.post("back", data={"decision": "approve", "paid": "60.00"})
        lot.refresh_from_db()
        assert (lot.used, lot.reserved) == (2000, 0)

    def test_declined_there_it_is_used_for_the_basket_again(
        self, away: Visitor, lot: Reward, till: Till
    ) -> None:
        page = away.post("back", data={"decision": "decline"})
        assert "MYR 20 of store credit will be used, MYR 60 to pay" in words(page)
        away.pay()
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


class SalesTax(UseFirstStockRecord, FixedRateTax, StockRequired, Structured):
    """Prices without tax, and 6 % on top."""

    rate = Decimal("0.06")
    exponent = Decimal("0.01")


class TestTax:
    """RM 100 and 6 % of tax, with RM 20 off for the owner: by voucher, and by credit.

    voucher, before tax:  100.00 - 20.00 = 80.00; 6 % of that: 4.80;  to pay 84.80
    credit, after tax:    100.00; 6 % of that: 6.00; total 106.00;    to pay 86.00
    """

    @pytest.fixture(autouse=True)
    def six_per_cent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        selector: Any = get_class("partner.strategy", "Selector")
        monkeypatch.setattr(
            selector, "strategy", lambda *args, request=None, **kwargs: SalesTax(request)
        )

    def test_a_voucher_lowers_the_tax(self, till: Till) -> None:
        reward = available(live_program(hold_days=0, advocate={"value": 2000}))
        visitor = Visitor(reward.owner)
        visitor.add(product("100.00"))
        visitor.enter(reward.voucher_code)
        placed = visitor.order()
        assert placed.total_excl_tax == Decimal("80.00")
        assert placed.total_incl_tax == Decimal("84.80")
        assert till.charged == [Decimal("84.80")]

    def test_credit_leaves_the_tax_as_it_is(self, lot: Reward, till: Till) -> None:
        visitor = Visitor(lot.owner)
        visitor.add(product("100.00"))
        use(visitor)
        placed = visitor.order()
        assert placed.total_excl_tax == Decimal("100.00")
        assert placed.total_incl_tax == Decimal("106.00")
        assert till.charged == [Decimal("86.00")]
        facts = order_facts(placed)
        assert (facts.paid, facts.total) == (True, 10600)


class TestCost:
    """Nobody without credit pays for it; who may have some pays two queries a page at most."""

    PAGES = ("basket:summary", "checkout:payment-details", "checkout:preview", "customer:summary")

    def cost(self, visitor: Visitor, till: Till) -> dict[str, int]:
        visitor.add(product("80.00"))
        visitor.to_preview()
        counts = {}
        for page in self.PAGES:
            visitor.get(page)
            counts[page] = queries(lambda page=page: visitor.get(page))
        counts["order"] = queries(
            lambda: visitor.client.post("/shop/checkout/preview/", {"action": "place_order"})
        )
        visitor.get("checkout:thank-you")
        counts["thank you"] = queries(lambda: visitor.get("checkout:thank-you"))
        return counts

    def both(self, user: Any, settings: Any, till: Till) -> tuple[dict[str, int], dict[str, int]]:
        # The first order of a person costs more: an address is written.
        self.cost(Visitor(user), till)
        with_credit = self.cost(Visitor(user), till)
        settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": False}
        return with_credit, self.cost(Visitor(user), till)

    @pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "guest"])
    def test_who_has_no_credit(
        self, lot: Reward, settings: Any, till: Till, signed_in: bool
    ) -> None:
        counts, without = self.both(customer() if signed_in else None, settings, till)
        assert counts == without

    def test_an_advocate_who_does_not_use_it(self, lot: Reward, settings: Any, till: Till) -> None:
        counts, without = self.both(lot.owner, settings, till)
        extra = {page: counts[page] - without[page] for page in counts}
        assert max(extra.values()) <= 2, extra
        assert extra["order"] == 0


def queries(action: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)

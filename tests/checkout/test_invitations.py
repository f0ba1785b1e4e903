"""Several advocates have invited one friend: who counts, what the shopper reads, what is stored."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from oscar_referrals.attribution.models import Claim, Decision, Referral
from oscar_referrals.programs import reasons
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.models import Touch
from oscar_referrals.test.factories import live_program, referral_code
from tests.shop import Visitor, customer, product, texts

pytestmark = pytest.mark.django_db
APPLIED = ["Your referral discount of MYR 20 is applied."]
FRIEND = {"value": 2000, "minimum": 0}


@pytest.fixture
def agreed(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"COOKIE_CONSENT": "tests.account.consent.given"}


def two_codes(**rules: Any) -> Any:
    program = live_program(friend=FRIEND, **rules)
    return referral_code(program), referral_code(program)


def open_link(visitor: Visitor, code: Any) -> Any:
    return visitor.client.get(share_path(code))


def in_basket(visitor: Visitor) -> list[str]:
    return [voucher.code for voucher in visitor.basket.vouchers.all()]


def considered(order: Any) -> dict[str, tuple[bool, str]]:
    decision = Decision.objects.get(order_number=order.number)
    found = {row["code"]: (row["chosen"], row["reason"]) for row in reversed(decision.candidates)}
    assert sum(row["chosen"] for row in decision.candidates) == 1
    return found


def test_a_code_typed_later_counts_more_than_a_claimed_link() -> None:
    first, second = two_codes()
    friend = Visitor()
    friend.claim(first)
    friend.add(product("100.00"))
    assert friend.enter(second.code) == APPLIED
    order = friend.order()
    assert Referral.objects.get().advocate == second.advocate
    assert considered(order) == {
        second.code: (True, reasons.HIGHEST_RANK),
        first.code: (False, reasons.OUTRANKED),
    }


@pytest.mark.parametrize("model", ["last", "first"])
def test_a_typed_code_stays_when_another_link_is_claimed(model: str) -> None:
    first, second = two_codes(credit_model=model)
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(first.code)
    said = texts(friend.claim(second))
    assert len(said) == 1
    assert said[0].startswith("You have a friend's invitation that counts more than this one")
    assert in_basket(friend) == [first.code]
    order = friend.order()
    assert considered(order)[second.code] == (False, reasons.OUTRANKED)


def test_where_the_first_counts_a_second_link_changes_nothing_and_says_so() -> None:
    first, second = two_codes(credit_model="first")
    friend = Visitor()
    friend.claim(first)
    said = texts(friend.claim(second))
    assert len(said) == 1
    assert said[0].startswith("The first friend's invitation counts here")
    friend.add(product("100.00"))
    assert in_basket(friend) == [first.code]
    order = friend.order()
    assert considered(order) == {
        first.code: (True, reasons.FIRST_OF_RANK),
        second.code: (False, reasons.OLDER_COUNTS),
    }


def test_where_the_last_counts_taking_the_first_again_makes_it_the_last() -> None:
    first, second = two_codes()
    friend = Visitor()
    friend.add(product("100.00"))
    for code in (first, second, first):
        friend.claim(code)
        assert in_basket(friend) == [code.code]
    assert Claim.objects.count() == 2


def test_a_code_taken_out_by_hand_stands_in_nobodys_way() -> None:
    first, second = two_codes(credit_model="first")
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(first.code)
    friend.post("basket:vouchers-remove", first.voucher_id)
    assert friend.enter(second.code) == APPLIED
    order = friend.order()
    assert considered(order) == {
        second.code: (True, reasons.SHOWN_AT_TILL),
        first.code: (False, reasons.OTHER_SHOWN),
    }


def test_a_claim_of_the_account_made_elsewhere_counts_after_the_one_in_hand() -> None:
    first, second = two_codes()
    user = customer()
    elsewhere = Visitor(user)
    elsewhere.add(product("100.00"))
    elsewhere.enter(first.code)
    elsewhere.post("basket:vouchers-remove", first.voucher_id)
    here = Visitor(user)
    here.claim(second)
    assert in_basket(here) == [second.code]
    order = here.order()
    assert considered(order)[first.code] == (False, reasons.OUTRANKED)


def test_an_opened_link_sets_no_cookie_without_consent(client: Any, settings: Any) -> None:
    code, _other = two_codes()
    for consent in (None, "tests.account.consent.refused"):
        settings.OSCAR_REFERRALS = {"COOKIE_CONSENT": consent}
        response = client.get(share_path(code))
        assert "Set-Cookie" not in {**response.headers}
        assert not response.cookies.get("sessionid")
        friend = Visitor()
        open_link(friend, code)
        friend.add(product("100.00"))
        assert in_basket(friend) == []
    assert not Touch.objects.exclude(visitor="").exists()
    # The code itself works for everybody.
    assert friend.enter(code.code) == APPLIED


def test_an_opened_link_is_remembered_with_consent_and_applies_by_itself(agreed: None) -> None:
    code, _other = two_codes()
    friend = Visitor()
    open_link(friend, code)
    assert not Claim.objects.exists()
    friend.add(product("100.00"))
    assert friend.basket.total_discount == Decimal("20.00")
    claim = Claim.objects.get()
    assert (claim.method, claim.visitor) == ("visit", Touch.objects.first().visitor)
    order = friend.order()
    assert considered(order) == {code.code: (True, reasons.ONLY_INVITATION)}


def test_a_link_opened_with_goods_in_the_basket_applies_on_the_way_to_the_till(
    agreed: None,
) -> None:
    code, _other = two_codes()
    friend = Visitor()
    friend.add(product("100.00"))
    open_link(friend, code)
    assert texts(friend.get("basket:summary")) == APPLIED
    # Once: whoever takes it out is not given it again.
    friend.post("basket:vouchers-remove", code.voucher_id)
    friend.add(product("10.00"))
    assert in_basket(friend) == []


@pytest.mark.parametrize("model", ["last", "first"])
def test_of_two_opened_links_the_programs_model_decides(agreed: None, model: str) -> None:
    first, second = two_codes(credit_model=model)
    friend = Visitor()
    open_link(friend, first)
    open_link(friend, second)
    friend.add(product("100.00"))
    assert in_basket(friend) == [first.code if model == "first" else second.code]


def test_an_opened_link_never_replaces_a_claimed_one(agreed: None) -> None:
    first, second = two_codes()
    friend = Visitor()
    friend.add(product("100.00"))
    friend.claim(first)
    open_link(friend, second)
    assert in_basket(friend) == [first.code]
    assert considered(friend.order())[second.code] == (False, reasons.OUTRANKED)


def test_an_opened_link_is_forgotten_when_its_days_are_over(agreed: None) -> None:
    code, _other = two_codes(link_days=7)
    seconds = 7 * 24 * 60 * 60
    for after, found in ((seconds - 1, [code.code]), (seconds, [])):
        friend = Visitor()
        start = timezone.now()
        with time_machine.travel(start, tick=False):
            open_link(friend, code)
        with time_machine.travel(start + timedelta(seconds=after), tick=False):
            friend.add(product("100.00"))
            assert in_basket(friend) == found


def test_a_guest_who_ordered_is_found_again_with_the_account_made_later() -> None:
    first, second = two_codes(new_customers_only=False)
    guest = Visitor()
    guest.add(product("100.00"))
    guest.enter(first.code)
    guest.order(email="ba.ru+x@gmail.com")
    friend = Visitor()
    data = {"email": "baru@gmail.com", "password1": "bHjk81!xQz", "password2": "bHjk81!xQz"}
    assert friend.client.post(reverse("customer:register"), data).status_code == 302
    friend.add(product("100.00"))
    assert friend.enter(second.code) == ["You have already used a friend's code."]
    assert friend.order().total_incl_tax == Decimal("100.00")


def test_an_account_that_was_deleted_and_made_anew_is_not_new() -> None:
    first, second = two_codes()
    user = customer("baru@gmail.com")
    friend = Visitor(user)
    friend.add(product("100.00"))
    friend.enter(first.code)
    friend.order()
    user.delete()
    again = Visitor(customer("ba.ru@googlemail.com"))
    again.add(product("100.00"))
    assert again.enter(second.code) == [
        "This code is for new customers, and you have ordered here before."
    ]
    assert Referral.objects.get().friend_key


def test_gathering_costs_two_queries_at_the_order_and_none_without_a_referral() -> None:
    first, second = two_codes()
    counts = []
    for claimed in ([], [first], [first, second]):
        friend = Visitor()
        friend.add(product("100.00"))
        for code in claimed:
            friend.claim(code)
        friend.to_preview()
        with CaptureQueriesContext(connection) as queries:
            friend.client.post("/shop/checkout/preview/", {"action": "place_order"})
        asked = [query["sql"] for query in queries.captured_queries]
        claims = [sql for sql in asked if sql.startswith("SELECT") and "claim" in sql.lower()]
        touches = [sql for sql in asked if "oscar_referrals_touch" in sql]
        counts.append((len(touches), len([sql for sql in claims if "visitor" in sql])))
    assert counts[0] == (0, 0)
    assert counts[1] == counts[2]
    assert counts[2][0] == 1

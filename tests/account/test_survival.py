"""A claim outlives whatever happens to the session between the click and the order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.programs.live import offered_version
from oscar_referrals.programs.publish import publish
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.models import Touch
from oscar_referrals.test.factories import draft_version, live_program, referral_code
from tests.shop import Visitor, customer, product

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough 7 password"


@pytest.fixture
def code() -> Any:
    return referral_code(live_program())


def log_in(friend: Visitor, user: Any) -> None:
    """By the shop's own form, which gives the session a new key."""
    friend.user = user
    friend.client.post(
        reverse("customer:login"),
        {
            "login-username": user.email,
            "login-password": "secret",
            "login_submit": "Log In",
        },
    )


def sign_up(friend: Visitor, email: str) -> None:
    """By the shop's own form, which opens the account and logs in at once."""
    friend.user = email
    friend.client.post(
        reverse("customer:register"),
        {
            "email": email,
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )


def credited(friend: Visitor, code: Any) -> bool:
    order = friend.order()
    referral = Referral.objects.get(order_number=order.number)
    return referral.state == "bound" and referral.code == code and order.total_discount_excl_tax


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_new_session_key_at_login_keeps_claim_and_pseudonym(code: Any, when: str) -> None:
    friend = Visitor()
    friend.claim(code)
    if when == "after":
        friend.add(product("100.00"))
    before = friend.client.session.session_key
    log_in(friend, customer())
    assert friend.client.session.session_key != before
    if when == "before":
        friend.add(product("100.00"))
    assert friend.basket.total_discount == 20
    friend.client.get(share_path(code))
    assert set(Touch.objects.values_list("visitor", flat=True)) == {Claim.objects.get().visitor}
    assert credited(friend, code)


@pytest.mark.parametrize("when", ["before", "after"])
def test_signing_up_and_in_by_one_request_keeps_it(code: Any, when: str) -> None:
    friend = Visitor()
    friend.claim(code)
    if when == "after":
        friend.add(product("100.00"))
    sign_up(friend, f"new-{when}@example.com")
    if when == "before":
        assert Claim.objects.get().user.email == "new-before@example.com"
        friend.add(product("100.00"))
    assert friend.basket.total_discount == 20
    assert credited(friend, code)


def test_merging_with_the_basket_of_an_earlier_visit_keeps_it(code: Any) -> None:
    user = customer()
    earlier = Visitor(user)
    earlier.add(product("30.00"))
    friend = Visitor()
    friend.claim(code)
    friend.add(product("100.00"))
    log_in(friend, user)
    basket = friend.basket
    assert (basket.num_lines, basket.total_discount) == (2, 20)
    assert credited(friend, code)


def test_a_link_offers_its_version_until_the_second_its_wind_down_ends(code: Any) -> None:
    program = code.program
    first = program.current_version
    publish(version=draft_version(program=program, friend={"value": 1000}))
    program.refresh_from_db()
    first.refresh_from_db()
    end = first.superseded_at + timedelta(days=first.wind_down_days)
    second = timedelta(seconds=1)
    assert offered_version(program, first.number, end - second) == first
    assert offered_version(program, first.number, end) == program.current_version
    path = share_path(code, first)
    # Whoever claims in the last second has what the link said, and for as long as every claim.
    with time_machine.travel(end - second, tick=False):
        friend = Visitor()
        friend.client.post(path)
    with time_machine.travel(end + second, tick=False):
        other = Visitor()
        other.client.post(path)
        friend.add(product("100.00"))
        other.add(product("100.00"))
        assert (friend.basket.total_discount, other.basket.total_discount) == (20, 10)


def test_all_of_it_goes_without_javascript(code: Any) -> None:
    """Forms and links only: the page's one action is a form that posts to its own address."""
    page = Visitor().client.get(share_path(code, target=reverse("catalogue:index")))
    text = page.content.decode()
    [form] = [part for part in text.split("<form")[1:] if "rf-shows-name" in part]
    assert 'method="post"' in form.partition(">")[0]
    assert "action=" not in form.partition(">")[0]
    assert 'type="submit"' in form
    assert "onclick" not in form

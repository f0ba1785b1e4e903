"""Why an order counted, or did not: for staff in full, for both customers without the other one."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.identity import email_key
from oscar_referrals.members.proofs import ProvedAddress, prove
from oscar_referrals.sharing.links import share_path
from oscar_referrals.test.factories import live_program, referral_code
from tests.account.consent import VERIFIED
from tests.shop import Visitor, customer, product

pytestmark = pytest.mark.django_db
OUTRANKED = "An invitation that counts more, by the order in the terms, was there too."


@pytest.fixture
def case() -> Any:
    """Claimed through one advocate's link, then typed another one's code, and ordered."""
    program = live_program(friend={"value": 2000, "minimum": 0})
    first, second = referral_code(program), referral_code(program)
    for code, name in ((first, "Farah"), (second, "Bala")):
        user = code.advocate.user
        user.first_name = name
        user.save()
    friend = Visitor(customer("baru@shop.example"))
    friend.claim(first)
    friend.add(product("100.00"))
    friend.enter(second.code)
    return first, second, friend, friend.order()


def portal(user: Any) -> str:
    response = Visitor(user).get("referrals:portal")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_staff_see_everybody_and_why(case: Any, admin_client: Any) -> None:
    first, second, _friend, order = case
    url = reverse(
        "oscar_referrals_dashboard:referrals-referral-detail", args=[Referral.objects.get().pk]
    )
    page = " ".join(admin_client.get(url).content.decode().split())
    assert "Who was considered for the credit" in page
    table = page[page.index("rf-considered") :]
    assert table.index(second.pretty) < table.index("Chosen") < table.index(first.pretty)
    assert "Rejected by precedence: the way of another counts more" in table
    assert "Discount claimed on the link&#x27;s page" in table


def test_the_friend_reads_what_they_did_and_which_of_it_counts(case: Any) -> None:
    first, second, friend, order = case
    page = portal(friend.user)
    assert f"Order {order.number} of" in page
    assert "You typed a code. <strong>This counts.</strong>" in page
    assert (
        f"You claimed the discount on the page of a link. This doesn't count. {OUTRANKED}" in page
    )
    for secret in ("Farah", "Bala", first.pretty, second.pretty):
        assert secret not in page


def test_an_advocate_learns_why_an_invitation_did_not_count_and_nothing_else(case: Any) -> None:
    first, second, friend, order = case
    page = portal(first.advocate.user)
    assert "Why wasn't I credited?" in page
    assert OUTRANKED in page
    for secret in (order.number, "baru", "Bala", second.pretty):
        assert secret not in page
    assert "Why wasn't I credited?" not in portal(second.advocate.user)


@pytest.mark.parametrize("another", [True, False])
def test_a_link_and_the_claim_that_came_of_it_are_told_once(settings: Any, another: bool) -> None:
    settings.OSCAR_REFERRALS = {
        **settings.OSCAR_REFERRALS,
        "COOKIE_CONSENT": "tests.account.consent.given",
    }
    program = live_program(friend={"value": 2000, "minimum": 0})
    code = referral_code(program)
    friend = Visitor(customer())
    friend.client.get(share_path(code))
    friend.add(product("100.00"))
    if another:
        friend.enter(referral_code(program).code)
    friend.order()
    stored = Decision.objects.get(referral__state="bound").candidates
    assert [row["code"] for row in stored].count(code.code) == 2
    page = portal(friend.user)
    assert page.count("You opened a link.") == 1
    assert page.count("This doesn't count.") == int(another)
    assert page.count("This counts.") == 1


def test_the_same_on_the_command_line(case: Any) -> None:
    first, second, _friend, order = case
    out = StringIO()
    call_command("referrals_explain", order.number, stdout=out)
    lines = out.getvalue().splitlines()
    (chosen,) = (line for line in lines if line.startswith("+ "))
    (rejected,) = (line for line in lines if line.startswith("- "))
    assert second.pretty in chosen
    assert first.pretty in rejected
    assert "Rejected by precedence" in rejected
    assert lines[-1] == "This order was placed with a friend's referral code."
    with pytest.raises(CommandError, match="No referral code was used"):
        call_command("referrals_explain", "0")


def test_a_guest_finds_the_order_in_the_account_made_later_once_its_address_is_proved(
    settings: Any,
) -> None:
    code = referral_code(live_program(friend={"value": 2000, "minimum": 0}))
    guest = Visitor()
    guest.add(product("100.00"))
    guest.enter(code.code)
    order = guest.order(email="ba.ru@gmail.com")
    # Another spelling of the mailbox; nobody knows yet whether it is the guest who registers.
    account = customer("baru@gmail.com")
    assert order.number not in portal(account)
    prove(account, email_key(account.email))
    assert f"Order {order.number} of" in portal(account)
    ProvedAddress.objects.all().delete()
    assert order.number not in portal(account)
    settings.OSCAR_REFERRALS = settings.OSCAR_REFERRALS | {"EMAIL_IS_VERIFIED": VERIFIED}
    assert f"Order {order.number} of" in portal(account)
    assert order.number not in portal(customer("other@gmail.com"))

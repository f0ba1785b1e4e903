"""A code that an advocate chooses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from oscar_referrals.programs import reasons
from oscar_referrals.sharing.codes import active_code, code_for
from oscar_referrals.sharing.own_code import choose_code
from oscar_referrals.sharing.rotate import CodeRefused
from oscar_referrals.test.factories import advocate, live_program
from tests.shop import Visitor, customer, product, shop_voucher, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return live_program()


@pytest.fixture
def member(program):
    found = advocate(program)
    code_for(advocate=found)
    return found


def refusal(member, text, **given) -> str:
    with pytest.raises(CodeRefused) as refused:
        choose_code(advocate=member, text=text, **given)
    return refused.value.refusal.reason


def test_the_chosen_code_is_shown_and_the_old_one_works_for_good(member):
    old = active_code(member)
    code = choose_code(advocate=member, text="farah-teh")
    assert active_code(member) == code
    assert code.code == "FARAHTEH"
    old.refresh_from_db()
    assert (old.is_primary, old.retires_at, old.blocked_at) == (False, None, None)


def test_every_reason_why_a_code_is_not_to_be_had_gets_one_answer(member, program):
    other = advocate(program)
    choose_code(advocate=other, text="TAKEN1")
    choose_code(advocate=other, text="TAKEN2")
    shop_voucher("SHOPCODE", percent=10)
    for text in ("TAKEN1", "taken-2", "shopcode", "ADMIN99", "FUCKYOU"):
        assert refusal(member, text) == reasons.CODE_TAKEN
    for text in ("abc", "12345", "x" * 21, ""):
        assert refusal(member, text) == reasons.CODE_NOT_ALLOWED


def test_so_many_changes_a_year(member, settings):
    settings.OSCAR_REFERRALS = {"OWN_CODES_PER_YEAR": 2}
    choose_code(advocate=member, text="FIRST1")
    choose_code(advocate=member, text="SECOND")
    assert refusal(member, "THIRD3") == reasons.TOO_MANY_CODES
    # One's own earlier code is no new one.
    assert choose_code(advocate=member, text="FIRST1").is_primary
    later = timezone.now() + timedelta(days=366)
    assert choose_code(advocate=member, text="THIRD3", now=later).is_primary


def test_a_shop_can_switch_it_off(member, settings):
    settings.OSCAR_REFERRALS = {"OWN_CODES_PER_YEAR": 0}
    assert refusal(member, "FARAHTEH") == reasons.TOO_MANY_CODES
    page = Visitor(member.user).get("referrals:portal").content.decode()
    assert "Choose a code of my own" not in page


def test_on_the_page_it_is_chosen_and_both_codes_are_taken_at_the_till(member):
    visitor = Visitor(member.user)
    old = active_code(member)
    response = visitor.post("referrals:own-code", data={"code": "Farah Teh"})
    assert texts(response) == [
        "Your code is now FARAHTEH. Your earlier codes and links go on working."
    ]
    page = response.content.decode()
    assert "FARAHTEH" in page
    assert old.pretty in page.partition("These earlier codes of yours still work:")[2]
    for code in ("farahteh", old.code):
        friend = Visitor(customer())
        friend.add(product("100.00"))
        friend.enter(code)
        assert friend.basket.total_discount == 20


def test_the_form_tells_nobody_which_codes_exist(member, program, settings):
    settings.OSCAR_REFERRALS = {**settings.OSCAR_REFERRALS, "TRY_LIMIT": 3}
    choose_code(advocate=advocate(program), text="TAKEN1")
    visitor = Visitor(member.user, address="10.9.9.9")
    answers = [
        texts(visitor.post("referrals:own-code", data={"code": text}))
        for text in ("TAKEN1", "ADMIN", "TAKEN1", "FREE-ONE")
    ]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0] == ["This code is not available. Please choose another one."]
    assert answers[3] != answers[0]
    assert active_code(member).code != "FREEONE"

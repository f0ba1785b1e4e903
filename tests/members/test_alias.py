"""The name on the leaderboard."""

from __future__ import annotations

import pytest

from oscar_referrals.members.alias import AliasRefused, hide_alias, set_alias, show_alias
from oscar_referrals.programs import reasons
from oscar_referrals.test.factories import advocate, live_program

pytestmark = pytest.mark.django_db


def refusal(member, alias, on_leaderboard=True) -> str:
    with pytest.raises(AliasRefused) as refused:
        set_alias(advocate=member, alias=alias, on_leaderboard=on_leaderboard)
    return refused.value.refusal.reason


def test_nobody_is_on_the_leaderboard_unasked_and_an_alias_is_needed_only_there():
    member = advocate(live_program())
    assert (member.alias, member.on_leaderboard) == ("", False)
    assert refusal(member, "") == reasons.ALIAS_NOT_ALLOWED
    assert set_alias(advocate=member, alias="", on_leaderboard=False).alias == ""
    set_alias(advocate=member, alias="  Siti   Kopi ", on_leaderboard=True)
    member.refresh_from_db()
    assert (member.alias, member.on_leaderboard) == ("Siti Kopi", True)


@pytest.mark.parametrize(
    "alias", ["ab", "x" * 31, "<b>hi</b>", "a@b.com", "http://x.my/", "ADMIN", "...", "5hit"]
)
def test_what_no_alias_can_be(alias):
    assert refusal(advocate(live_program()), alias) == reasons.ALIAS_NOT_ALLOWED


def test_an_alias_is_unique_in_its_program_in_whatever_case():
    program = live_program()
    set_alias(advocate=advocate(program), alias="Teh Tarik", on_leaderboard=True)
    member = advocate(program)
    assert refusal(member, "teh TARIK") == reasons.ALIAS_TAKEN
    member.refresh_from_db()
    assert member.alias == ""


def test_a_hidden_alias_returns_by_another_one_or_by_staff():
    member = advocate(live_program())
    set_alias(advocate=member, alias="Rude One", on_leaderboard=True)
    hide_alias(advocate=member, reason="Offends people.")
    set_alias(advocate=member, alias="rude one", on_leaderboard=True)
    assert member.alias_hidden_at is not None
    set_alias(advocate=member, alias="Kind One", on_leaderboard=True)
    assert member.alias_hidden_at is None
    hide_alias(advocate=member, reason="By mistake.")
    assert show_alias(advocate=member).alias_hidden_reason == ""

"""The leaderboard, badges, and who is seen on them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.insight.leaders import leaders, month_start, place_of
from oscar_referrals.members.alias import hide_alias, set_alias
from oscar_referrals.members.badges import Badge, badges_for
from oscar_referrals.members.membership import leave
from oscar_referrals.members.models import Advocate
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import advocate, live_program
from tests.shop import Visitor, customer, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return live_program()


def successes(member: Advocate, number: int, *, days_ago: int = 0) -> None:
    """So many referrals that count since then."""
    code = code_for(advocate=member)
    when = timezone.now() - timedelta(days=days_ago)
    known = Referral.objects.count()
    Referral.objects.bulk_create(
        Referral(
            program=member.program,
            version=member.program.current_version,
            code=code,
            advocate=member,
            order_number=f"{known + place}",
            currency="MYR",
            order_total=10000,
            state=Referral.State.BOUND,
            created_at=when,
            counted_at=when,
        )
        for place in range(number)
    )


def participant(program, alias: str, number: int, **kwargs) -> Advocate:
    member = advocate(program)
    set_alias(advocate=member, alias=alias, on_leaderboard=True)
    successes(member, number, **kwargs)
    return member


def board(program, since=None) -> list[tuple[int, str, int]]:
    return [(item.place, item.alias, item.number) for item in leaders(program.pk, since)]


def test_equal_numbers_share_a_place_and_only_this_month_counts_for_it(program):
    participant(program, "Teh", 2)
    participant(program, "Ais", 2)
    participant(program, "Kopi", 3, days_ago=40)
    last = participant(program, "Susu", 1)
    assert board(program) == [(1, "Kopi", 3), (2, "Ais", 2), (2, "Teh", 2), (4, "Susu", 1)]
    assert board(program, month_start()) == [(1, "Ais", 2), (1, "Teh", 2), (3, "Susu", 1)]
    assert (place_of(last).place, place_of(last, month_start()).place) == (4, 3)


def test_whoever_opted_out_left_or_is_hidden_is_not_there_even_from_the_cache(program):
    participant(program, "Kopi", 1)
    outsider = advocate(program)
    successes(outsider, 9)
    out = participant(program, "Out", 2)
    left = participant(program, "Left", 3)
    hidden = participant(program, "Hidden", 4)
    assert [alias for _place, alias, _number in board(program)] == ["Hidden", "Left", "Out", "Kopi"]
    set_alias(advocate=out, alias="Out", on_leaderboard=False)
    leave(advocate=left)
    hide_alias(advocate=hidden, reason="Rude.")
    assert board(program) == [(1, "Kopi", 1)]
    assert place_of(outsider).place == 1


def test_twenty_are_shown(program):
    for number in range(22):
        participant(program, f"Member {number}", 1)
    assert len(board(program)) == 20


def test_the_page_takes_a_member_on_and_off(program):
    member = advocate(program)
    successes(member, 3)
    visitor = Visitor(member.user)
    text = visitor.get("referrals:leaderboard").content.decode()
    assert "You would have place 1 with 3 friends. Only you see this." in text
    assert "Good company" in text
    assert "7 more friends until “Ambassador”." in text
    answer = visitor.post("referrals:leaderboard", data={"alias": "x", "on_leaderboard": "on"})
    assert "Please choose a name of 3 to 30" in answer.content.decode()
    answer = visitor.post("referrals:leaderboard", data={"alias": "Kopi O", "on_leaderboard": "on"})
    assert texts(answer) == ["You are on the leaderboard as Kopi O."]
    answer = visitor.post("referrals:leaderboard", data={"alias": "Kopi O"})
    assert texts(answer) == ["You are not on the leaderboard."]
    assert not leaders(program.pk)


def test_it_is_for_members_and_a_shop_can_do_without(program, settings):
    assert Visitor().get("referrals:leaderboard").status_code == 302
    assert Visitor(customer()).get("referrals:leaderboard").status_code == 302
    member = Visitor(advocate(program).user)
    assert "See the leaderboard" in member.get("referrals:portal").content.decode()
    settings.OSCAR_REFERRALS = {**settings.OSCAR_REFERRALS, "LEADERBOARD": False}
    assert member.client.get(reverse("referrals:leaderboard")).status_code == 404
    assert "See the leaderboard" not in member.get("referrals:portal").content.decode()


def test_the_page_costs_the_same_for_many_members(program):
    visitor = Visitor(participant(program, "Kopi", 1).user)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            visitor.get("referrals:leaderboard")
        return len(captured)

    cost()
    few = cost()
    for number in range(5):
        participant(program, f"Member {number}", 3)
    assert cost() == few <= 20


OWN_BADGES = (Badge(2, "Two"), Badge(1, "One"))


def test_badges_by_number_and_a_shops_own(settings):
    assert badges_for(0).earned == []
    assert [badge.number for badge in badges_for(10).earned] == [1, 3, 10]
    assert (badges_for(10).next.number, badges_for(10).missing) == (25, 15)
    assert badges_for(99).next is None
    settings.OSCAR_REFERRALS = {"BADGES": f"{__name__}.OWN_BADGES"}
    assert [badge.name for badge in badges_for(2).earned] == ["One", "Two"]

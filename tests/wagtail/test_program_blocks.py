"""Blocks with tiers, steps, the end date, a member's own panel, the leaderboard and own words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from oscar_referrals.checkout.session import MEMBER_KEY
from oscar_referrals.members.alias import set_alias
from oscar_referrals.members.membership import leave
from oscar_referrals.money import format_day
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import advocate, live_program
from tests.account.test_leaderboard import successes
from wagtail_referrals import word_blocks
from wagtail_referrals.blocks import ReferralBlocks
from wagtail_referrals.member_blocks import LeaderboardBlock, SharePanelBlock
from wagtail_referrals.offer_blocks import EndDateBlock, StepsBlock, TiersBlock

TIERS: Any = {"heading": ""}
STEPS: Any = {"heading": "", "side": "advocate"}
SHARE: Any = {"heading": ""}
BOARD: Any = {"period": "all"}
SAID: Any = {"quote": "We both saved.", "name": "Aminah"}


def asked(answer: str) -> Any:
    return {"heading": "", "questions": [{"question": "What is it?", "answer": answer}]}


EVERY = [
    ("referral_tiers", TIERS),
    ("referral_steps", STEPS),
    ("referral_end_date", {}),
    ("referral_share_panel", SHARE),
    ("referral_leaderboard", BOARD),
    ("referral_questions", asked("<p>A way to share.</p>")),
    ("referral_testimonial", SAID),
]


@pytest.fixture(autouse=True)
def terms_from_pages() -> None:
    """These blocks need no terms page, so the program goes without."""


@pytest.fixture
def live() -> Any:
    """RM 15 for the advocate, RM 25 from the fifth friend on; it ends in ten days."""
    return live_program(
        advocate={"value": 1500, "tiers": {5: {"currency": "MYR", "value": 2500}}},
        ends_at=timezone.now() + timedelta(days=10),
    )


def visit(user: Any = None, **marks: Any) -> Any:
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    request.session = {}
    for name, value in marks.items():
        setattr(request, name, value)
    return request


def as_member(member: Any) -> Any:
    request = visit(member.user)
    request.session[MEMBER_KEY] = True
    return request


def shown(request: Any, *blocks: tuple[str, Any]) -> str:
    return str(ReferralBlocks().normalize(list(blocks)).render_as_block({"request": request}))


def test_tiers_stand_in_a_table(live: Any) -> None:
    html = shown(visit(), ("referral_tiers", TIERS))
    first, later = html.split("From friend number 5 on")
    assert "From the first friend on" in first and "MYR\xa015" in first
    assert "MYR\xa025" in later and "MYR\xa015" not in later


def test_three_steps_for_either_side(live: Any) -> None:
    for side in ("advocate", "friend"):
        html = shown(visit(), ("referral_steps", {"heading": "", "side": side}))
        assert html.count('class="rf-steps__step"') == 3


def test_only_a_true_end_is_told(live: Any) -> None:
    html = shown(visit(), ("referral_end_date", {}))
    version = live.current_version
    assert format_day(version.ends_at) in html
    assert timezone.localtime(version.ends_at).isoformat(timespec="seconds") in html


def test_without_an_end_or_tiers_nothing_is_said_but_to_editors() -> None:
    live_program()
    blocks = [("referral_end_date", {}), ("referral_tiers", TIERS)]
    assert "wr-" not in shown(visit(), *blocks)
    html = shown(visit(is_preview=True), *blocks)
    assert "has no last day" in html and "has no tiers" in html


def test_visitors_are_called_to_join_and_members_share_once_per_page(live: Any) -> None:
    member = advocate(live)
    code = code_for(advocate=member)
    html = shown(visit(), ("referral_share_panel", SHARE))
    assert reverse("referrals:portal") in html and code.code not in html
    request = as_member(member)
    html = shown(request, *[("referral_share_panel", SHARE)] * 2)
    assert html.count('id="rf-share"') == 1 and code.code in html
    assert request._cache_update_cache is False


def test_who_left_is_called_to_join_again(live: Any) -> None:
    member = advocate(live)
    leave(advocate=member)
    html = shown(as_member(member), ("referral_share_panel", SHARE))
    assert "rf-share" not in html and reverse("referrals:portal") in html


def test_only_members_see_who_wants_to_be_seen(live: Any) -> None:
    seen, hidden = advocate(live), advocate(live)
    set_alias(advocate=seen, alias="Kopi", on_leaderboard=True)
    set_alias(advocate=hidden, alias="Teh", on_leaderboard=False)
    successes(seen, 2)
    successes(hidden, 3)
    assert "Kopi" not in shown(visit(), ("referral_leaderboard", BOARD))
    html = shown(as_member(hidden), ("referral_leaderboard", BOARD))
    assert "Kopi" in html and "Teh" not in html


def test_words_that_the_version_does_not_bear_out_are_kept_from_visitors(live: Any) -> None:
    right, wrong = asked("<p>You get RM 15 off.</p>"), asked("<p>You get RM 99 off.</p>")
    assert "RM 15" in shown(visit(), ("referral_questions", right))
    assert "RM 99" not in shown(visit(), ("referral_questions", wrong))
    html = shown(visit(is_preview=True), ("referral_questions", wrong))
    assert "RM 99” is not what the live program says" in html
    boast = {"quote": "I got RM 99 off!", "name": "Aminah"}
    assert "Aminah" not in shown(visit(), ("referral_testimonial", boast))


def test_a_testimonial_says_that_it_is_rewarded(live: Any) -> None:
    html = shown(visit(), ("referral_testimonial", SAID))
    assert "Aminah, who gets a reward for recommending us" in html


def test_all_of_them_many_times_cost_visitors_two_queries(live: Any) -> None:
    with CaptureQueriesContext(connection) as queries:
        shown(visit(), *EVERY, *EVERY)
    assert len(queries) <= 2


def test_members_pay_for_what_is_theirs_once(live: Any) -> None:
    member = advocate(live)
    code_for(advocate=member)
    request = as_member(member)
    with CaptureQueriesContext(connection) as queries:
        shown(request, *EVERY)
    once = len(queries)
    # The offer, the member, the code, what is shared with it, the leaderboard's numbers and names.
    assert once <= 8
    request = as_member(member)
    with CaptureQueriesContext(connection) as queries:
        shown(request, *EVERY, *EVERY)
    # The names on a leaderboard are asked each time: who opts out is gone at once.
    assert len(queries) <= once + 1


@pytest.mark.parametrize("around", [None, {}, {"request": None}])
def test_they_do_without_a_request(live: Any, around: Any) -> None:
    html = ReferralBlocks().normalize(EVERY).render_as_block(around)
    assert "From friend number 5 on" in html


@pytest.mark.parametrize(
    "block",
    [
        TiersBlock,
        StepsBlock,
        EndDateBlock,
        SharePanelBlock,
        LeaderboardBlock,
        word_blocks.QuestionsBlock,
        word_blocks.TestimonialBlock,
    ],
)
def test_each_has_a_preview_in_the_block_chooser(editor: Any, live: Any, block: Any) -> None:
    instance = block()
    assert instance.is_previewable
    answer = editor.get(reverse("wagtailadmin_block_preview"), {"id": instance.definition_prefix})
    assert answer.status_code == 200
    assert "wr-" in answer.content.decode()

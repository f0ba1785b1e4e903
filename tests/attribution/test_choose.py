"""Which invitation counts: a pure function, asked in every way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oscar_referrals.attribution.candidates import Candidate, candidate_of
from oscar_referrals.attribution.choose import choose
from oscar_referrals.programs import reasons
from oscar_referrals.programs.rules.precedence import RANK, Way

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def candidate(kind: str = "link", who: str = "A", days: float = 1, **fields: Any) -> Candidate:
    values = {
        "kind": kind,
        "code": f"CODE{who}",
        "advocate": ord(who),
        "at": NOW - days * DAY,
        "source": f"claim:{kind}-{who}-{days}",
    }
    return Candidate(**(values | fields))


A, B = candidate(who="A", days=3), candidate(who="B", days=1)


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [(way, other) for way in Way for other in Way if RANK[way] < RANK[other]],
)
@pytest.mark.parametrize("model", ["first", "last"])
def test_the_way_counts_before_the_time(stronger, weaker, model) -> None:
    for days in (1, 3):
        strong, weak = candidate(stronger, "A", days), candidate(weaker, "B", 2)
        choice = choose([weak, strong], model=model, at=NOW)
        assert choice.chosen == strong
        assert choice.reason_of(strong.source) == reasons.HIGHEST_RANK
        assert choice.reason_of(weak.source) == reasons.OUTRANKED


def test_the_published_order() -> None:
    assert list(RANK) == ["staff", "typed", "claimed", "signed-in", "link", "name"]


@pytest.mark.parametrize(
    ("model", "chosen", "why", "why_not"),
    [
        ("last", B, reasons.LAST_OF_RANK, reasons.NEWER_COUNTS),
        ("first", A, reasons.FIRST_OF_RANK, reasons.OLDER_COUNTS),
    ],
)
def test_of_equals_the_programs_model_decides(model, chosen, why, why_not) -> None:
    choice = choose([A, B], model=model, at=NOW)
    other = A if chosen is B else B
    assert choice.chosen == chosen
    assert (choice.reason_of(chosen.source), choice.reason_of(other.source)) == (why, why_not)


@pytest.mark.parametrize(("kind", "why"), [("link", "link-expired"), ("typed", "claim-expired")])
def test_a_window_is_good_through_its_last_second(kind, why) -> None:
    ends = NOW + 10 * DAY
    one = candidate(kind, expires_at=ends)
    assert choose([one], model="last", at=ends - SECOND).chosen == one
    assert choose([one], model="last", at=ends - timedelta(microseconds=1)).chosen == one
    for moment in (ends, ends + SECOND):
        late = choose([one], model="last", at=moment)
        assert late.chosen is None
        assert late.reason_of(one.source) == why


def test_a_code_that_is_blocked_later_counted_until_then() -> None:
    one = candidate("typed", blocked_at=NOW)
    assert choose([one], model="last", at=NOW - SECOND).chosen == one
    assert choose([one], model="last", at=NOW).reason_of(one.source) == reasons.CODE_BLOCKED


def test_own_codes_and_what_the_till_refuses_never_count() -> None:
    own = candidate("typed", "A", is_own=True)
    gone = candidate("claimed", "B", refusal=reasons.TAKEN_OUT)
    link = candidate("link", "C")
    choice = choose([own, gone, link], model="last", at=NOW)
    assert choice.chosen == link
    assert choice.reason_of(own.source) == reasons.OWN_CODE
    assert choice.reason_of(gone.source) == reasons.TAKEN_OUT
    assert choice.reason_of(link.source) == reasons.ONLY_INVITATION


def test_what_comes_after_the_order_changes_nothing_except_a_decision_of_staff() -> None:
    later = candidate("typed", "B", days=-1)
    assert choose([A, later], model="last", at=NOW).chosen == A
    assert choose([A, later], model="last", at=NOW).reason_of(later.source) == "after-order"
    staff = candidate("staff", "B", days=-1)
    assert choose([A, staff], model="last", at=NOW).chosen == staff


def test_what_the_till_has_shown_counts_whatever_else_is_there() -> None:
    expired = candidate("link", "A", expires_at=NOW - DAY)
    typed = candidate("typed", "B")
    choice = choose([expired, typed], model="last", at=NOW, shown=expired.source)
    assert choice.chosen == expired
    assert choice.reason_of(expired.source) == reasons.SHOWN_AT_TILL
    assert choice.reason_of(typed.source) == reasons.OTHER_SHOWN
    assert choose([typed], model="last", at=NOW, shown="claim:nobody").chosen == typed


def test_what_the_till_has_shown_is_explained_by_the_rules_where_they_say_the_same() -> None:
    link, typed = candidate("link", "A"), candidate("typed", "B", days=2)
    choice = choose([link, typed], model="last", at=NOW, shown=typed.source)
    assert choice.reason_of(typed.source) == reasons.HIGHEST_RANK
    assert choice.reason_of(link.source) == reasons.OUTRANKED
    # The shopper took the first one out of the basket, and typed another.
    later = candidate("typed", "C")
    choice = choose([typed, later], model="first", at=NOW, shown=later.source)
    assert choice.reason_of(later.source) == reasons.SHOWN_AT_TILL
    assert choice.reason_of(typed.source) == reasons.OTHER_SHOWN


def test_two_ways_of_one_advocate_are_no_rivals() -> None:
    typed, link = candidate("typed", "A"), candidate("link", "A")
    choice = choose([typed, link], model="last", at=NOW)
    assert choice.reason_of(link.source) == reasons.SAME_ADVOCATE


def test_nobody_is_an_answer_too() -> None:
    choice = choose([], model="last", at=NOW)
    assert (choice.chosen, choice.as_rows(), choice.reason_of("claim:1")) == (None, [], "")


moments = st.sampled_from([NOW + number * SECOND for number in range(-3, 4)])
candidates = st.builds(
    Candidate,
    kind=st.sampled_from([*Way.values, "unheard-of"]),
    code=st.sampled_from(["CODEA", "CODEB", "CODEC"]),
    advocate=st.integers(1, 3),
    at=moments,
    source=st.sampled_from([f"claim:{number}" for number in range(6)]),
    version=st.none() | st.integers(1, 3),
    expires_at=st.none() | moments,
    blocked_at=st.none() | moments,
    is_own=st.booleans(),
    refusal=st.sampled_from(["", "", reasons.ENDED]),
    channel=st.sampled_from(["", "whatsapp"]),
)
situations = st.tuples(
    st.lists(candidates, max_size=8),
    st.sampled_from(["first", "last"]),
    moments,
    st.sampled_from(["", "claim:0", "claim:9"]),
)


@given(situations, st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_total_deterministic_and_the_same_for_any_order(situation, random) -> None:
    found, model, at, shown = situation
    choice = choose(found, model=model, at=at, shown=shown)
    shuffled = list(found)
    random.shuffle(shuffled)
    assert choose(shuffled, model=model, at=at, shown=shown) == choice
    # Nobody is forgotten, nobody is invented, at most one is chosen, everybody has a reason.
    assert {item.candidate for item in choice.considered} == set(found)
    assert len(choice.considered) == len(set(found))
    assert sum(item.chosen for item in choice.considered) == (choice.chosen is not None)
    assert all(item.reason for item in choice.considered)
    assert all(reasons.staff_text(item.reason) != item.reason for item in choice.considered)
    # Nobody is left without the credit while somebody could have it.
    if choice.chosen is None:
        assert all(choose([one], model=model, at=at).chosen is None for one in found)


@given(situations)
@settings(max_examples=150, deadline=None)
def test_stored_and_read_again_it_is_the_same(situation) -> None:
    found, model, at, shown = situation
    rows = choose(found, model=model, at=at, shown=shown).as_rows()
    again = choose([candidate_of(row) for row in rows], model=model, at=at, shown=shown)
    assert again.as_rows() == rows


@given(situations, candidates)
@settings(max_examples=150, deadline=None)
def test_who_can_not_count_moves_nobody(situation, other) -> None:
    found, model, at, _shown = situation
    hopeless = Candidate(**{**vars(other), "is_own": True})
    chosen = choose(found, model=model, at=at).chosen
    assert choose([*found, hopeless], model=model, at=at).chosen == chosen

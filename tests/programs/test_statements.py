"""Statements that a version does not bear out, and those that a person lets pass."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from oscar_referrals.frozen import Frozen
from oscar_referrals.programs.contradictions import contradictions
from oscar_referrals.programs.forbidden_phrases import allow, forbid
from oscar_referrals.programs.models import DraftTerms, StatementWaiver
from oscar_referrals.programs.problems import problems_of
from oscar_referrals.programs.publish import publish
from oscar_referrals.programs.refused import refused_statements
from oscar_referrals.programs.sections import sections_of
from oscar_referrals.programs.statements import Kind
from oscar_referrals.programs.waivers import NoReason, waive, withdraw
from oscar_referrals.test.factories import UserFactory, draft_version, publish_again

pytestmark = pytest.mark.django_db

WRONG = "Tell your friends. Our own reward for patience is RM 45 for each friend."


@pytest.fixture(autouse=True)
def ringgit(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"CURRENCY_SYMBOLS": {"MYR": "RM"}}


def test_a_finding_names_its_sentence_and_what_would_be_right() -> None:
    (finding,) = contradictions(draft_version(), WRONG, "en-gb")
    assert finding.kind == Kind.MONEY
    assert finding.figure == "RM 45"
    assert finding.sentence == "Our own reward for patience is RM 45 for each friend."
    # The sentence speaks of the reward, which is what would be right there.
    assert finding.right == ("RM\xa015",)


def test_a_problem_says_so_in_words() -> None:
    (problem,) = problems_of(draft_version(terms={"en-gb": WRONG}))
    assert "say “RM 45”, which is not a figure of this version" in problem
    assert "It stands in: “Our own reward for patience is RM 45 for each friend.”" in problem
    assert "Right would be: RM\xa0" in problem


def test_a_figure_is_refused_for_something_else_than_it_is() -> None:
    version = draft_version(
        friend={"value": 2000, "minimum": 8000},
        advocate={"value": 1500},
        terms={"en-gb": "RM 80 off."},
    )
    (finding,) = contradictions(version, "Your friend gets RM 80 off an order of RM 20.", "en-gb")[
        :1
    ]
    assert (finding.figure, finding.is_swapped, finding.right) == ("RM 80", True, ("RM\xa020",))
    (finding,) = contradictions(version, "Your friend gets RM 15 off.", "en-gb")
    assert finding.right == ("RM\xa020",)
    (problem,) = problems_of(version)
    assert "“RM 80”, which this version has for something else than the sentence says" in problem
    assert contradictions(version, "RM 20 off orders of RM 80, RM 15 for you.", "en-gb") == []


def test_the_minimum_of_each_side_is_told_from_the_others() -> None:
    version = draft_version(
        friend={"value": 2000, "minimum": 8000}, advocate={"value": 1500, "minimum": 5000}
    )

    def figures(text: str) -> list[str]:
        return [one.figure for one in contradictions(version, text, "en-gb")]

    assert figures("Your friend's order must come to RM 80. Redeem yours from RM 50.") == []
    assert figures("Redeem your voucher on orders of at least RM 80.") == ["RM 80"]
    assert figures("A friend's first order has to be at least RM 50.") == ["RM 50"]
    assert figures("The minimum is RM 50. The minimum is RM 80.") == []


def test_a_limit_that_is_denied_is_one_the_version_has_not() -> None:
    version = draft_version(friend={"value": 2000, "minimum": 8000})
    (finding,) = contradictions(version, "RM 20 off the first order, no minimum!", "en-gb")
    assert (finding.figure, finding.right) == ("no minimum", ("RM\xa080",))
    free = draft_version(friend={"value": 2000, "minimum": 0})
    assert contradictions(free, "RM 20 off the first order, no minimum!", "en-gb") == []


def test_an_example_that_follows_from_the_rules_is_right() -> None:
    version = draft_version(friend={"value": 2000, "minimum": 8000})
    text = "Pay RM 100 for a basket of RM {}, for your friend saves RM 20."
    assert contradictions(version, text.format(120), "en-gb") == []
    assert [one.figure for one in contradictions(version, text.format(130), "en-gb")] == [
        "RM 100",
        "RM 130",
    ]


def test_what_was_let_pass_is_published_for_this_version_only() -> None:
    version = draft_version(terms={"en-gb": WRONG})
    (refused,) = refused_statements(version)
    staff = UserFactory()
    with pytest.raises(NoReason):
        waive(finding=refused.finding, version=version, language="en-gb", reason=" ")
    for reason in ("A story, no promise.", "Twice."):
        waive(
            finding=refused.finding, version=version, language="en-gb", reason=reason, actor=staff
        )
    waiver = StatementWaiver.objects.get()
    assert (waiver.figure, waiver.reason, waiver.waived_by) == (
        "RM 45",
        "A story, no promise.",
        staff,
    )
    with pytest.raises(Frozen):
        waiver.save()
    assert problems_of(version) == []
    publish(version=version)

    # Another sentence, and the same one in the next version, are refused again.
    assert contradictions(version, "Each friend brings you RM 45.", "en-gb") != []
    following = publish_again(version.program)
    assert contradictions(following, WRONG, "en-gb") != []


def test_what_was_let_pass_is_refused_again_and_let_pass_again() -> None:
    version = draft_version(terms={"en-gb": WRONG})
    (refused,) = refused_statements(version)

    def let_pass(reason: str) -> StatementWaiver:
        return waive(finding=refused.finding, version=version, language="en-gb", reason=reason)

    first = let_pass("A story.")
    with pytest.raises(NoReason):
        withdraw(waiver=first, reason="")
    taken_back = withdraw(waiver=first, reason="No story at all.")
    assert withdraw(waiver=first, reason="Twice.") == taken_back
    assert [one.finding for one in refused_statements(version)] == [refused.finding]
    with pytest.raises(Frozen):
        taken_back.delete()
    second = let_pass("It is one.")
    assert (second.sequence, second.reason) == (2, "It is one.")
    assert let_pass("Twice.") == second
    assert refused_statements(version) == []
    version.delete()
    assert not StatementWaiver.objects.exists()


def test_a_draft_is_discarded_with_what_was_let_pass() -> None:
    version = draft_version(terms={"en-gb": WRONG})
    waive(
        finding=refused_statements(version)[0].finding,
        version=version,
        language="en-gb",
        reason="A story.",
    )
    version.delete()
    assert not StatementWaiver.objects.exists()


def test_forbidden_phrases_are_refused_unless_denied_or_allowed() -> None:
    version = draft_version()

    def refused(text: str, language: str = "en-gb") -> list[str]:
        return [finding.figure for finding in contradictions(version, text, language)]

    text = "A Guaranteed income for everybody. This is no get-rich-quick scheme."
    assert refused(text) == ["Guaranteed income"]
    assert refused("Pendapatan dijamin, tanpa risiko!", "ms") == [
        "Pendapatan dijamin",
        "tanpa risiko",
    ]
    assert refused("Ini bukan cara cepat kaya.", "id") == []
    allow(language="en-gb", phrase="Guaranteed  income")
    assert refused(text) == []
    forbid(language="en", phrase="free lunch*")
    assert refused("Free lunches for all!") == ["Free lunches"]
    forbid(language="en", phrase="guaranteed income")
    assert refused(text) == ["Guaranteed income"]
    allow(language="en", phrase="free lunch*")
    assert refused("Free lunches for all!") == []


def test_a_phrase_is_named_as_such() -> None:
    version = draft_version(terms={"ms": "Pendapatan dijamin."})
    (problem,) = problems_of(version)
    assert "“Pendapatan dijamin”, which promises or urges what no program can" in problem


MYR = {"currency": "MYR"}
LIMITS = [
    {"scope": "advocate", "window": "month", "measure": "count", "amount": 7},
    {"scope": "advocate", "window": "year", "measure": "money", "currency": "MYR", "amount": 90000},
    {
        "scope": "program",
        "window": "ever",
        "measure": "money",
        "currency": "MYR",
        "amount": 9900000,
    },
]


@pytest.mark.parametrize("language", ["en-gb", "ms", "id"])
def test_our_own_sentences_are_borne_out(language: str) -> None:
    version = draft_version(
        limits=LIMITS,
        friend={"percent": "12.50", "maximum": 5000, "minimum": 12000},
        more=[
            {"side": "advocate", "trigger": "every_nth", "number": 5, "value": 2500},
            {"side": "advocate", "trigger": "order_over", "threshold": 30000, "value": 1700},
        ],
        hold_days=21,
        wind_down_days=45,
    )
    with override(language):
        text = "\n".join(line for section in sections_of(version) for line in section.sentences)
    assert contradictions(version, text, language) == []


def test_typed_terms_of_several_languages_are_named() -> None:
    version = draft_version(terms={"en-gb": WRONG, "id": "Teman mendapat potongan RM 45."})
    assert [one.language for one in refused_statements(version)] == ["en-gb", "id"]
    DraftTerms.objects.filter(version=version).update(text="Be kind.")
    assert refused_statements(version) == []

"""The sections that terms must have (C27): all there, none empty, every clause in one of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from oscar_referrals import conf
from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.models import Incentive, Limit
from oscar_referrals.programs.sections import KINDS, sections_of
from oscar_referrals.test.factories import draft_version

pytestmark = pytest.mark.django_db

MUCH = {
    "friend": {"percent": "12.5", "minimum": 8000, "maximum": 5000},
    "friend_delivery": {},
    "limits": [
        {"scope": Limit.Scope.ADVOCATE, "window": Limit.Window.YEAR, "amount": 10},
        {"scope": Limit.Scope.PROGRAM, "amount": 500000, "currency": "MYR"},
    ],
    "more": [
        {
            "side": Incentive.Side.ADVOCATE,
            "kind": Incentive.Kind.CREDIT,
            "trigger": Incentive.Trigger.MILESTONE,
            "number": 5,
            "value": 5000,
            "validity_days": None,
        }
    ],
}


@pytest.mark.parametrize("figures", [{}, MUCH], ids=["plain", "much"])
def test_no_section_is_empty_and_no_clause_is_lost(figures: dict[str, Any]) -> None:
    version = draft_version(**figures)
    for language in conf.get().languages:
        with override(language):
            sections = sections_of(version)
            said = [sentence for section in sections for sentence in section.sentences]
            clauses = [clause.text for clause in describe(version)]
        assert [section.key for section in sections] == [kind.key for kind in KINDS]
        assert all(section.sentences and not section.wanted for section in sections)
        assert all(said.count(text) == clauses.count(text) for text in clauses)


def sentences(key: str) -> list[str]:
    return next(item for item in sections_of(draft_version()) if item.key == key).sentences


def test_what_the_settings_say_is_said_in_every_language() -> None:
    with override("en-gb"):
        assert sentences("sponsor") == [
            "Rimba Pagi Sdn. Bhd. runs this program.",
            "Address: 28700 Bentong, Malaysia",
            "Contact: hello@rimbapagi.example",
        ]
        joining = sentences("joining")
        assert "Whoever takes part has to be at least 18 years old." in joining
        assert "The program is for people who live in Malaysia or Indonesia." in joining
        assert "These terms exist in English, Malay and Indonesian" in sentences("language")[0]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({}, {"sponsor", "joining", "appeal", "privacy"}),
        ({"SPONSOR_NAME": "Shop"}, {"sponsor", "joining", "appeal", "privacy"}),
        ({"SPONSOR_NAME": "Shop", "SPONSOR_CONTACT": "a@b.example"}, {"joining", "privacy"}),
        ({"MINIMUM_AGE": 18}, {"sponsor", "joining", "appeal", "privacy"}),
        ({"MINIMUM_AGE": 0, "COUNTRIES": ("MY",)}, {"sponsor", "appeal", "privacy"}),
        ({"PRIVACY_URL": "https://a.example/"}, {"sponsor", "joining", "appeal"}),
    ],
)
def test_what_they_do_not_say_is_wanted(
    settings: Any, given: dict[str, Any], wanted: set[str]
) -> None:
    settings.OSCAR_REFERRALS = given
    assert {item.key for item in sections_of(draft_version()) if item.wanted} == wanted


def test_a_language_can_prevail(settings: Any) -> None:
    with override("en-gb"):
        assert "the language accepted" in sentences("language")[1]
        settings.OSCAR_REFERRALS = {"PREVAILING_LANGUAGE": "id"}
        assert sentences("language")[1] == "If they differ, the words in Indonesian count."
        settings.OSCAR_REFERRALS = {"LANGUAGES": ("ms",)}
        assert sentences("language") == ["These terms are written in Malay."]


def test_what_has_no_limit_and_no_end_says_so() -> None:
    with override("en-gb"):
        assert sentences("limits") == [
            "There is no limit to the number of rewards.",
            "No end date has been set.",
        ]

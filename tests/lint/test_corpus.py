"""How often the lint is wrong, over all sentences of the corpus. Run with -s to see the figures."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import pytest

from oscar_referrals.programs.statements import contradictions_in
from tests.lint.change import changed
from tests.lint.corpus import LANGUAGES, Example, examples, facts_of

#: Of a hundred sentences that are right, how many are refused; of wrong figures, how many pass.
AT_MOST = 0.02
#: Of whole messages, which deny, correct themselves, give examples and speak of much else.
FIRST_OF_TEXTS, AT_MOST_OF_TEXTS = 8, 0.05


@dataclass
class Outcome:
    """What became of the sentences of one language."""

    numbers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def false_refusals(self) -> float:
        return self.numbers["refused wrongly"] / self.numbers["right"]

    @property
    def missed(self) -> float:
        return self.numbers["missed"] / self.numbers["false figures"]

    def report(self, name: str) -> str:
        found = self.numbers["false figures"] - self.numbers["missed"]
        precision = found / (found + self.numbers["refused wrongly"])
        recall = found / self.numbers["false figures"]
        return (
            f"{name}: {self.numbers['right']} right sentences, "
            f"{self.numbers['refused wrongly']} refused ({self.false_refusals:.1%}); "
            f"{self.numbers['false figures']} false figures "
            f"({self.numbers['changed']} of them changed by the test), "
            f"{self.numbers['missed']} missed ({self.missed:.1%}); "
            f"precision {precision:.3f}, recall {recall:.3f}"
        )


def outcome_of(chosen: Iterator[Example] | list[Example]) -> Outcome:
    outcome = Outcome()
    for example in chosen:
        if example.label == "F":
            for figure in example.marks or ("",):
                _expect(outcome, example, example.text, figure)
            continue
        outcome.numbers["right"] += 1
        if found := _figures(example, example.text):
            outcome.numbers["refused wrongly"] += 1
            outcome.wrong.append(f"refused for {found}: {example.text}")
        for text, figure in changed(example):
            outcome.numbers["changed"] += 1
            _expect(outcome, example, text, figure)
    return outcome


def _expect(outcome: Outcome, example: Example, text: str, figure: str) -> None:
    outcome.numbers["false figures"] += 1
    found = _figures(example, text)
    if not any(figure in one or one in figure for one in found):
        outcome.numbers["missed"] += 1
        outcome.wrong.append(f"“{figure}” missed (found: {found}): {text}")


def _figures(example: Example, text: str) -> list[str]:
    findings = contradictions_in(text, facts_of(example.program), LANGUAGES[example.language])
    return [finding.figure for finding in findings]


@lru_cache
def outcome_in(language: str, *, of_texts: bool) -> Outcome:
    return outcome_of(
        [
            example
            for example in examples()
            if example.language == language and (example.half >= FIRST_OF_TEXTS) == of_texts
        ]
    )


def outcome_of_languages(languages: list[str], *, of_texts: bool) -> Outcome:
    outcome = Outcome()
    for language in languages:
        one = outcome_in(language, of_texts=of_texts)
        outcome.numbers += one.numbers
        outcome.wrong += one.wrong
    return outcome


@pytest.mark.parametrize("languages", [*([one] for one in LANGUAGES), [*LANGUAGES]])
@pytest.mark.parametrize("of_texts", [False, True])
def test_the_lint_is_rarely_wrong(languages: list[str], of_texts: bool) -> None:
    outcome = outcome_of_languages(languages, of_texts=of_texts)
    name = " + ".join(languages) + (", whole texts" if of_texts else "")
    sys.stdout.write(f"\n{outcome.report(name)}")
    at_most = AT_MOST_OF_TEXTS if of_texts else AT_MOST
    wrong = "\n".join(outcome.wrong)
    assert outcome.false_refusals <= at_most, wrong
    assert outcome.missed <= at_most, wrong

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
def outcome_in(language: str) -> Outcome:
    return outcome_of([example for example in examples() if example.language == language])


@pytest.mark.parametrize("languages", [*([one] for one in LANGUAGES), [*LANGUAGES]])
def test_the_lint_is_rarely_wrong(languages: list[str]) -> None:
    outcome = Outcome()
    for language in languages:
        outcome.numbers += outcome_in(language).numbers
        outcome.wrong += outcome_in(language).wrong
    sys.stdout.write(f"\n{outcome.report(' + '.join(languages))}")
    wrong = "\n".join(outcome.wrong)
    assert outcome.false_refusals <= AT_MOST, wrong
    assert outcome.missed <= AT_MOST, wrong

"""The sentences of the corpus, and what is made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from oscar_referrals.programs.statements import Facts, Kind, Role
from oscar_referrals.programs.statements.facts import Form, Gain, Played
from tests.lint.programs import PROGRAMS

FOLDER = Path(__file__).parent / "corpus"
LANGUAGES = {"en": "en-gb", "ms": "ms", "id": "id"}
LINE = re.compile(r"([TFN]) (\w+): (.+)")
MARKED = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Example:
    """A sentence with its label; ``marks`` are the figures that stand in braces."""

    language: str
    half: int
    label: str
    program: str
    marked: str

    @property
    def text(self) -> str:
        return MARKED.sub(r"\1", self.marked)

    @property
    def marks(self) -> list[str]:
        return MARKED.findall(self.marked)


def examples() -> Iterator[Example]:
    for path in sorted(FOLDER.glob("*-*.txt")):
        language, half = path.stem.split("-")
        for line in path.read_text(encoding="utf-8").splitlines():
            match = LINE.fullmatch(line)
            assert match, f"{path.name}: {line}"
            yield Example(language, int(half), match[1], match[2], match[3].replace("\\n", "\n"))


def facts_of(program: str) -> Facts:
    given = PROGRAMS[program]
    return Facts(
        amounts={
            currency: frozenset(Decimal(value) for value in values)
            for currency, values in given["amounts"].items()
        },
        percentages=frozenset(Decimal(value) for value in given["percentages"]),
        days=frozenset(given["days"]),
        periods=frozenset(given["periods"]),
        counts=frozenset(given["counts"]),
        dates=frozenset(given["dates"]),
        late_dates=frozenset(given.get("late_dates", ())),
        roles=frozenset(
            [
                *(
                    _played(Role(role), figure)
                    for role, figures in given["roles"].items()
                    for figure in figures
                ),
                *(
                    Played(role=Role.LIMIT, kind=Kind.COUNT, value=Decimal(count))
                    for count in given["limits"]
                ),
                *([Played(role=Role.END, kind=Kind.DATE)] if given["ends"] else []),
            ]
        ),
        gains=frozenset(_gain(written) for written in given["gains"]),
        signs=frozenset({("MYR", "RM")}),
    )


def _gain(written: str) -> Gain:
    """ "friend discount IDR 10% 150000 50000": side, form, currency, worth, minimum, maximum."""
    side, form, currency, worth, *bounds = written.split()
    minimum, maximum = (Decimal(bounds[at]) if at < len(bounds) else None for at in (0, 1))
    return Gain(
        role=Role(side),
        form=Form(form),
        currency=currency,
        value=Decimal(0) if worth.endswith("%") else Decimal(worth),
        percent=Decimal(worth[:-1]) if worth.endswith("%") else Decimal(0),
        minimum=minimum or Decimal(0),
        maximum=maximum,
    )


def _played(role: Role, figure: str | int) -> Played:
    if isinstance(figure, int):
        return Played(role=role, kind=Kind.DURATION, value=Decimal(figure))
    if figure.endswith("%"):
        return Played(role=role, kind=Kind.PERCENT, value=Decimal(figure[:-1]))
    currency, value = figure.split()
    return Played(role=role, kind=Kind.MONEY, value=Decimal(value), currency=currency)

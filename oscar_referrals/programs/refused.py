"""Everything in words that a version does not bear out: its terms, and what else speaks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _

from oscar_referrals import conf
from oscar_referrals.programs.contradictions import Refused, in_words
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.statements import Kind

#: Texts beside the terms that speak of a program. Apps add theirs, under their own name. Called
#: with the version, and whether texts count as well that are saved and not shown to anybody.
READERS: dict[str, Callable[[ProgramVersion, bool], Iterable[Refused]]] = {}


def refused_statements(version: ProgramVersion) -> list[Refused]:
    """Every statement that is refused for ``version``, in whatever words, each once.

    A source of terms of the shop's own need not be able to tell (``refused(version)``).
    """
    source = conf.get().load("TERMS_SOURCE")()
    refused = getattr(source, "refused", None)
    of_terms = refused(version) if refused is not None else ()
    return list(dict.fromkeys([*of_terms, *_elsewhere(version, with_drafts=True)]))


def refused_elsewhere(version: ProgramVersion) -> list[Refused]:
    """What is refused in texts beside the terms that people read now."""
    return list(dict.fromkeys(_elsewhere(version, with_drafts=False)))


def problems_elsewhere(version: ProgramVersion) -> list[str]:
    """Why texts beside the terms keep ``version`` from being published, each naming its place."""
    return [
        f"{_says(refused, version)} {in_words(refused.finding)}"
        for refused in refused_elsewhere(version)
    ]


def _elsewhere(version: ProgramVersion, *, with_drafts: bool) -> Iterator[Refused]:
    for reader in READERS.values():
        yield from reader(version, with_drafts)


def _says(refused: Refused, version: ProgramVersion) -> str:
    if refused.finding.kind == Kind.PHRASE:
        text = _(
            "%(where)s says “%(figure)s”, which promises or urges what no program can. Take it "
            "out there."
        )
    elif refused.finding.is_swapped:
        text = _(
            "%(where)s says “%(figure)s”, which version %(number)d has for something else than "
            "the sentence says. Correct it there, or let it pass with a reason."
        )
    else:
        text = _(
            "%(where)s says “%(figure)s”, which is not a figure of version %(number)d. Correct it "
            "there, or let it pass with a reason."
        )
    return text % {
        "where": refused.where,
        "figure": refused.finding.figure,
        "number": version.number,
    }

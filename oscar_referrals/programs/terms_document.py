"""The whole of a version's terms: summary, contents, mandatory sections and the shop's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.sections import sections_of
from oscar_referrals.programs.summary import seven_facts

NOTHING = SafeString("")


@dataclass(frozen=True, kw_only=True)
class OwnWords:
    """What the shop says at one section, as HTML; either may be empty."""

    before: SafeString = NOTHING
    after: SafeString = NOTHING


@dataclass(frozen=True, kw_only=True)
class Part:
    """One heading of the document, and what stands under it."""

    #: The id in the HTML, e.g. ``"terms-privacy"``.
    anchor: str
    title: str
    before: SafeString = NOTHING
    sentences: list[str]
    after: SafeString = NOTHING
    #: The sentences hold addresses to be followed.
    has_addresses: bool = False


def document(
    version: ProgramVersion,
    *,
    opening: Iterable[Part] = (),
    words: Mapping[str, OwnWords] | None = None,
    further: Iterable[Part] = (),
) -> SafeString:
    """The terms as HTML, in the active language.

    ``words`` are the shop's own at the sections, by their keys; ``opening`` and ``further`` stand
    before the first section and after the last one.
    """
    own = words or {}
    sections = [
        Part(
            anchor=f"terms-{section.key}",
            title=section.title,
            before=own.get(section.key, OwnWords()).before,
            sentences=section.sentences,
            after=own.get(section.key, OwnWords()).after,
            has_addresses=section.has_addresses,
        )
        for section in sections_of(version)
    ]
    return render_to_string(
        "oscar_referrals/terms_document.html",
        {"facts": seven_facts(version, reader=None), "parts": [*opening, *sections, *further]},
    )

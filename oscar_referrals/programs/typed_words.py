"""What an operator typed for a version's terms, sorted into the sections that it belongs to.

A line that is the title of a section, and nothing else, begins what is said in that section, up to
the next such line.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import override

from oscar_referrals.programs.sections import KINDS, Kind

#: The key of what stands in no section of the rules.
FURTHER = "further"


@dataclass(frozen=True)
class TypedWords:
    """The words by the key of their section, and what belongs to none."""

    by_section: dict[str, str] = field(default_factory=dict)
    further: str = ""


def sorted_words(text: str, language: str) -> TypedWords:
    """``text`` by the sections whose titles in ``language`` stand in it."""
    keys, found, place = _titles(language), dict[str, list[str]](), FURTHER
    for line in text.splitlines():
        key = keys.get(_as_title(line))
        if key is not None:
            place = key
        else:
            found.setdefault(place, []).append(line)
    words = {key: "\n".join(lines).strip() for key, lines in found.items()}
    further = words.pop(FURTHER, "")
    return TypedWords({key: said for key, said in words.items() if said}, further)


def unknown_to_settings() -> list[Kind]:
    """The sections of which the settings lack what only the shop can know."""
    return [kind for kind in KINDS if kind.is_known is not None and not kind.is_known()]


def title_in(kind: Kind, language: str) -> str:
    """The title of a section in a language."""
    with override(language):
        return str(kind.title)


def headings_to_fill(language: str) -> str:
    """Where nothing was typed yet: the titles under which something has to be said, if any."""
    return "\n\n\n".join(title_in(kind, language) for kind in unknown_to_settings())


def further_title() -> str:
    """The heading of what stands in no section, in the active language."""
    return _("Further terms")


def _titles(language: str) -> dict[str, str]:
    with override(language):
        titles = {_as_title(str(kind.title)): kind.key for kind in KINDS}
        return titles | {_as_title(further_title()): FURTHER}


def _as_title(line: str) -> str:
    return " ".join(line.strip().strip("#*").rstrip(":").split()).casefold()

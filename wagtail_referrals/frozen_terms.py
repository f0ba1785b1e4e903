"""The frozen terms of a program in one language: all that ever was in force."""

from __future__ import annotations

from dataclasses import dataclass

from oscar_referrals.money import format_day
from oscar_referrals.programs.models import TermsVersion


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One entry of the list of terms."""

    #: The version's number and the edition's, as they stand in addresses: ``"2-1"``.
    key: str
    number: int
    sequence: int
    #: From when on it was in force, and until when: the day in words; None: until now.
    since: str
    until: str | None


def editions_of(program_id: int, language: str) -> list[Edition]:
    """All of them, the newest first, without their words: one query."""
    rows = (
        TermsVersion.objects.filter(version__program=program_id, language=language)
        .order_by("-version__number", "-sequence")
        .values_list("version__number", "sequence", "frozen_at")
    )
    found: list[Edition] = []
    until: str | None = None
    for number, sequence, frozen_at in rows:
        since = format_day(frozen_at)
        found.append(
            Edition(
                key=f"{number}-{sequence}",
                number=number,
                sequence=sequence,
                since=since,
                until=until,
            )
        )
        until = since
    return found


def terms_at(
    program_id: int, language: str, number: int, sequence: int | None = None
) -> TermsVersion | None:
    """The words of a version's edition (default: its last one), or None if there never were any."""
    frozen = TermsVersion.objects.filter(
        version__program=program_id, version__number=number, language=language
    )
    if sequence is not None:
        frozen = frozen.filter(sequence=sequence)
    return frozen.select_related("version__program").order_by("-sequence").first()

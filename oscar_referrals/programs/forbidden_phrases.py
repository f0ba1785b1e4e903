"""Which claims no words of the shop may make: the defaults, and what the shop made of them."""

from __future__ import annotations

from dataclasses import dataclass

from oscar_referrals.programs.models import ForbiddenPhrase
from oscar_referrals.programs.statements.forbidden import DEFAULTS, base, phrases_for


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One phrase as the shop's list shows it."""

    phrase: str
    is_default: bool
    is_allowed: bool = False


def forbidden_in(language: str) -> tuple[str, ...]:
    """The phrases that are refused in a language ("en-gb" has those of "en"). One query."""
    rows = ForbiddenPhrase.objects.filter(language=base(language))
    return phrases_for(
        language,
        added=[row.phrase for row in rows if not row.is_allowed],
        allowed=[row.phrase for row in rows if row.is_allowed],
    )


def listed_in(language: str) -> list[Listed]:
    """All phrases of a language in alphabetical order, those that the shop allows among them."""
    rows = {row.phrase: row for row in ForbiddenPhrase.objects.filter(language=base(language))}
    defaults = DEFAULTS.get(base(language), ())
    found = [
        Listed(phrase=phrase, is_default=True, is_allowed=phrase in rows) for phrase in defaults
    ]
    found += [Listed(phrase=phrase, is_default=False) for phrase in rows if phrase not in defaults]
    return sorted(found, key=lambda one: one.phrase)


def forbid(*, language: str, phrase: str) -> None:
    """Refuse a phrase from now on; one of the defaults that was allowed is refused again."""
    phrase = " ".join(phrase.lower().split())
    rows = ForbiddenPhrase.objects.filter(language=base(language), phrase=phrase)
    if phrase in DEFAULTS.get(base(language), ()):
        rows.delete()
    else:
        ForbiddenPhrase.objects.update_or_create(
            language=base(language), phrase=phrase, defaults={"is_allowed": False}
        )


def allow(*, language: str, phrase: str) -> None:
    """Refuse a phrase no longer. What is published stays as it is."""
    phrase = " ".join(phrase.lower().split())
    if phrase in DEFAULTS.get(base(language), ()):
        ForbiddenPhrase.objects.update_or_create(
            language=base(language), phrase=phrase, defaults={"is_allowed": True}
        )
    else:
        ForbiddenPhrase.objects.filter(language=base(language), phrase=phrase).delete()

"""The operator's opening words: read for a page, written, and taken back."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from oscar_referrals import conf
from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.channels import Channel
from oscar_referrals.sharing.share_models import ShareText
from oscar_referrals.sharing.texts import ANY


@dataclass(frozen=True)
class Openings:
    """A program's words in one language, by channel."""

    by_channel: dict[str, str]

    def for_channel(self, channel: Channel) -> str:
        """The channel's own words, else those for all channels, else empty: ours are used."""
        return self.by_channel.get(channel.slug) or self.by_channel.get(ANY, "")


def openings_of(program: Program, language: str | None = None) -> Openings:
    """The words in ``language`` (default: the active one): one query."""
    rows = ShareText.objects.filter(program=program, language=language or active_language())
    return Openings(dict(rows.values_list("channel", "opening")))


def write_opening(*, program: Program, language: str, channel: str, opening: str) -> None:
    """Keep an operator's words, which `wording.problems_in` found nothing wrong with.

    Empty words take them back: then those for all channels, or ours, are used.
    """
    rows = ShareText.objects.filter(program=program, language=language, channel=channel)
    if not opening:
        rows.delete()
        return
    ShareText.objects.update_or_create(
        program=program, language=language, channel=channel, defaults={"opening": opening}
    )


def active_language() -> str:
    """The active language as the shop lists it: ``en`` finds ``en-gb``."""
    active = get_language() or ""
    languages = conf.get().languages
    if active in languages:
        return active
    base = active.partition("-")[0]
    return next((code for code in languages if code.partition("-")[0] == base), active)

"""Which mandatory sections (C27) of a terms page still say nothing of what only the shop knows."""

from __future__ import annotations

from django.utils.translation import override
from wagtail.blocks import StreamValue

from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.sections import Section, sections_of
from wagtail_referrals.document import own_words


def empty_sections(
    version: ProgramVersion, section_words: StreamValue, language: str | None = None
) -> list[Section]:
    """Sections for which neither the settings nor the editor's words say what they must.

    Their titles are in ``language`` (default: the active one).
    """
    said = own_words(section_words)
    with override(language):
        return [
            section
            for section in sections_of(version)
            if section.key not in said and (section.wanted or not section.sentences)
        ]

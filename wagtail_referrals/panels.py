"""Parts of the page editor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.forms import Media
from django.utils.translation import get_language_bidi, override
from wagtail.admin.panels import Panel

from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.sections import KINDS, Section, sections_of
from wagtail_referrals.dashboard_links import program_url
from wagtail_referrals.forms import choosable_versions, version_label

_WANTED = {kind.key: kind.wanted for kind in KINDS}


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A version and what it says, for the editor to read."""

    label: str
    sections: list[Section]
    is_chosen: bool


class SentencesPanel(Panel):
    """Shows, but doesn't let edit, the sections that are made from the program's rules."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtail_referrals/panels/sentences.html"

        @property
        def media(self) -> Media:
            return Media(css={"all": ["wagtail_referrals/admin.css"]})

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            page = self.instance
            context["promises"] = self._promises()
            context["language"] = page.terms_language
            with override(page.terms_language):
                context["direction"] = "rtl" if get_language_bidi() else "ltr"
            context["terms"] = page.terms_in_force() if page.pk else None
            if page.program_id and self.request is not None:
                context["dashboard_url"] = program_url(self.request.user, page.program)
            return context

        def _promises(self) -> list[Promise]:
            page = self.instance
            versions = choosable_versions(page.program if page.program_id else None)
            chosen = page.words_for_id() if page.program_id else None
            return [
                Promise(
                    label=version_label(version),
                    sections=self._sections(version),
                    is_chosen=version.pk == chosen or len(versions) == 1,
                )
                for version in versions
            ]

        def _sections(self, version: ProgramVersion) -> list[Section]:
            with override(self.instance.terms_language):
                sections = sections_of(version)
            # The sentences are the page's; what is missing is told to the editor.
            return [
                replace(section, wanted=str(_WANTED[section.key])) if section.wanted else section
                for section in sections
            ]

"""What the page editor asks of a terms page, and when it refuses to publish one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError

from oscar_referrals.programs.contradictions import contradictions, in_words, why
from oscar_referrals.programs.models import Program, ProgramVersion
from wagtail_referrals.completeness import empty_sections
from wagtail_referrals.document import as_text

#: What to do where a statement is none about the program.
WAY_OUT = gettext_lazy(
    "If it is not about the program at all: save the page as a draft, and let it pass under "
    "“Refused statements” in the menu beside the page's title."
)


def choosable_versions(program: Program | None = None) -> QuerySet[ProgramVersion]:
    """Versions that words can be written for: drafts and what is current, the newest first."""
    versions = ProgramVersion.objects.exclude(status=ProgramVersion.Status.SUPERSEDED)
    if program is not None:
        versions = versions.filter(program=program)
    return versions.select_related("program").order_by("-program_id", "-number")


def version_label(version: ProgramVersion) -> str:
    """The version with its state, as editors choose it."""
    if version.status == ProgramVersion.Status.DRAFT:
        return _("%(version)s (in preparation)") % {"version": version}
    return _("%(version)s (published)") % {"version": version}


class VersionField(forms.ModelChoiceField):
    """Offers versions together with their state."""

    def label_from_instance(self, obj: Any) -> str:
        """See `version_label`."""
        return version_label(obj)


class TermsPageForm(WagtailAdminPageForm):
    """Lets drafts be saved in any state, and holds back what can't be published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "version" in self.fields:
            self._offer_versions()

    def _offer_versions(self) -> None:
        page = self.instance
        program = page.program if page.program_id else None
        versions = choosable_versions(program)
        given = self.fields["version"]
        self.fields["version"] = VersionField(
            versions,
            label=given.label,
            help_text=given.help_text
            if versions
            else _("There is no program yet. Create one in the shop's dashboard first."),
        )
        if program is not None and page.version_id:
            self.initial["version"] = page.words_for_id()
        elif len(versions) == 1 and program is None:
            self.initial["version"] = versions[0].pk

    def clean(self) -> dict[str, Any]:
        """Refuse to publish while a section is empty, or beside another live terms page."""
        cleaned = super().clean()
        if self.is_deferred_validation:
            return cleaned
        if version := cleaned.get("version"):
            self._refuse_second_page(version.program)
            self._refuse_empty_sections(version)
            self._refuse_wrong_figures(version)
        return cleaned

    def _refuse_empty_sections(self, version: ProgramVersion) -> None:
        if "section_words" not in self.cleaned_data:
            return
        for section in empty_sections(version, self.cleaned_data["section_words"]):
            self.add_error(
                "section_words",
                _("Add words at “%(section)s” that say %(wanted)s.")
                % {"section": section.title, "wanted": section.wanted},
            )

    def _refuse_wrong_figures(self, version: ProgramVersion) -> None:
        for field in ("opening", "section_words", "own_terms"):
            errors: dict[int, ValidationError] = {}
            for position, block in enumerate(self.cleaned_data.get(field, ())):
                words = as_text(block.render())
                wrong = contradictions(version, words, self.instance.terms_language)
                if wrong:
                    errors[position] = ValidationError(
                        [*(f"{why(one, version)} {in_words(one)}" for one in wrong), WAY_OUT]
                    )
            if errors:
                self.add_error(field, StreamBlockValidationError(block_errors=errors))

    def _refuse_second_page(self, program: Program) -> None:
        for other in self.instance.live_twins(program):
            self.add_error(
                "version",
                _(
                    "“%(title)s” is already the terms page of “%(program)s” in this language. "
                    "Edit that page, or unpublish it first."
                )
                % {"title": other.title, "program": program.name},
            )

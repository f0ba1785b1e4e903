"""The terms page of a program: generated sections between the editor's own words.

What visitors and advocates read is the frozen `TermsVersion` of the core, never the page's fields:
Wagtail's revisions can be rewritten by autosave, and pages can be moved, unpublished and deleted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from oscar_referrals.programs.models import Program, ProgramVersion, TermsVersion
from oscar_referrals.programs.terms import RenderedTerms
from wagtail_referrals.comparison import compare
from wagtail_referrals.compat import IS_BASE_PAGE_SWAPPED
from wagtail_referrals.document import compose
from wagtail_referrals.forms import TermsPageForm, choosable_versions, version_label
from wagtail_referrals.kind_template import KindTemplate
from wagtail_referrals.landing_page import ReferralLandingMixin, ReferralLandingPage
from wagtail_referrals.languages import language_of
from wagtail_referrals.own_figures import with_figures_marked
from wagtail_referrals.panels import SentencesPanel
from wagtail_referrals.program_pages import (
    ReferralAdvocateMixin,
    ReferralAdvocatePage,
    ReferralOverviewMixin,
    ReferralOverviewPage,
)
from wagtail_referrals.site_settings import ReferralSettings
from wagtail_referrals.terms_blocks import SectionWordsBlocks, TermsBlocks
from wagtail_referrals.terms_routes import TermsRoutes
from wagtail_referrals.translation import same_in_all_languages

__all__ = [
    "ReferralAdvocateMixin",
    "ReferralAdvocatePage",
    "ReferralLandingMixin",
    "ReferralLandingPage",
    "ReferralOverviewMixin",
    "ReferralOverviewPage",
    "ReferralSettings",
    "ReferralTermsMixin",
    "ReferralTermsPage",
    "terms_pages",
]

if TYPE_CHECKING:
    from wagtail.models import Page as PageFields
else:
    # At run time the shop chooses which page class the mixin is mixed into.
    from django.db.models import Model as PageFields


#: The preview mode that compares with what is in force.
CHANGES = "changes"


class ReferralTermsMixin(KindTemplate, TermsRoutes, PageFields):
    """Makes a page class the terms page of a program; one page per program and language.

    Put it before the page class: ``class TermsPage(ReferralTermsMixin, BasePage)``.
    """

    # Kept beside the version, because the draft that the words are for may be discarded.
    program = models.ForeignKey(
        Program,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("program"),
    )
    version = models.ForeignKey(
        ProgramVersion,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("these words are for"),
        help_text=_(
            "Words for a version in preparation stay unseen until that version is published in "
            "the shop's dashboard, in all languages at once."
        ),
    )
    opening = StreamField(
        TermsBlocks(),
        blank=True,
        verbose_name=_("opening words"),
        help_text=_(
            "Stand before the first section. The summary and the table of contents above them are "
            "made from the rules."
        ),
    )
    section_words = StreamField(
        SectionWordsBlocks(),
        blank=True,
        verbose_name=_("your words at the sections"),
        help_text=_(
            "Add a section to say more in it, before or after the generated sentences. Leave "
            "amounts, days and limits to those."
        ),
    )
    own_terms = StreamField(
        TermsBlocks(),
        blank=True,
        verbose_name=_("further terms"),
        help_text=_("Stand after the last section, under headings of your own."),
    )

    # Read by wagtail-localize.
    override_translatable_fields = same_in_all_languages("program", "version")
    kind_template = "wagtail_referrals/referral_terms_page.html"
    base_form_class = TermsPageForm
    terms_panels = [
        FieldPanel("version", required_on_save=True),
        FieldPanel("opening"),
        SentencesPanel(heading=_("Generated sections")),
        FieldPanel("section_words"),
        FieldPanel("own_terms"),
    ]
    terms_search_fields = [
        index.SearchField("opening"),
        index.SearchField("section_words"),
        index.SearchField("own_terms"),
    ]

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """These words with the version chosen, with any other, what they change, what is shown."""
        others = choosable_versions(self.program) if self.program_id else ()
        return [
            ("prepared", _("With these words")),
            *((_mode(version), version_label(version)) for version in others),
            (CHANGES, _("What these words change")),
            ("in_force", _("As visitors see it now")),
        ]

    @property
    def terms_language(self) -> str:
        """The language of the program that this page speaks."""
        return language_of(self.locale)

    def clean(self) -> None:
        """Take the program from the version, so that the two can never disagree."""
        super().clean()
        if self.version is not None:
            self.program = self.version.program

    def words_for_id(self) -> int | None:
        """The version that the page's words are for; words of an old version go on to the current.

        None when they were meant for a draft that was discarded.
        """
        if self.version is None:
            return None
        if self.version.status == ProgramVersion.Status.SUPERSEDED:
            return self.program.current_version_id
        return self.version_id

    def has_words_waiting_for(self, version: ProgramVersion) -> bool:
        """An editor has saved words for ``version`` without publishing them."""
        if not self.has_unpublished_changes or self.latest_revision is None:
            return False
        return self.latest_revision.content.get("version") == version.pk

    def terms_in_force(self) -> TermsVersion | None:
        """The latest frozen words of the program's current version in the page's language."""
        frozen = TermsVersion.objects.filter(
            version__program=self.program_id,
            version__program__current_version=F("version"),
            language=self.terms_language,
        )
        return frozen.select_related("version__program").order_by("-sequence").first()

    def live_twins(self, program: Program) -> list[ReferralTermsMixin]:
        """Other live terms pages of ``program`` in this page's locale."""
        pages = terms_pages(program).get(self.locale.language_code, [])
        return [page for page in pages if page.live and page.pk != self.pk]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the frozen terms: ``terms`` (None before the program has begun) and ``document``."""
        context = super().get_context(request, *args, **kwargs)
        context["page_url"] = self.get_url(request)
        context["terms"] = context["in_force"] = terms = self.terms_in_force()
        return context | (self.context_of(terms) if terms is not None else {})

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the page in one of its modes; a routable page would know none of them."""
        return TemplateResponse(
            request,
            self.get_preview_template(request, mode_name),
            self.get_preview_context(request, mode_name),
        )

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """The page, or the changes that these words would bring."""
        if mode_name == CHANGES:
            return "wagtail_referrals/terms_changes.html"
        return super().get_preview_template(request, mode_name)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """In preview, show the page's own words around the sentences of the version meant."""
        context = super().get_preview_context(request, mode_name)
        version = self._previewed(mode_name)
        if version is None:
            return context
        html = self.composed(version, self.terms_language).html
        if mode_name == CHANGES:
            before = context["terms"].html if context["terms"] else ""
            return context | {"prepared_version": version, "sections": compare(before, html)}
        return context | {
            "terms": None,
            "prepared_version": version,
            "document": mark_safe(with_figures_marked(html, self.terms_language)),
        }

    def composed(self, version: ProgramVersion, language: str) -> RenderedTerms:
        """The page's words, as they would be frozen with ``version`` in ``language``."""
        return compose(
            version=version,
            language=language,
            opening=self.opening,
            section_words=self.section_words,
            own_terms=self.own_terms,
        )

    def _previewed(self, mode_name: str) -> ProgramVersion | None:
        if mode_name == "in_force":
            return None
        if mode_name in ("prepared", CHANGES):
            return self.version
        return next(
            (item for item in choosable_versions(self.program) if _mode(item) == mode_name), None
        )


class ReferralTermsPage(ReferralTermsMixin, Page):
    """The terms page for shops without a page class of their own."""

    content_panels = [*Page.content_panels, *ReferralTermsMixin.terms_panels]
    search_fields = [*Page.search_fields, *ReferralTermsMixin.terms_search_fields]
    subpage_types: list[str] = []

    class Meta:
        abstract = IS_BASE_PAGE_SWAPPED
        verbose_name = _("referral terms page")
        verbose_name_plural = _("referral terms pages")

    def __str__(self) -> str:
        return self.title


def _mode(version: ProgramVersion) -> str:
    """The name of the preview with the sentences of ``version``."""
    return f"version-{version.pk}"


def terms_pages(program: Program) -> dict[str, list[ReferralTermsMixin]]:
    """All terms pages of ``program`` by the code of their locale, whatever class they are of.

    Aliases are left out: Wagtail fills other locales with copies in the wrong language.
    """
    found: dict[str, list[ReferralTermsMixin]] = {}
    for model in apps.get_models():
        if issubclass(model, ReferralTermsMixin):
            pages = model._default_manager.filter(program=program, alias_of=None)
            for page in pages.select_related("locale", "version", "program").order_by("pk"):
                found.setdefault(page.locale.language_code, []).append(page)
    return found

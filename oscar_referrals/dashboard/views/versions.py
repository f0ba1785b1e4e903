"""Versions of a program: begin, edit, discard and publish a draft, and look at any of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import DetailView, TemplateView, View

from oscar_referrals import conf
from oscar_referrals.dashboard.forms.draft import DraftForm, DraftGone
from oscar_referrals.dashboard.sentences import Sentences, fingerprint_of, preview_terms
from oscar_referrals.programs import drafts
from oscar_referrals.programs.changes import changes_of
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.programs.problems import Problem, problems_of, warnings_of
from oscar_referrals.programs.publish import PublishRefused, publish
from oscar_referrals.programs.refused import refused_statements

VERSIONS = ProgramVersion.objects.select_related("program", "program__site", "published_by")


def words_typed_here() -> bool:
    """The shop's terms are typed in the dashboard, not kept in a content management system."""
    return conf.get().TERMS_SOURCE == conf.Settings.TERMS_SOURCE


def refuses_words(version: ProgramVersion, problems: list[Problem]) -> bool:
    """Some of the problems are statements, which can be looked at one by one."""
    return any(problem.part == "words" for problem in problems) and bool(
        refused_statements(version)
    )


class DraftStartView(View):
    """Begin a new draft from what is published, or go on with the one there is."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make the draft if there is none."""
        draft = drafts.draft_of(program=get_object_or_404(Program, pk=pk))
        return redirect("oscar_referrals_dashboard:referrals-version-edit", pk=draft.pk)


class VersionDetailView(DetailView):
    """What one version promised, with its terms as they were frozen; never editable here."""

    template_name = "oscar_referrals/dashboard/version_detail.html"
    context_object_name = "version"
    queryset = VERSIONS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The sentences and every edition of the terms."""
        return super().get_context_data(
            program=self.object.program,
            sentences=Sentences(self.object),
            terms=self.object.terms_versions.order_by("language", "-sequence"),
            **kwargs,
        )


class DraftView(TemplateView):
    """Common ground of the pages that are about a draft and of no use for anything else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show a version that is no draft (any more) as it is."""
        self.version = get_object_or_404(VERSIONS, pk=kwargs["pk"])
        if self.version.status != ProgramVersion.Status.DRAFT:
            return self.gone()
        return super().dispatch(request, *args, **kwargs)

    def gone(self) -> HttpResponse:
        """The draft is published or discarded: say so and go where that is seen."""
        messages.info(
            self.request,
            _("This version is no draft any more, so it cannot be changed. Begin a new draft."),
        )
        return redirect(
            "oscar_referrals_dashboard:referrals-program-detail", pk=self.version.program_id
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The version and its program."""
        return super().get_context_data(
            version=self.version, program=self.version.program, **kwargs
        )


class DraftEditView(DraftView):
    """One form for the whole draft, beside the sentences that it makes."""

    template_name = "oscar_referrals/dashboard/draft_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The forms, the preview of what is saved, and what keeps it from being published."""
        kwargs.setdefault("form", DraftForm(self.version, with_words=words_typed_here()))
        # The form validates on the instance it edits; the preview speaks of what is saved.
        saved = VERSIONS.get(pk=self.version.pk)
        return super().get_context_data(
            sentences=Sentences(saved),
            problems=(problems := problems_of(saved)),
            refuses_words=refuses_words(saved, problems),
            warnings=warnings_of(saved),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save the draft, then show what it says now."""
        form = DraftForm(self.version, request.POST, with_words=words_typed_here())
        if "add" in request.POST:
            # What was typed stays as it is, and one incentive more is shown. Nothing is saved.
            return self._again(form, status=200)
        if not form.is_valid():
            messages.error(request, _("Nothing was saved yet. Please mend what is marked below."))
            return self._again(form, status=422)
        if request.POST.get("fingerprint") != Sentences(VERSIONS.get(pk=pk)).fingerprint:
            messages.warning(
                request,
                _(
                    "Somebody else saved this draft after you opened it; the preview shows their "
                    "figures, the form yours. Save again to replace theirs."
                ),
            )
            return self._again(form, status=409)
        try:
            form.save()
        except DraftGone:
            return self.gone()
        if "publish" in request.POST:
            return redirect("oscar_referrals_dashboard:referrals-version-publish", pk=pk)
        messages.success(request, _("The draft was saved. Below is what it says now."))
        return redirect("oscar_referrals_dashboard:referrals-version-edit", pk=pk)

    def _again(self, form: DraftForm, *, status: int) -> HttpResponse:
        context = self.get_context_data(form=form, **self.kwargs)
        return self.render_to_response(context, status=status)


class DraftDiscardView(DraftView):
    """Throw a draft away, after a question."""

    template_name = "oscar_referrals/dashboard/draft_discard.html"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete the draft; what is published stays."""
        try:
            drafts.discard_draft(version=self.version)
        except drafts.NotADraft:
            return self.gone()
        messages.success(request, _("The draft was discarded."))
        return redirect(
            "oscar_referrals_dashboard:referrals-program-detail", pk=self.version.program_id
        )


class PublishView(DraftView):
    """What changes for whom, and the button that makes it so."""

    template_name = "oscar_referrals/dashboard/publish.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The summary, the terms in all languages, and what is in the way."""
        problems = problems_of(self.version)
        terms = [] if problems else preview_terms(self.version)
        return super().get_context_data(
            sentences=Sentences(self.version),
            changes=changes_of(self.version),
            problems=problems,
            refuses_words=refuses_words(self.version, problems),
            warnings=warnings_of(self.version),
            terms=terms,
            fingerprint=fingerprint_of(terms),
            current=self.version.program.current_version,
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish exactly what was shown."""
        problems = problems_of(self.version)
        terms = [] if problems else preview_terms(self.version)
        if not problems and request.POST.get("fingerprint") != fingerprint_of(terms):
            messages.warning(
                request,
                _("The draft was changed after you opened this page. Please read it again."),
            )
            return redirect("oscar_referrals_dashboard:referrals-version-publish", pk=pk)
        try:
            publish(version=self.version, actor=request.user)
        except PublishRefused as refusal:
            for problem in refusal.problems:
                messages.error(request, problem)
            return redirect("oscar_referrals_dashboard:referrals-version-publish", pk=pk)
        messages.success(
            request,
            _("Version %(number)d is published. It never changes from now on.")
            % {"number": self.version.number},
        )
        return redirect(
            "oscar_referrals_dashboard:referrals-program-detail", pk=self.version.program_id
        )

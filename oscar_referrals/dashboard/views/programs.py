"""The programs of the shop: the list, a new one, and the page of each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, ListView

from oscar_referrals.dashboard import notices
from oscar_referrals.dashboard.forms.program import ProgramForm
from oscar_referrals.dashboard.sentences import Sentences
from oscar_referrals.dashboard.statement_notices import of_texts
from oscar_referrals.dashboard.views.lifecycle import actions_for
from oscar_referrals.insight.funnel import report, total
from oscar_referrals.insight.periods import Granularity, last_days
from oscar_referrals.insight.standing import standing_of
from oscar_referrals.programs.drafts import create_program
from oscar_referrals.programs.models import Program, ProgramVersion

NAMESPACE = "oscar_referrals_dashboard"

#: The live program first, then those that can become live, then what is over.
RANKS = [
    Program.Status.LIVE,
    Program.Status.PAUSED,
    Program.Status.DRAFT,
    Program.Status.STOPPED,
    Program.Status.ENDED,
]


class ProgramListView(ListView):
    """All programs, the live one first, with what the friend and the advocate get."""

    template_name = "oscar_referrals/dashboard/program_list.html"
    context_object_name = "programs"
    paginate_by = 20

    def get_queryset(self) -> QuerySet[Program]:
        """Programs by status, the newest first among equals."""
        drafts = ProgramVersion.objects.filter(
            program=OuterRef("pk"), status=ProgramVersion.Status.DRAFT
        )
        rank = Case(
            *(When(status=status, then=Value(rank)) for rank, status in enumerate(RANKS)),
            output_field=IntegerField(),
        )
        return (
            Program.objects.annotate(has_draft=Exists(drafts))
            .select_related("site", "current_version")
            .prefetch_related("current_version__incentives__amounts")
            .order_by(rank, "-pk")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The programs with their sentences, and what needs the operator's attention."""
        context = super().get_context_data(**kwargs)
        programs = context["programs"]
        context.update(
            entries=[
                (program, Sentences(program.current_version) if program.current_version else None)
                for program in programs
            ],
            several_sites=len({program.site_id for program in programs}) > 1,
            notices=notices.for_staff(self.request.user),
        )
        return context


class ProgramCreateView(FormView):
    """A new program: its name; then straight to its first draft."""

    template_name = "oscar_referrals/dashboard/program_form.html"
    form_class = ProgramForm

    def form_valid(self, form: ProgramForm) -> HttpResponse:
        """Make the program with an empty draft."""
        program = create_program(site=form.cleaned_data["site"], name=form.cleaned_data["name"])
        messages.success(
            self.request, _("The program was created. Now set what it promises to whom.")
        )
        draft = program.versions.get(status=ProgramVersion.Status.DRAFT)
        if self.request.user.has_perm("oscar_referrals.change_program"):
            return redirect(f"{NAMESPACE}:referrals-version-edit", pk=draft.pk)
        return redirect(f"{NAMESPACE}:referrals-program-detail", pk=program.pk)


class ProgramDetailView(DetailView):
    """One program: what it promises, how it does, its versions and its buttons."""

    template_name = "oscar_referrals/dashboard/program_detail.html"
    context_object_name = "program"
    queryset = Program.objects.select_related("site", "current_version")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything the page shows, in a number of queries that does not depend on the rows."""
        context = super().get_context_data(**kwargs)
        program = self.object
        versions = list(program.versions.select_related("published_by").order_by("-number"))
        current = program.current_version
        month = last_days(30, timezone.localdate())
        context.update(
            versions=versions,
            draft=next(
                (one for one in versions if one.status == ProgramVersion.Status.DRAFT), None
            ),
            sentences=Sentences(current) if current else None,
            actions=[
                (action, reverse(f"{NAMESPACE}:referrals-program-{action.name}", args=[program.pk]))
                for action in actions_for(program)
            ],
            standing=standing_of(program, timezone.now()),
            recent=total(report(program, month.start, month.end, Granularity.MONTH)),
            period=month,
            notices=[
                *notices.for_staff(self.request.user),
                *(of_texts(current) if current is not None else ()),
            ],
        )
        return context

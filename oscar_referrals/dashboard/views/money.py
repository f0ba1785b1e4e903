"""What is owed, and what stands on the accounts: the pages of whoever signs the books."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from oscar_referrals.dashboard.downloads import back_to, csv_file, days_of
from oscar_referrals.dashboard.filters.books import AccountFilter
from oscar_referrals.dashboard.forms.books import BookedAsForm, LiabilityForm, SpanForm
from oscar_referrals.dashboard.liability_cells import (
    by_kind,
    chart_of,
    rows_of,
    table_of,
    totals_of,
)
from oscar_referrals.dashboard.pages import key_page
from oscar_referrals.dashboard.tables.books import AccountTable
from oscar_referrals.dashboard.tables.referrals import OutstandingTable
from oscar_referrals.dashboard.views.lists import FilteredListView
from oscar_referrals.insight.journal import journal_rows, trial_balance_rows
from oscar_referrals.insight.liability import AGES, KINDS, liability, rewards_behind
from oscar_referrals.insight.trial_balance import sums, trial_balance
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.chart import CHART
from oscar_referrals.rewards.models import LedgerAccount


class LiabilityView(TemplateView):
    """What is owed as of a moment, with every figure linked to the rewards behind it."""

    template_name = "oscar_referrals/dashboard/liability.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and the figures; a wrong choice says so and shows today."""
        form = LiabilityForm(self.request.GET)
        form.is_valid()
        found = liability(
            form.as_of,
            program=form.cleaned_data.get("program"),
            rate=form.cleaned_data.get("rate"),
        )
        tables = [table_of(line, form.as_of) for line in found.lines]
        totals = totals_of(found)
        return super().get_context_data(
            form=form,
            found=found,
            tables=tables,
            totals=totals,
            totals_by_kind=by_kind(totals),
            chart=chart_of(tables),
            asked=self.request.GET.urlencode(),
            **kwargs,
        )


class LiabilityCsvView(View):
    """The same figures as a file."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Stream the rows; for a wrong choice go to the page, which says what is wrong."""
        form = LiabilityForm(request.GET)
        if not form.is_valid():
            return back_to("referrals-liability", request)
        found = liability(
            form.as_of, program=form.cleaned_data["program"], rate=form.cleaned_data["rate"]
        )
        return csv_file(rows_of(found), _("liability %(day)s") % {"day": form.as_of.day})


class OutstandingView(TemplateView):
    """The rewards behind one figure of the liability report."""

    template_name = "oscar_referrals/dashboard/outstanding.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of them, cut by key."""
        asked = self.request.GET
        form = LiabilityForm(asked)
        form.is_valid()
        kind, unit = asked.get("kind", ""), asked.get("unit", "").replace("\0", "")
        program = form.cleaned_data.get("program")
        age = asked.get("age", "")
        rows: QuerySet[Any] = LedgerAccount.objects.none()
        if program is not None and kind in KINDS:
            rows = rewards_behind(
                form.as_of,
                program=program,
                unit=unit,
                kind=kind,
                age=int(age) if age in map(str, AGES) else None,
            ).select_related("referral", "advocate__user", "incentive")
        page = key_page(rows, asked)
        return super().get_context_data(
            form=form,
            program=program,
            kind=dict(LedgerAccount.Kind.choices).get(kind, ""),
            page=page,
            table=OutstandingTable(page.rows),
            **kwargs,
        )


class TrialBalanceView(TemplateView):
    """The chart of accounts with what stood, moved and stands on each."""

    template_name = "oscar_referrals/dashboard/trial_balance.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, the balances and how each program is booked."""
        form = SpanForm(self.request.GET)
        form.is_valid()
        balances = trial_balance(form.span, program=form.cleaned_data.get("program"))
        programs = {row.program.pk: row.program for row in balances}.values()
        return super().get_context_data(
            form=form,
            balances=balances,
            sums=sums(balances),
            chart=CHART,
            booked_as=[
                (program, BookedAsForm(instance=program, prefix=f"program-{program.pk}"))
                for program in programs
            ],
            asked=self.request.GET.urlencode(),
            **kwargs,
        )


class TrialBalanceCsvView(View):
    """The trial balance as a file."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Stream the rows; for a wrong choice go to the page, which says what is wrong."""
        form = SpanForm(request.GET)
        if not form.is_valid():
            return back_to("referrals-trial-balance", request)
        rows = trial_balance_rows(form.span, program=form.cleaned_data["program"])
        return csv_file(rows, _("trial balance %(days)s") % {"days": days_of(form)})


class JournalCsvView(View):
    """Every leg of every entry as a file, streamed."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Stream the rows; for a wrong choice go to the page, which says what is wrong."""
        form = SpanForm(request.GET)
        if not form.is_valid():
            return back_to("referrals-trial-balance", request)
        rows = journal_rows(
            form.span, zone=form.selected_zone, program=form.cleaned_data["program"]
        )
        return csv_file(rows, _("journal %(days)s") % {"days": days_of(form)})


class BookedAsView(View):
    """Say how the costs of a program are booked: a label on what is shown and exported."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep it, and go back to the accounts."""
        program = get_object_or_404(Program, pk=pk)
        form = BookedAsForm(request.POST, instance=program, prefix=f"program-{pk}")
        if form.is_valid():
            form.save()
            messages.success(request, _("The accounts of this program are labelled so."))
        else:
            messages.error(request, _("Choose one of the labels; nothing was changed."))
        return redirect("oscar_referrals_dashboard:referrals-trial-balance")


class AccountListView(FilteredListView):
    """Every single account with its balance, found by person, program and kind."""

    template_name = "oscar_referrals/dashboard/account_list.html"
    title = gettext_lazy("All accounts")
    filter_class = AccountFilter
    table_class = AccountTable

    def get_rows(self) -> QuerySet[LedgerAccount]:
        """Accounts with their program and person."""
        return LedgerAccount.objects.select_related("program", "advocate__user")

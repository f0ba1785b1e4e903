"""The books in the dashboard: the entries with their legs, and one customer's statement."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from oscar_referrals.dashboard.downloads import csv_file, days_of
from oscar_referrals.dashboard.filters.books import LedgerFilter
from oscar_referrals.dashboard.forms.books import SpanForm
from oscar_referrals.dashboard.pages import as_key
from oscar_referrals.dashboard.tables.books import LedgerTable
from oscar_referrals.dashboard.templatetags.referral_dashboard_tags import person
from oscar_referrals.dashboard.views.lists import FilteredListView
from oscar_referrals.insight.statement import Whose, statement, statement_page, statement_rows
from oscar_referrals.members.models import Advocate
from oscar_referrals.rewards.models import LedgerEntry, Posting


class LedgerListView(FilteredListView):
    """Every entry of the books with its legs, the newest first."""

    template_name = "oscar_referrals/dashboard/ledger_list.html"
    title = gettext_lazy("Ledger")
    filter_class = LedgerFilter
    table_class = LedgerTable

    def get_rows(self) -> QuerySet[LedgerEntry]:
        """Entries with their reward and legs."""
        legs = Posting.objects.select_related("account__program").order_by("pk")
        return LedgerEntry.objects.select_related("reward__referral").prefetch_related(
            Prefetch("postings", legs)
        )


class StatementView(TemplateView):
    """All movements of one customer with the balance after each."""

    template_name = "oscar_referrals/dashboard/statement.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and one page of the movements, in an account per unit."""
        whose, name, _file = subject_of(self.kwargs)
        form = SpanForm(self.request.GET)
        form.is_valid()
        asked = self.request.GET.copy()
        asked.pop("page", None)
        number = as_key(self.request.GET.get("page"))
        page = statement_page(whose, form.span, number)
        return super().get_context_data(
            form=form,
            name=name,
            page=page,
            accounts=page.accounts,
            csv_url=f"{self.request.path}csv/",
            asked=asked.urlencode(),
            **kwargs,
        )


class StatementCsvView(View):
    """The statement as a file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Stream the rows."""
        whose, _name, subject = subject_of(kwargs)
        form = SpanForm(request.GET)
        if not form.is_valid():
            return StatementView.as_view()(request, **kwargs)
        rows = statement_rows(statement(whose, form.span), zone=form.selected_zone)
        return csv_file(
            rows, _("statement %(of)s %(days)s") % {"of": subject, "days": days_of(form)}
        )


def subject_of(kwargs: dict[str, Any]) -> tuple[Whose, str, str]:
    """Whose statement an address asks for, their name on the page, and in a file's name."""
    if "customer" in kwargs:
        user = get_object_or_404(get_user_model(), pk=kwargs["customer"])
        return Whose(user_id=user.pk), person(user), f"customer-{user.pk}"
    advocate = get_object_or_404(Advocate.objects.select_related("user"), pk=kwargs["advocate"])
    return Whose(advocate_id=advocate.pk), person(advocate.user), f"advocate-{advocate.pk}"

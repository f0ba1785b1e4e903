"""Names that advocates have chosen for the leaderboard, and taking one off it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from oscar_referrals.dashboard.filters.people import AliasFilter
from oscar_referrals.dashboard.forms.program import ReasonForm
from oscar_referrals.dashboard.tables.people import AliasTable
from oscar_referrals.dashboard.views.lists import FilteredListView
from oscar_referrals.members.alias import hide_alias, show_alias
from oscar_referrals.members.models import Advocate

LIST = "oscar_referrals_dashboard:referrals-alias-list"


class AliasListView(FilteredListView):
    """Everybody who has chosen a name, on the leaderboard or not."""

    template_name = "oscar_referrals/dashboard/alias_list.html"
    title = gettext_lazy("Leaderboard names")
    filter_class = AliasFilter
    table_class = AliasTable

    def get_rows(self) -> QuerySet[Advocate]:
        """Advocates with their account and program."""
        return Advocate.objects.exclude(alias="").select_related("user", "program")


class AliasHideView(View):
    """Hide a name, with a reason that its owner reads."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hide it; without a reason nothing happens."""
        advocate = get_object_or_404(Advocate.objects.exclude(alias=""), pk=pk)
        form = ReasonForm(request.POST, needed=True)
        if form.is_valid():
            hide_alias(advocate=advocate, reason=form.cleaned_data["reason"])
            messages.success(request, _("The name is hidden. Its owner reads your reason."))
        else:
            messages.error(request, _("Please say why: the owner of the name reads it."))
        return redirect(LIST)


class AliasShowView(View):
    """Show a hidden name again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put it back."""
        show_alias(advocate=get_object_or_404(Advocate, pk=pk))
        messages.success(request, _("The name is shown again."))
        return redirect(LIST)

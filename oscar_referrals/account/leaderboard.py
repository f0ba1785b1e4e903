"""The leaderboard, and the form by which an advocate gets on it or off it again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from oscar.core.loading import get_class

from oscar_referrals import conf
from oscar_referrals.account.membership import current_membership
from oscar_referrals.account.progress_bars import successful_of
from oscar_referrals.account.signed_in import SignedIn
from oscar_referrals.insight.leaders import leaders, month_start, place_of
from oscar_referrals.members.alias import AliasRefused, set_alias
from oscar_referrals.members.badges import badges_for
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons

PageTitleMixin: Any = get_class("customer.mixins", "PageTitleMixin")
MONTH, ALL_TIME = "month", "all"


class AliasForm(forms.Form):
    """The name on the leaderboard, and whether to be there."""

    alias = forms.CharField(
        required=False, max_length=60, label=gettext_lazy("My name on the leaderboard")
    )
    on_leaderboard = forms.BooleanField(
        required=False, label=gettext_lazy("Show me on the leaderboard under this name.")
    )


@method_decorator(never_cache, name="dispatch")
class LeaderboardView(SignedIn, PageTitleMixin, TemplateView):
    """Who brought the most friends, this month or of all time. For members of the program."""

    template_name = "oscar_referrals/leaderboard.html"
    page_title = gettext_lazy("Leaderboard")
    active_tab = "referrals"
    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not conf.get().LEADERBOARD:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.advocate is None:
            return redirect("referrals:portal")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        advocate = self.advocate
        if advocate is None:
            return redirect("referrals:portal")
        form = AliasForm(request.POST)
        if form.is_valid():
            try:
                set_alias(advocate=advocate, **form.cleaned_data)
            except AliasRefused as refused:
                form.add_error("alias", reasons.shopper_text(refused.refusal.reason))
            else:
                messages.success(request, _said(advocate))
                return redirect("referrals:leaderboard")
        return self.render_to_response(self.get_context_data(form=form))

    @property
    def advocate(self) -> Advocate | None:
        """The signed-in member; None for whoever takes no part."""
        found = current_membership(self.request)
        return found if found is not None and found.is_member else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        advocate = self.advocate
        assert advocate is not None, "checked before"
        period = ALL_TIME if self.request.GET.get("period") == ALL_TIME else MONTH
        since = month_start() if period == MONTH else None
        form = kwargs.pop("form", None) or AliasForm(
            initial={"alias": advocate.alias, "on_leaderboard": advocate.on_leaderboard}
        )
        places = leaders(advocate.program_id, since)
        return super().get_context_data(
            advocate=advocate,
            period=period,
            places=places,
            own=place_of(advocate, since),
            is_among_them=any(place.advocate == advocate.pk for place in places),
            badges=badges_for(successful_of(advocate)),
            form=form,
            **kwargs,
        )


def _said(advocate: Advocate) -> str:
    if advocate.on_leaderboard:
        return _("You are on the leaderboard as %(alias)s.") % {"alias": advocate.alias}
    return _("You are not on the leaderboard.")

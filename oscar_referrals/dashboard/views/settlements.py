"""Booking that a reward was paid outside the shop: asking, agreeing or refusing, and the list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, TemplateView

from oscar_referrals.dashboard.forms.by_hand import SettleOutsideForm
from oscar_referrals.dashboard.forms.program import ReasonForm
from oscar_referrals.dashboard.pages import key_page
from oscar_referrals.dashboard.views.by_hand import OneRewardView
from oscar_referrals.rewards.by_hand import NotPossible
from oscar_referrals.rewards.models import OutsideSettlement
from oscar_referrals.rewards.outside import (
    approve_settlement,
    refuse_settlement,
    settle_outside,
)

DETAIL = "oscar_referrals_dashboard:referrals-settlement-detail"
#: What waits is shown as a whole up to this number.
MOST_WAITING = 50


def settlements() -> QuerySet[OutsideSettlement]:
    """With the reward and the people."""
    return OutsideSettlement.objects.select_related(
        "reward__referral",
        "reward__program",
        "reward__incentive",
        "reward__advocate__user",
        "requested_by",
        "decided_by",
    )


class SettleOutsideView(OneRewardView):
    """A reward that waits for its owner was paid outside the shop."""

    form_class = SettleOutsideForm
    title = gettext_lazy("Settle a reward outside the shop")
    button = gettext_lazy("Book it as settled")
    done = gettext_lazy("The reward is booked as settled outside the shop.")
    advice = gettext_lazy(
        "For a reward that you have paid by bank transfer, in cash or in goods. It is taken off "
        "what the shop owes: whoever registers later finds it in their history and is not paid "
        "again. This can't be undone."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form asks in the reward's currency what is no money."""
        return {**super().get_form_kwargs(), "reward": self.reward}

    def do(self, form: Any) -> OutsideSettlement:
        """Book it, or ask for it."""
        data = form.cleaned_data
        return settle_outside(
            reward_id=self.kwargs["pk"],
            actor=self.request.user,
            note=data["reason"],
            reference=data["reference"],
            amount=data.get("amount"),
            customer_note=data["customer_note"],
            token=data["token"],
        )

    def after(self, asked: OutsideSettlement) -> HttpResponse:
        """The settlement says whether another person has to agree."""
        if asked.state == OutsideSettlement.State.WAITING:
            messages.info(self.request, _("A second person has to agree. Nothing is booked yet."))
        else:
            messages.success(self.request, str(self.done))
        return redirect(DETAIL, pk=asked.pk)


class SettlementListView(TemplateView):
    """What waits for a second person, and what was decided."""

    template_name = "oscar_referrals/dashboard/settlement_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What waits first, the oldest of it on top; then a page of the rest."""
        waits = OutsideSettlement.State.WAITING
        waiting = settlements().filter(state=waits).order_by("pk")
        return super().get_context_data(
            waiting=list(waiting[:MOST_WAITING]),
            page=key_page(settlements().exclude(state=waits), self.request.GET),
            **kwargs,
        )


class SettlementDetailView(DetailView):
    """One settlement: what was paid, why, by what it is found, and the two answers."""

    template_name = "oscar_referrals/dashboard/settlement_detail.html"
    context_object_name = "asked"

    def get_queryset(self) -> QuerySet[OutsideSettlement]:
        """With the reward and the people."""
        return settlements()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether this person may agree to it."""
        kwargs.setdefault("form", ReasonForm(needed=True))
        is_own = self.object.requested_by_id == self.request.user.pk
        return super().get_context_data(is_own_request=is_own, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Agree, or refuse with a reason."""
        self.object = get_object_or_404(settlements(), pk=pk)
        try:
            if "approve" in request.POST:
                approve_settlement(settlement_id=pk, actor=request.user)
                messages.success(request, str(SettleOutsideView.done))
            else:
                form = ReasonForm(request.POST, needed=True)
                if not form.is_valid():
                    return self.render_to_response(self.get_context_data(form=form))
                note = form.cleaned_data["reason"]
                refuse_settlement(settlement_id=pk, actor=request.user, note=note)
                messages.success(
                    request, _("It was refused. The reward waits for its owner again.")
                )
        except NotPossible as refusal:
            messages.error(request, str(refusal))
        return redirect(DETAIL, pk=pk)

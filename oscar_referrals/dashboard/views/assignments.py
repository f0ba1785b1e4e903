"""Crediting orders by hand: asking, agreeing or refusing, and what friends asked for late."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, TemplateView

from oscar_referrals.attribution.assignment_plan import CannotAssign, Plan
from oscar_referrals.attribution.assignments import Assignment, LateClaim
from oscar_referrals.attribution.explain import explain
from oscar_referrals.attribution.late_claims import decline_late_claim, suggested_codes
from oscar_referrals.dashboard.forms.assignments import AssignForm, DeclineForm
from oscar_referrals.dashboard.forms.program import ReasonForm
from oscar_referrals.dashboard.pages import key_page
from oscar_referrals.rewards.assign import (
    approve_assignment,
    look,
    order_numbered,
    refuse_assignment,
    request_assignment,
)
from oscar_referrals.rewards.by_hand import NotPossible
from oscar_referrals.rewards.stakes import needs_another, value_of

NAMESPACE = "oscar_referrals_dashboard"
#: What waits is shown as a whole up to this number.
MOST_WAITING = 50


def assignments() -> QuerySet[Assignment]:
    """With the people and the code."""
    return Assignment.objects.select_related(
        "code__advocate__user", "program", "requested_by", "decided_by", "late_claim", "referral"
    )


class AssignmentListView(TemplateView):
    """What waits for a second person, what friends say, and what was decided."""

    template_name = "oscar_referrals/dashboard/assignment_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What waits first, the oldest of it on top; then a page of the rest."""
        waiting = assignments().filter(state=Assignment.State.WAITING).order_by("pk")
        late = LateClaim.objects.filter(state=LateClaim.State.WAITING).order_by("pk")
        page = key_page(assignments().exclude(state=Assignment.State.WAITING), self.request.GET)
        return super().get_context_data(
            waiting=list(waiting[:MOST_WAITING]),
            late_claims=list(late[:MOST_WAITING]),
            page=page,
            **kwargs,
        )


class AssignView(FormView):
    """One order: first what it would do, then the button that does it."""

    template_name = "oscar_referrals/dashboard/assignment_form.html"
    form_class = AssignForm

    def get_initial(self) -> dict[str, Any]:
        """A link may name the order, the code and a friend's claim."""
        asked = self.request.GET
        return {name: asked.get(name, "") for name in ("order", "code", "late")}

    def form_valid(self, form: AssignForm) -> HttpResponse:
        """Show what it does; do it when that was seen."""
        data = form.cleaned_data
        try:
            plan = look(order=data["order"], code=data["code"], actor=self.request.user)
            if "do" not in self.request.POST:
                return self.render_to_response(self._preview(form, plan))
            asked = request_assignment(
                order=data["order"],
                code=data["code"],
                actor=self.request.user,
                note=data["reason"],
                evidence=data["evidence"],
                late_claim=self._late_claim(data),
            )
        except (CannotAssign, NotPossible) as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        if asked.state == Assignment.State.WAITING:
            messages.info(self.request, _("A second person has to agree. Nothing is credited yet."))
        else:
            messages.success(self.request, _("The order was credited."))
        return redirect(f"{NAMESPACE}:referrals-assignment-detail", pk=asked.pk)

    def _late_claim(self, data: dict[str, Any]) -> LateClaim | None:
        """The friend's claim that is answered, if it is about this order."""
        if not data.get("late"):
            return None
        return LateClaim.objects.filter(
            pk=data["late"], order_number=str(data["order"].number)
        ).first()

    def _preview(self, form: AssignForm, plan: Plan) -> dict[str, Any]:
        value = value_of(plan)
        return self.get_context_data(
            form=form,
            plan=plan,
            value=value,
            needs_another=needs_another(value, plan.order.currency),
            story=explain(str(plan.order.number)),
        )


class AssignmentDetailView(DetailView):
    """One request: what it says, what would come of it, and the two answers."""

    template_name = "oscar_referrals/dashboard/assignment_detail.html"
    context_object_name = "asked"

    def get_queryset(self) -> QuerySet[Assignment]:
        """With the people and the code."""
        return assignments()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether it can still be done, and by this person."""
        kwargs.setdefault("form", ReasonForm(needed=True))
        asked: Assignment = self.object
        plan, problem = None, ""
        if asked.state == Assignment.State.WAITING:
            plan, problem = self._plan(asked)
        return super().get_context_data(
            plan=plan,
            # It may have come to be worth something else while it waited.
            value=value_of(plan) if plan is not None else None,
            problem=problem,
            is_own_request=asked.requested_by_id == self.request.user.pk,
            story=explain(asked.order_number),
            **kwargs,
        )

    def _plan(self, asked: Assignment) -> tuple[Plan | None, str]:
        order = order_numbered(asked.order_number)
        if order is None:
            return None, _("The order does not exist any more.")
        try:
            return look(
                order=order, code=asked.code, actor=self.request.user, now=asked.requested_at
            ), ""
        except CannotAssign as refusal:
            return None, str(refusal)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Agree, or refuse with a reason."""
        self.object = get_object_or_404(assignments(), pk=pk)
        try:
            if "approve" in request.POST:
                approve_assignment(assignment_id=pk, actor=request.user)
                messages.success(request, _("The order was credited."))
            else:
                form = ReasonForm(request.POST, needed=True)
                if not form.is_valid():
                    return self.render_to_response(self.get_context_data(form=form))
                note = form.cleaned_data["reason"]
                refuse_assignment(assignment_id=pk, actor=request.user, note=note)
                messages.success(request, _("It was refused. Nothing was credited."))
        except (CannotAssign, NotPossible) as refusal:
            messages.error(request, str(refusal))
        return redirect(f"{NAMESPACE}:referrals-assignment-detail", pk=pk)


class LateClaimView(DetailView):
    """What a friend said after the order; staff credit it by hand, or decline."""

    template_name = "oscar_referrals/dashboard/late_claim.html"
    context_object_name = "late"
    queryset = LateClaim.objects.select_related("user", "decided_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whom the friend may mean, and what is known of the order."""
        kwargs.setdefault("form", DeclineForm())
        late: LateClaim = self.object
        waits = late.state == LateClaim.State.WAITING
        return super().get_context_data(
            codes=suggested_codes(late) if waits else [],
            story=explain(late.order_number),
            assignments=late.assignments.select_related("code").order_by("-pk"),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decline, with a reason."""
        self.object = get_object_or_404(self.queryset, pk=pk)
        form = DeclineForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            declined = decline_late_claim(
                late_claim_id=pk,
                actor=request.user,
                note=form.cleaned_data["reason"],
                customer_note=form.cleaned_data["customer_note"],
            )
        except CannotAssign as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form))
        if declined:
            messages.success(request, _("The claim was declined."))
        else:
            messages.error(request, _("Somebody has decided about this already."))
        return redirect(f"{NAMESPACE}:referrals-assignment-list")

"""Pause, resume, end and stop a program, each after a page that says what happens to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from oscar_referrals.dashboard.consequences import consequences_of
from oscar_referrals.dashboard.forms.program import ReasonForm
from oscar_referrals.insight.standing import standing_of
from oscar_referrals.programs import lifecycle
from oscar_referrals.programs.models import Program

Status = Program.Status


@dataclass(frozen=True, kw_only=True)
class Action:
    """One of the buttons of a program."""

    name: str
    label: Promise
    question: Promise
    done: Promise
    service: Callable[..., Program]
    #: The state that the program gets.
    status: str
    style: str
    needs_reason: bool = False


ACTIONS = (
    Action(
        name="pause",
        label=_("Pause"),
        question=_("Pause “%(program)s”?"),
        done=_("“%(program)s” is paused."),
        service=lifecycle.pause,
        status=Status.PAUSED,
        style="secondary",
    ),
    Action(
        name="resume",
        label=_("Resume"),
        question=_("Resume “%(program)s”?"),
        done=_("“%(program)s” is live again."),
        service=lifecycle.resume,
        status=Status.LIVE,
        style="success",
    ),
    Action(
        name="end",
        label=_("End program"),
        question=_("End “%(program)s”?"),
        done=_("“%(program)s” has ended."),
        service=lifecycle.end,
        status=Status.ENDED,
        style="secondary",
    ),
    Action(
        name="stop",
        label=_("Stop now"),
        question=_("Stop “%(program)s” now?"),
        done=_("“%(program)s” was stopped. Codes are refused from now on."),
        service=lifecycle.stop,
        status=Status.STOPPED,
        style="danger",
        needs_reason=True,
    ),
)


def actions_for(program: Program) -> list[Action]:
    """The buttons that the program has in its present state."""
    return [action for action in ACTIONS if lifecycle.may_become(program, action.status)]


class LifecycleView(FormView):
    """The confirmation page of one button; only its POST changes anything."""

    template_name = "oscar_referrals/dashboard/lifecycle.html"
    form_class = ReasonForm
    # Each address sets its own: `as_view(action=…)`.
    action: Action = ACTIONS[0]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send the operator back when the button is not (or no longer) there."""
        self.program = get_object_or_404(
            Program.objects.select_related("current_version"), pk=kwargs["pk"]
        )
        if not lifecycle.may_become(self.program, self.action.status):
            messages.info(
                request,
                _("“%(program)s” is %(status)s; nothing was changed.")
                % {"program": self.program, "status": self.program.get_status_display().lower()},
            )
            return self._to_program()
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Stopping needs a reason; the others may have one."""
        return {**super().get_form_kwargs(), "needed": self.action.needs_reason}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The question and the consequences."""
        now = timezone.now()
        standing = standing_of(self.program, now)
        return super().get_context_data(
            program=self.program,
            action=self.action,
            question=self.action.question % {"program": self.program},
            consequences=consequences_of(self.action.name, self.program, standing, now),
            **kwargs,
        )

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        """Do it, or say why it cannot be done."""
        try:
            self.action.service(
                program=self.program,
                actor=self.request.user,
                reason=form.cleaned_data["reason"],
            )
        except lifecycle.NotPossible as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, self.action.done % {"program": self.program})
        return self._to_program()

    def _to_program(self) -> HttpResponse:
        return redirect("oscar_referrals_dashboard:referrals-program-detail", pk=self.program.pk)

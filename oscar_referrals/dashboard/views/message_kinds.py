"""The kinds of messages: what is sent when and how often, how it looks, and what is left out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from oscar_referrals.dashboard.pages import as_key
from oscar_referrals.messages import overview, preferences, texts
from oscar_referrals.messages.compose import BrokenText
from oscar_referrals.messages.kinds import KINDS, Kind
from oscar_referrals.messages.models import MessageSwitch
from oscar_referrals.messages.samples import preview
from oscar_referrals.programs.models import Incentive, Program

KIND_PAGE = "oscar_referrals_dashboard:referrals-message-kind"
#: May edit Oscar's texts.
EDIT_TEXTS = "communication.change_communicationeventtype"


def kind_or_404(event: str) -> Kind:
    """The kind by its event."""
    if event not in KINDS:
        raise Http404(event)
    return KINDS[event]


def programs() -> list[Program]:
    """Those that have promised something, the live ones first."""
    found = Program.objects.exclude(current_version=None).select_related("current_version", "site")
    return sorted(found, key=lambda program: program.status != Program.Status.LIVE)


def chosen(request: HttpRequest, among: list[Program]) -> Program | None:
    """The program that ``?program=`` names; else the first one."""
    wanted = request.GET.get("program", "")
    return next((item for item in among if str(item.pk) == wanted), among[0] if among else None)


class KindListView(TemplateView):
    """All kinds, with what became of them in one program in the last 30 days."""

    template_name = "oscar_referrals/dashboard/message_kinds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The kinds by side; four queries however many messages there are."""
        among = programs()
        program = chosen(self.request, among)
        counted = overview.outcomes(program, timezone.now()) if program is not None else {}
        off = set(
            MessageSwitch.objects.filter(program=program).values_list("event", flat=True)
            if program is not None
            else []
        )
        edited = texts.edited_events()
        sides = [
            (
                side.label,
                [
                    (
                        kind,
                        counted.get(kind.event, overview.Outcome()),
                        kind.event in off,
                        kind.event in edited,
                    )
                    for kind in KINDS.values()
                    if kind.to == side
                ],
            )
            for side in (Incentive.Side.ADVOCATE, Incentive.Side.FRIEND)
        ]
        return super().get_context_data(
            sides=sides, programs=among, program=program, days=overview.PERIOD.days, **kwargs
        )


class KindView(TemplateView):
    """One kind with sample data, in each language."""

    template_name = "oscar_referrals/dashboard/message_kind.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The preview, or why there is none."""
        kind = kind_or_404(kwargs["event"])
        among = programs()
        program = chosen(self.request, among)
        languages = dict(settings.LANGUAGES)
        language = self.request.GET.get("language") or get_language() or settings.LANGUAGE_CODE
        if language not in languages:
            language = settings.LANGUAGE_CODE
        context = super().get_context_data(
            kind=kind,
            programs=among,
            program=program,
            languages=languages.items(),
            language=language,
            is_edited=kind.event in texts.edited_events(),
            may_edit=self.request.user.has_perm(EDIT_TEXTS),
            **kwargs,
        )
        if program is None or program.current_version is None:
            return context
        version = program.current_version
        context["is_off"] = preferences.is_off(program, kind.event)
        try:
            context["preview"] = preview(kind, version, language)
        except BrokenText as error:
            context["mistake"] = str(error)
        return context


class KindActionView(View, ABC):
    """A button on a kind's page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, event: str) -> HttpResponse:
        """Do it and go where it leads."""
        return self.act(request, kind_or_404(event))

    @abstractmethod
    def act(self, request: HttpRequest, kind: Kind) -> HttpResponse:
        """What the button does."""


class SwitchView(KindActionView):
    """Leaves a kind out of a program, or sends it again."""

    def act(self, request: HttpRequest, kind: Kind) -> HttpResponse:
        """The button says which; pressing it twice changes nothing more."""
        program = get_object_or_404(Program, pk=as_key(request.POST.get("program")))
        if request.POST.get("send") == "no":
            staff: Any = request.user
            MessageSwitch.objects.get_or_create(
                program=program, event=kind.event, defaults={"switched_off_by": staff}
            )
            messages.success(request, _("This message is not sent any more in this program."))
        else:
            MessageSwitch.objects.filter(program=program, event=kind.event).delete()
            messages.success(request, _("This message is sent in this program."))
        return redirect(f"{reverse(KIND_PAGE, args=[kind.event])}?program={program.pk}")


class EditView(KindActionView):
    """Puts the text into the shop's database and opens Oscar's editor."""

    def act(self, request: HttpRequest, kind: Kind) -> HttpResponse:
        """Once it is there, it stays as it is until somebody edits it."""
        row = texts.start_editing(kind)
        try:
            return redirect(reverse("dashboard:comms-update", args=[row.code]))
        except NoReverseMatch:
            messages.error(request, _("This shop has left out Oscar's editor for texts."))
            return redirect(KIND_PAGE, event=kind.event)


class ResetView(KindActionView):
    """Goes back to the original text."""

    def act(self, request: HttpRequest, kind: Kind) -> HttpResponse:
        """What staff wrote is lost."""
        if texts.undo_editing(kind):
            messages.success(request, _("The original text is sent again."))
        return redirect(KIND_PAGE, event=kind.event)

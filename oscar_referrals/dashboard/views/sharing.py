"""How a program spreads: its channels and places, and the words that advocates send."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from oscar_referrals import conf
from oscar_referrals.dashboard.forms.sharing import OpeningsForm, SharingForm, language_label
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.sharing.offered import offer_channels, switch_placements_off

NAMESPACE = "oscar_referrals_dashboard"


class ProgramPage(TemplateView):
    """A page about one program, which everybody with the permission to see programs may read."""

    program: Program

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        programs = Program.objects.select_related("site", "current_version")
        self.program = get_object_or_404(programs, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def may_change(self) -> bool:
        """The reader may save."""
        return bool(self.request.user.has_perm("oscar_referrals.change_program"))


class SharingView(ProgramPage):
    """Channels with their order, and places, each with a switch."""

    template_name = "oscar_referrals/dashboard/sharing.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, filled with what holds now."""
        kwargs.setdefault("form", SharingForm(program=self.program))
        return super().get_context_data(program=self.program, may_change=self.may_change, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save the choice."""
        if not self.may_change:
            raise PermissionDenied
        form = SharingForm(request.POST, program=self.program)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        with transaction.atomic():
            offer_channels(program=self.program, slugs=form.chosen_channels)
            switch_placements_off(program=self.program, slugs=form.places_off)
        messages.success(request, _("Saved. It holds from now on."))
        return redirect(f"{NAMESPACE}:referrals-sharing", pk=pk)


class ShareTextsView(ProgramPage):
    """The opening words in one language, with previews; nothing is saved by looking."""

    template_name = "oscar_referrals/dashboard/share_texts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and the languages beside it."""
        kwargs.setdefault("form", self._form())
        return super().get_context_data(
            program=self.program,
            may_change=self.may_change,
            language=self._language(),
            languages=[(code, language_label(code)) for code in conf.get().languages],
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the previews, or save."""
        if not self.may_change:
            raise PermissionDenied
        form = self._form(request.POST)
        if form.is_valid() and request.POST.get("action") == "save":
            with transaction.atomic():
                form.save()
            messages.success(request, _("The words are saved. They are used from now on."))
            address = redirect(f"{NAMESPACE}:referrals-share-texts", pk=pk)
            address["Location"] += f"?language={self._language()}"
            return address
        return self.render_to_response(self.get_context_data(form=form, is_preview=form.is_valid()))

    def _form(self, data: Any = None) -> OpeningsForm:
        version = self.program.current_version
        if version is None:
            version = self.program.versions.filter(status=ProgramVersion.Status.DRAFT).first()
        return OpeningsForm(data, program=self.program, version=version, language=self._language())

    def _language(self) -> str:
        asked = self.request.POST.get("language") or self.request.GET.get("language", "")
        languages = conf.get().languages
        return asked if asked in languages else languages[0]

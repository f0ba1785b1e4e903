"""Statements in hand-written words that were refused, and the phrases that are always refused."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from oscar_referrals import conf
from oscar_referrals.dashboard.views.versions import VERSIONS
from oscar_referrals.programs.contradictions import Refused
from oscar_referrals.programs.forbidden_phrases import allow, forbid, listed_in
from oscar_referrals.programs.models import ForbiddenPhrase
from oscar_referrals.programs.refused import refused_statements
from oscar_referrals.programs.statements.forbidden import base
from oscar_referrals.programs.terms import language_name
from oscar_referrals.programs.waivers import NoReason, digest_of, waive

MAY_WAIVE = "oscar_referrals.add_statementwaiver"
MAY_CHANGE = "oscar_referrals.change_program"
LONGEST_PHRASE = ForbiddenPhrase._meta.get_field("phrase").max_length


class StatementsView(TemplateView):
    """What is refused in the words for a version; a person may let each statement pass."""

    template_name = "oscar_referrals/dashboard/statements.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The refused statements, and those that were let pass."""
        version = get_object_or_404(VERSIONS, pk=self.kwargs["pk"])
        return super().get_context_data(
            version=version,
            program=version.program,
            refused=[(one, digest_of(one.finding)) for one in refused_statements(version)],
            waivers=version.statement_waivers.select_related("waived_by"),
            may_waive=self.request.user.has_perm(MAY_WAIVE),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let one statement pass, if it is still refused."""
        if not request.user.has_perm(MAY_WAIVE):
            raise PermissionDenied
        version = get_object_or_404(VERSIONS, pk=pk)
        refused = find(refused_statements(version), request.POST.get("statement", ""))
        if refused is None:
            messages.info(request, _("This statement is not refused any more."))
        else:
            tell_waived(request, refused, version)
        return redirect("oscar_referrals_dashboard:referrals-statements", pk=pk)


def find(refused: list[Refused], digest: str) -> Refused | None:
    """The statement that a form names."""
    return next((one for one in refused if digest_of(one.finding) == digest), None)


def tell_waived(request: HttpRequest, refused: Refused, version: Any) -> None:
    """Let it pass with the reason that was sent, and say so."""
    try:
        waive(
            finding=refused.finding,
            version=version,
            language=refused.language,
            reason=request.POST.get("reason", ""),
            actor=request.user,
        )
    except NoReason:
        messages.error(request, _("Please say why: others read it."))
    else:
        messages.success(
            request,
            _("“%(figure)s” passes in this sentence, for this version.")
            % {"figure": refused.finding.figure},
        )


class PhrasesView(TemplateView):
    """The phrases that no words may have, per language; the shop adds its own and allows some."""

    template_name = "oscar_referrals/dashboard/phrases.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list of one language."""
        language = self._language()
        return super().get_context_data(
            language=language,
            languages=[(code, language_name(code)) for code in conf.get().languages],
            phrases=listed_in(language),
            longest=LONGEST_PHRASE,
            may_change=self.request.user.has_perm(MAY_CHANGE),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Forbid a phrase, or allow one."""
        if not request.user.has_perm(MAY_CHANGE):
            raise PermissionDenied
        language, phrase = self._language(), request.POST.get("phrase", "").strip()
        if not any(char.isalnum() for char in phrase) or len(phrase) > (LONGEST_PHRASE or 0):
            messages.error(
                request,
                _("Write a phrase of at most %(number)d characters.") % {"number": LONGEST_PHRASE},
            )
        elif request.POST.get("action") == "allow":
            allow(language=base(language), phrase=phrase)
            messages.success(request, _("“%(phrase)s” is allowed.") % {"phrase": phrase})
        else:
            forbid(language=base(language), phrase=phrase)
            messages.success(
                request, _("“%(phrase)s” is refused from now on.") % {"phrase": phrase}
            )
        address = redirect("oscar_referrals_dashboard:referrals-phrases")
        address["Location"] += f"?language={language}"
        return address

    def _language(self) -> str:
        wanted = self.request.POST.get("language") or self.request.GET.get("language")
        languages = conf.get().languages
        return wanted if wanted in languages else languages[0]

"""Statements in hand-written words that were refused, and the phrases that are always refused."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from oscar_referrals import conf
from oscar_referrals.dashboard.views.versions import VERSIONS
from oscar_referrals.messages.statements import text_of_template
from oscar_referrals.programs.contradictions import Refused, contradictions
from oscar_referrals.programs.forbidden_phrases import allow, forbid, listed_in
from oscar_referrals.programs.models import ForbiddenPhrase, ProgramVersion
from oscar_referrals.programs.refused import refused_statements
from oscar_referrals.programs.statements.forbidden import base
from oscar_referrals.programs.terms import language_name
from oscar_referrals.programs.waivers import NoReason, digest_of, waive, waivers_of, withdraw

MAY_WAIVE = "oscar_referrals.add_statementwaiver"
MAY_WITHDRAW = "oscar_referrals.add_waiverwithdrawal"
MAY_CHANGE = "oscar_referrals.change_program"
#: Characters of a text that is pasted to be read.
LONGEST_TEXT = 20_000
#: What is no plain text, but the template of a mail or HTML.
MARKED = re.compile(r"\{[{%]|</?[a-z]", re.I)
LONGEST_PHRASE = ForbiddenPhrase._meta.get_field("phrase").max_length


class StatementsView(TemplateView):
    """What is refused in words about a program; a person may let each statement pass.

    Also a text that stands nowhere yet is read here: a mail, a leaflet, an advertisement.
    """

    template_name = "oscar_referrals/dashboard/statements.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The refused statements, those of ``text`` if one is given, and what was let pass."""
        version = get_object_or_404(VERSIONS, pk=self.kwargs["pk"])
        user = self.request.user
        return super().get_context_data(
            version=version,
            program=version.program,
            refused=[(one, digest_of(one.finding)) for one in refused_statements(version)],
            waivers=waivers_of(version),
            may_waive=user.has_perm(MAY_WAIVE),
            may_withdraw=user.has_perm(MAY_WITHDRAW),
            languages=[(code, language_name(code)) for code in conf.get().languages],
            longest=LONGEST_TEXT,
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Read a text, let one statement pass if it is still refused, or take that back."""
        version = get_object_or_404(VERSIONS, pk=pk)
        action = request.POST.get("action")
        if action == "check":
            return self._read(version)
        if action == "withdraw":
            withdraw_from(request, version)
        else:
            self._let_pass(version)
            if self._given()[0].strip():
                # Whoever lets a sentence of a text pass goes on with the text.
                return self._read(version)
        return redirect("oscar_referrals_dashboard:referrals-statements", pk=pk)

    def _read(self, version: ProgramVersion) -> HttpResponse:
        text, language = self._given()
        found = refused_in(version, text, language)
        context = self.get_context_data(
            text=text,
            text_language=language,
            in_text=[(one, digest_of(one.finding)) for one in found],
            is_read=bool(text.strip()),
            **self.kwargs,
        )
        return self.render_to_response(context)

    def _let_pass(self, version: ProgramVersion) -> None:
        if not self.request.user.has_perm(MAY_WAIVE):
            raise PermissionDenied
        text, language = self._given()
        known = [*refused_statements(version), *refused_in(version, text, language)]
        refused = find(known, self.request.POST.get("statement", ""))
        if refused is None:
            messages.info(self.request, _("This statement is not refused any more."))
        else:
            tell_waived(self.request, refused, version)

    def _given(self) -> tuple[str, str]:
        """The text that was pasted, and its language."""
        text = self.request.POST.get("text", "")[:LONGEST_TEXT]
        language = self.request.POST.get("language", "")
        languages = conf.get().languages
        return text, language if language in languages else languages[0]


def refused_in(version: ProgramVersion, text: str, language: str) -> list[Refused]:
    """What is refused in a text that stands nowhere yet; it may be the source of a mail."""
    if MARKED.search(text):
        text = text_of_template(text)
    return [
        Refused(finding=finding, where=_("The text below"), language=language)
        for finding in contradictions(version, text, language)
    ]


def withdraw_from(request: HttpRequest, version: ProgramVersion) -> None:
    """Refuse again what the waiver that a form names let pass, and say so."""
    if not request.user.has_perm(MAY_WITHDRAW):
        raise PermissionDenied
    number = request.POST.get("waiver", "")
    waiver = get_object_or_404(version.statement_waivers, pk=number if number.isdecimal() else None)
    try:
        withdraw(waiver=waiver, reason=request.POST.get("reason", ""), actor=request.user)
    except NoReason:
        messages.error(request, _("Please say why: others read it."))
    else:
        messages.success(
            request,
            _("“%(figure)s” is refused in this sentence again.") % {"figure": waiver.figure},
        )


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

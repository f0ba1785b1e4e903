"""Refused statements of a page, in Wagtail's admin: look at them, and let some pass."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from oscar_referrals.programs.contradictions import Refused
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.waivers import NoReason, digest_of, waive, waivers_of, withdraw
from wagtail_referrals.compat import base_page
from wagtail_referrals.models import ReferralTermsMixin
from wagtail_referrals.page_statements import can_speak, is_read, refused_on, version_for
from wagtail_referrals.readiness import refused_on_page

NAME = "referral_statements"
MAY_WAIVE = "oscar_referrals.add_statementwaiver"
MAY_WITHDRAW = "oscar_referrals.add_waiverwithdrawal"


class StatementsView(WagtailAdminTemplateMixin, TemplateView):
    """What is refused in the page as it was saved last, each with what would be right."""

    template_name = "wagtail_referrals/statements.html"
    page_title = gettext_lazy("Refused statements")
    header_icon = "warning"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For those who may edit the page."""
        page = get_object_or_404(base_page(), pk=kwargs["pk"])
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        saved = page.get_latest_revision_as_object()
        if not isinstance(saved, ReferralTermsMixin) and not is_read(saved):
            raise Http404
        self.page = saved
        self.version = _version_of(saved, request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Back to the editor."""
        editor = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *super().get_breadcrumbs_items(),
            {"url": editor, "label": self.page.title},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The refused statements, and those that were let pass."""
        waivers = waivers_of(self.version) if self.version else []
        return super().get_context_data(
            version=self.version,
            is_terms=isinstance(self.page, ReferralTermsMixin),
            refused=[(one, digest_of(one.finding)) for one in self._refused()],
            waivers=waivers,
            may_waive=self.request.user.has_perm(MAY_WAIVE),
            may_withdraw=self.request.user.has_perm(MAY_WITHDRAW),
            editor_url=reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            media=Media(css={"all": ["wagtail_referrals/reports.css"]}),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let one statement pass, if it is still refused, or take that back."""
        if request.POST.get("action") == "withdraw" and self.version is not None:
            self._withdraw()
            return redirect(NAME, pk=pk)
        if not request.user.has_perm(MAY_WAIVE):
            raise PermissionDenied
        wanted = request.POST.get("statement", "")
        for refused in self._refused():
            if digest_of(refused.finding) == wanted:
                self._waive(refused)
        return redirect(NAME, pk=pk)

    def _refused(self) -> list[Refused]:
        if self.version is None:
            return []
        is_terms = isinstance(self.page, ReferralTermsMixin)
        refused = (refused_on_page if is_terms else refused_on)(self.page, self.version)
        return list(dict.fromkeys(refused))

    def _withdraw(self) -> None:
        assert self.version is not None
        if not self.request.user.has_perm(MAY_WITHDRAW):
            raise PermissionDenied
        number = self.request.POST.get("waiver", "")
        waiver = get_object_or_404(
            self.version.statement_waivers, pk=number if number.isdecimal() else None
        )
        try:
            withdraw(
                waiver=waiver, reason=self.request.POST.get("reason", ""), actor=self.request.user
            )
        except NoReason:
            messages.error(self.request, _("Please say why: others read it."))
        else:
            messages.success(
                self.request,
                _("“%(figure)s” is refused in this sentence again.") % {"figure": waiver.figure},
            )

    def _waive(self, refused: Refused) -> None:
        assert self.version is not None
        try:
            waive(
                finding=refused.finding,
                version=self.version,
                language=refused.language,
                reason=self.request.POST.get("reason", ""),
                actor=self.request.user,
            )
        except NoReason:
            messages.error(self.request, _("Please say why: others read it."))
        else:
            messages.success(
                self.request,
                _("“%(figure)s” passes in this sentence, for this version.")
                % {"figure": refused.finding.figure},
            )


def _version_of(page: Any, request: HttpRequest) -> ProgramVersion | None:
    """The version that a terms page's words are for; for another page the live one."""
    if not isinstance(page, ReferralTermsMixin):
        return version_for(page, request)
    wanted = page.words_for_id()
    if wanted is None:
        return None
    return ProgramVersion.objects.filter(pk=wanted).select_related("program").first()


def urls() -> list[URLPattern]:
    """The one page."""
    return [path("referral-statements/<int:pk>/", StatementsView.as_view(), name=NAME)]


def header_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    """The way there from a page that speaks of the program, and from its editor."""
    if page.permissions_for_user(user).can_edit() and _has_statements(page):
        yield Button(
            _("Refused statements"),
            url=reverse(NAME, args=[page.pk]),
            icon_name="warning",
            priority=60,
        )


def _has_statements(page: Any) -> bool:
    kind = page.specific_class or base_page()
    if issubclass(kind, ReferralTermsMixin):
        return True
    return can_speak(kind) and is_read(page.get_latest_revision_as_object())

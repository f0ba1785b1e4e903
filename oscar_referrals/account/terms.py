"""The frozen terms as a page, for shops that have no pages of their own for them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, View
from oscar.core.loading import get_class

from oscar_referrals.programs.live import live_offer
from oscar_referrals.programs.models import ProgramVersion, TermsVersion

PageTitleMixin: Any = get_class("customer.mixins", "PageTitleMixin")


def terms_of(
    version: ProgramVersion, language: str | None = None, *, for_a_link: bool = False
) -> TermsVersion | None:
    """The latest words of a version in ``language`` (default: the active one), else in another.

    The caller must show which language it got: nobody accepts words taken for another language's.
    ``for_a_link`` leaves the documents themselves where they are: reading one is a query then.
    """
    wanted = language or get_language()
    rows = version.terms_versions.order_by("language", "-sequence")
    editions = list(rows.defer("html", "text") if for_a_link else rows)
    own = [item for item in editions if item.language == wanted]
    # `en` serves a shopper of `en-gb`, and the other way round.
    near = [item for item in editions if _base(item.language) == _base(wanted)]
    return next(iter([*own, *near, *editions]), None)


def _base(language: str | None) -> str:
    return (language or "").split("-")[0]


class TermsView(PageTitleMixin, DetailView):
    """One frozen edition, exactly as it was accepted; old ones stay readable for good."""

    queryset = TermsVersion.objects.select_related("version__program")
    template_name = "oscar_referrals/terms.html"
    context_object_name = "terms"
    page_title = _("Terms of the referral program")
    active_tab = "referrals"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        terms = self.object
        is_current = terms.version_id == terms.version.program.current_version_id
        return super().get_context_data(
            editions=self._in_other_languages(),
            is_other_language=_base(terms.language) != _base(get_language()),
            is_current=is_current and terms == terms_of(terms.version, terms.language),
            **kwargs,
        )

    def _in_other_languages(self) -> list[TermsVersion]:
        newest: dict[str, TermsVersion] = {}
        for item in self.object.version.terms_versions.order_by("language", "-sequence"):
            newest.setdefault(item.language, item)
        newest.pop(self.object.language, None)
        return list(newest.values())


class CurrentTermsView(View):
    """Leads to the terms that somebody who joins today accepts."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        offer = live_offer(request)
        terms = terms_of(offer.version) if offer else None
        if terms is None:
            return redirect("referrals:portal")
        return redirect("referrals:terms", pk=terms.pk)

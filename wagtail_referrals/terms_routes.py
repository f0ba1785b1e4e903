"""The addresses below a terms page: earlier terms, the list of them, and what changed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from oscar_referrals.money import format_day
from oscar_referrals.programs.models import TermsVersion
from wagtail_referrals.comparison import compare
from wagtail_referrals.frozen_terms import Edition, editions_of, terms_at


class TermsRoutes(RoutablePageMixin):
    """Makes everything that was ever in force readable; all else below the page is not found."""

    program_id: int

    @property
    def terms_language(self) -> str:
        """The language whose terms are shown."""
        raise NotImplementedError

    def get_cached_paths(self) -> list[str]:
        """What changes with the words in force; comparisons that were asked for are left out.

        The words of an edition stay; the notice above them that others are in force comes later.
        """
        editions = editions_of(self.program_id, self.terms_language)
        versions = sorted({f"/version/{item.number}/" for item in editions})
        each = [f"/version/{item.number}/edition/{item.sequence}/" for item in editions]
        return ["/", "/versions/", "/changes/", *versions, *each]

    @path("version/<int:number>/", name="terms_version")
    @path("version/<int:number>/edition/<int:sequence>/", name="terms_edition")
    def terms_version(
        self, request: HttpRequest, number: int, sequence: int | None = None
    ) -> HttpResponse:
        """The words of one version, in its last edition or the one asked for."""
        terms = terms_at(self.program_id, self.terms_language, number, sequence)
        if terms is None:
            raise Http404
        return self.render(request, context_overrides=self.context_of(terms, is_looked_up=True))

    @path("versions/", name="terms_versions")
    def terms_versions(self, request: HttpRequest) -> HttpResponse:
        """The list of all versions and editions, with the days on which they came into force."""
        editions = editions_of(self.program_id, self.terms_language)
        if not editions:
            raise Http404
        return self.render(
            request,
            template="wagtail_referrals/terms_versions.html",
            context_overrides={"editions": list(_with_previous(editions))},
        )

    @path("changes/", name="terms_changes")
    def terms_changes(self, request: HttpRequest) -> HttpResponse:
        """What changed from one edition to another (``?from=1-1&to=2-1``); else to the newest."""
        editions = editions_of(self.program_id, self.terms_language)
        if len(editions) < 2:
            raise Http404
        older = _named(editions, request.GET.get("from"), editions[1])
        newer = _named(editions, request.GET.get("to"), editions[0])
        # Whatever is asked for, what was first stands first.
        newer, older = sorted([older, newer], key=editions.index)
        before, after = (
            terms_at(self.program_id, self.terms_language, item.number, item.sequence)
            for item in (older, newer)
        )
        return self.render(
            request,
            template="wagtail_referrals/terms_changes.html",
            context_overrides={
                "editions": editions,
                "older": older,
                "newer": newer,
                "sections": compare(before.html, after.html) if before and after else [],
            },
        )

    def context_of(self, terms: TermsVersion, *, is_looked_up: bool = False) -> dict[str, Any]:
        """What the template needs to show some frozen terms."""
        return {
            "terms": terms,
            "program": terms.version.program,
            "frozen_on": format_day(terms.frozen_at),
            "document": mark_safe(terms.html),
            "is_looked_up": is_looked_up,
        }


def _named(editions: list[Edition], key: str | None, default: Edition) -> Edition:
    if key is None:
        return default
    for edition in editions:
        if edition.key == key:
            return edition
    raise Http404


def _with_previous(editions: list[Edition]) -> zip[tuple[Edition, Edition | None]]:
    return zip(editions, [*editions[1:], None], strict=True)

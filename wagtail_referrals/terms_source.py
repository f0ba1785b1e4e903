"""The terms of a program come from its pages: Wagtail's end of the core's port."""

from __future__ import annotations

from oscar_referrals import conf
from oscar_referrals.programs.contradictions import Refused
from oscar_referrals.programs.models import ProgramVersion, TermsVersion
from oscar_referrals.programs.publish import PublishRefused
from oscar_referrals.programs.terms import RenderedTerms
from wagtail_referrals import readiness


class WagtailTerms:
    """Supplies what `ReferralTermsPage` (or a shop's own page with the mixin) says."""

    def problems(self, version: ProgramVersion) -> list[str]:
        """What is missing for ``version``, naming page and language; empty if all is ready."""
        return readiness.problems_of(version)

    def refused(self, version: ProgramVersion) -> list[Refused]:
        """Every statement in the pages' words that ``version`` does not bear out."""
        return readiness.refused_of(version)

    def render(self, version: ProgramVersion, language: str) -> RenderedTerms:
        """The complete terms in ``language``, from the live page.

        Where the page's words are by now for another version, or the page is gone, what was frozen
        for ``version`` stays as it is. Raises PublishRefused when there is neither.
        """
        page = readiness.page_for(version, language)
        if page is not None:
            return page.composed(version, language)
        frozen = TermsVersion.objects.filter(version=version, language=language)
        latest = frozen.order_by("-sequence").first()
        if latest is None:
            raise PublishRefused(self.problems(version))
        return RenderedTerms(html=latest.html, text=latest.text)


def is_terms_source() -> bool:
    """Whether the shop's programs take their terms from pages."""
    source = conf.get().load("TERMS_SOURCE")
    return isinstance(source, type) and issubclass(source, WagtailTerms)

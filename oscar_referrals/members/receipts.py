"""What a person accepted, as evidence: which words, when, how, and whether they are still those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from oscar_referrals.members.models import TermsAcceptance
from oscar_referrals.programs.terms import RenderedTerms, language_name, sha256_of

#: How terms are accepted, in words. A shop that calls `join` may name a way of its own.
METHODS = {
    "account": _("By pressing the button on the page “Refer a friend”"),
    "change": _("By pressing the button on the page about the changed terms"),
}


def receipts_of(user: Any) -> QuerySet[TermsAcceptance]:
    """All that the person accepted, the latest first, without the words themselves."""
    return (
        TermsAcceptance.objects.filter(advocate__user=user)
        .select_related("terms__version__program")
        .defer("terms__html", "terms__text")
    )


@dataclass(frozen=True)
class Receipt:
    """An acceptance in words, in the active language. The accepted words stay as they were."""

    acceptance: TermsAcceptance

    @property
    def language(self) -> str:
        """The language's own name."""
        return language_name(self.acceptance.language)

    @property
    def method(self) -> str:
        """How it was accepted; the shop's own word where we have none."""
        return str(METHODS.get(self.acceptance.method, self.acceptance.method))

    @property
    def is_intact(self) -> bool:
        """The stored words still have the fingerprint that was taken when they were frozen."""
        terms = self.acceptance.terms
        return sha256_of(RenderedTerms(html=terms.html, text=terms.text)) == terms.sha256

"""Advocates, what they accepted, and the index of known customers."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from oscar_referrals.admin.base import ExportAdmin, ReadOnlyAdmin, ReadOnlyInline
from oscar_referrals.admin.resources import AdvocateResource
from oscar_referrals.members.models import Advocate, KnownOrder, RewardPreference, TermsAcceptance
from oscar_referrals.members.proofs import ProvedAddress
from oscar_referrals.members.receipts import Receipt
from oscar_referrals.sharing.models import ReferralCode


class AcceptanceInline(ReadOnlyInline):
    """What an advocate accepted."""

    model = TermsAcceptance
    fields = ["terms", "accepted_at", "language", "method"]


class CodeInline(ReadOnlyInline):
    """The codes of an advocate."""

    model = ReferralCode
    fields = ["code", "created_at", "blocked_at", "blocked_reason"]


@admin.register(Advocate)
class AdvocateAdmin(ExportAdmin):
    """Who takes part."""

    resource_classes = [AdvocateResource]
    list_display = ["__str__", "program", "joined_at", "left_at", "language"]
    list_filter = ["program"]
    list_select_related = ["user", "program"]
    search_fields = ["user__email", "codes__code"]
    inlines = [CodeInline, AcceptanceInline]


@admin.register(TermsAcceptance)
class TermsAcceptanceAdmin(ReadOnlyAdmin):
    """Receipts of acceptance."""

    list_display = ["advocate", "terms", "accepted_at", "language", "method"]
    list_select_related = ["advocate__user", "terms__version__program"]
    search_fields = ["advocate__user__email"]
    fields = [
        "advocate",
        "terms",
        "edition",
        "language",
        "accepted_at",
        "way",
        "fingerprint",
        "is_intact",
        "words",
    ]
    readonly_fields = ["edition", "way", "fingerprint", "is_intact", "words"]

    @admin.display(description=_("edition"))
    def edition(self, acceptance: TermsAcceptance) -> int:
        """Which wording of the version."""
        return acceptance.terms.sequence

    @admin.display(description=_("method"))
    def way(self, acceptance: TermsAcceptance) -> str:
        """How it was accepted, in words."""
        return Receipt(acceptance).method

    @admin.display(description="SHA-256")
    def fingerprint(self, acceptance: TermsAcceptance) -> str:
        """Of both forms of the frozen words."""
        return acceptance.terms.sha256

    @admin.display(description=_("The words still have this fingerprint"), boolean=True)
    def is_intact(self, acceptance: TermsAcceptance) -> bool:
        """Worked out anew from the stored words."""
        return Receipt(acceptance).is_intact

    @admin.display(description=_("The words that were accepted"))
    def words(self, acceptance: TermsAcceptance) -> str:
        """The frozen text as it stands in the row."""
        return format_html(
            '<pre style="white-space: pre-wrap" lang="{}">{}</pre>',
            acceptance.terms.language,
            acceptance.terms.text,
        )


@admin.register(RewardPreference)
class RewardPreferenceAdmin(ReadOnlyAdmin):
    """Which of several rewards advocates want."""

    list_display = ["advocate", "choice", "incentive", "stated_at"]
    list_select_related = ["advocate__user", "incentive"]
    search_fields = ["advocate__user__email"]


@admin.register(KnownOrder)
class KnownOrderAdmin(ReadOnlyAdmin):
    """The index behind the new-customer rule; it holds no address."""

    list_display = ["order_number", "placed_at"]
    search_fields = ["=order_number"]


@admin.register(ProvedAddress)
class ProvedAddressAdmin(ReadOnlyAdmin):
    """Which accounts have proved their address by a link in a mail."""

    list_display = ["user", "proved_at"]
    list_select_related = ["user"]
    search_fields = ["user__email"]

"""Programs, their versions and the frozen terms."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from oscar_referrals.admin.base import ReadOnlyAdmin, ReadOnlyInline
from oscar_referrals.admin.columns import amount
from oscar_referrals.programs.models import (
    DraftTerms,
    ForbiddenPhrase,
    Incentive,
    IncentiveAmount,
    IncentiveProduct,
    IncentiveTier,
    Limit,
    Program,
    ProgramVersion,
    StatementWaiver,
    TermsVersion,
    WaiverWithdrawal,
)


class VersionInline(ReadOnlyInline):
    """The versions of a program."""

    model = ProgramVersion
    fk_name = "program"
    fields = ["number", "status", "published_at", "superseded_at", "published_by"]


@admin.register(Program)
class ProgramAdmin(ReadOnlyAdmin):
    """Programs of all sites."""

    list_display = ["name", "site", "status", "status_changed_at", "current_version"]
    list_filter = ["status", "site"]
    list_select_related = ["site", "current_version__program"]
    search_fields = ["name", "slug"]
    inlines = [VersionInline]


class IncentiveInline(ReadOnlyInline):
    """What each side gets under a version."""

    model = Incentive
    fields = ["side", "trigger", "number", "kind", "value_type", "percent", "validity_days"]


class LimitInline(ReadOnlyInline):
    """How much a version gives at most."""

    model = Limit
    fields = ["scope", "window", "measure", "currency", "amount"]


@admin.register(ProgramVersion)
class ProgramVersionAdmin(ReadOnlyAdmin):
    """The rules of programs at one time."""

    list_display = ["__str__", "status", "published_at", "superseded_at", "published_by"]
    list_filter = ["status", "program"]
    list_select_related = ["program", "published_by"]
    inlines = [IncentiveInline, LimitInline]


class AmountInline(ReadOnlyInline):
    """The figures of an incentive."""

    model = IncentiveAmount
    fields = ["currency", "value", "minimum", "maximum"]


@admin.register(Incentive)
class IncentiveAdmin(ReadOnlyAdmin):
    """What each side gets."""

    list_display = ["__str__", "version", "side", "trigger", "kind", "value_type", "percent"]
    list_filter = ["side", "trigger", "kind"]
    list_select_related = ["version__program"]
    inlines = [AmountInline]


@admin.register(IncentiveAmount)
class IncentiveAmountAdmin(ReadOnlyAdmin):
    """Figures per currency."""

    list_display = ["incentive", "currency", "value_in_words", "minimum_in_words"]
    list_filter = ["currency"]
    list_select_related = ["incentive"]
    value_in_words = amount("value", "currency", _("amount"))
    minimum_in_words = amount("minimum", "currency", _("minimum spend"))


@admin.register(IncentiveProduct)
class IncentiveProductAdmin(ReadOnlyAdmin):
    """Frozen product lists."""

    list_display = ["title", "product_id", "incentive"]
    list_select_related = ["incentive"]
    search_fields = ["title"]


@admin.register(IncentiveTier)
class IncentiveTierAdmin(ReadOnlyAdmin):
    """From which referral on an incentive is worth something else."""

    list_display = ["incentive", "from_number", "currency", "value", "percent"]
    list_select_related = ["incentive"]


@admin.register(Limit)
class LimitAdmin(ReadOnlyAdmin):
    """Caps and budgets."""

    list_display = ["version", "scope", "window", "measure", "currency", "amount"]
    list_filter = ["scope", "measure"]
    list_select_related = ["version__program"]


@admin.register(DraftTerms)
class DraftTermsAdmin(ReadOnlyAdmin):
    """Words typed for a version."""

    list_display = ["version", "language"]
    list_filter = ["language"]
    list_select_related = ["version__program"]


@admin.register(TermsVersion)
class TermsVersionAdmin(ReadOnlyAdmin):
    """Frozen terms."""

    list_display = ["version", "language", "sequence", "frozen_at", "sha256"]
    list_filter = ["language"]
    list_select_related = ["version__program"]
    search_fields = ["sha256"]


@admin.register(ForbiddenPhrase)
class ForbiddenPhraseAdmin(ReadOnlyAdmin):
    """What the shop has added to the phrases that no words may have, or taken from them."""

    list_display = ["phrase", "language", "is_allowed"]
    list_filter = ["language", "is_allowed"]
    search_fields = ["phrase"]


@admin.register(StatementWaiver)
class StatementWaiverAdmin(ReadOnlyAdmin):
    """Statements that a person let pass, and why."""

    list_display = ["figure", "version", "language", "kind", "waived_by", "waived_at"]
    list_filter = ["kind", "language"]
    list_select_related = ["version__program", "waived_by"]
    search_fields = ["figure", "sentence"]


@admin.register(WaiverWithdrawal)
class WaiverWithdrawalAdmin(ReadOnlyAdmin):
    """What of them is refused again."""

    list_display = ["__str__", "version", "withdrawn_by", "withdrawn_at"]
    list_select_related = ["version__program", "waiver", "withdrawn_by"]

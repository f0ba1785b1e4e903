"""Lists of entries and accounts, narrowed down."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from oscar_referrals.dashboard.filters.days import BIGGEST, DaysFilter
from oscar_referrals.insight.movements import EVENT_NAMES
from oscar_referrals.insight.people import advocates_with, search_rewards
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.chart import ACCOUNT_CHOICES
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Posting, Reward


class LedgerFilter(DaysFilter):
    """Entries of the books by what they are about, and by the accounts they moved."""

    moment = "booked_at"

    q = django_filters.CharFilter(
        label=_("Voucher code, order number, e-mail or business key"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
        max_length=254,
    )
    program = django_filters.ModelChoiceFilter(
        label=_("Program"),
        queryset=Program.objects.order_by("-pk"),
        empty_label=_("All programs"),
        field_name="reward__program",
    )
    account = django_filters.ChoiceFilter(
        label=_("Account"),
        choices=ACCOUNT_CHOICES,
        empty_label=_("All accounts"),
        method="moved",
    )
    event = django_filters.ChoiceFilter(
        label=_("Booked as"),
        choices=list(EVENT_NAMES.items()),
        empty_label=_("All events"),
    )
    # From links only: a unit, one reward, one account of one person.
    unit = django_filters.CharFilter(method="moved", widget=forms.HiddenInput, max_length=8)
    reward = django_filters.NumberFilter(widget=forms.HiddenInput, min_value=0, max_value=BIGGEST)
    number = django_filters.NumberFilter(
        method="moved", widget=forms.HiddenInput, min_value=0, max_value=BIGGEST
    )

    class Meta:
        model = LedgerEntry
        fields: list[str] = []

    def search(self, rows: QuerySet[LedgerEntry], name: str, text: str) -> QuerySet[LedgerEntry]:
        """A business key, or what `insight.people` understands."""
        if ":" in text:
            return rows.filter(key=text.strip())
        found = search_rewards(Reward.objects.all(), text)
        return rows.filter(reward__in=found.values("pk"))

    def moved(self, rows: QuerySet[LedgerEntry], name: str, value: Any) -> QuerySet[LedgerEntry]:
        """Left to `filter_queryset`: one and the same leg has to fit all of it."""
        return rows

    def filter_queryset(self, queryset: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
        """Those with a leg on the account that is asked for."""
        rows: QuerySet[LedgerEntry] = super().filter_queryset(queryset)
        asked = {
            "account__kind": self.form.cleaned_data.get("account"),
            "account__unit": self.form.cleaned_data.get("unit"),
            "account": self.form.cleaned_data.get("number"),
        }
        wanted = {name: value for name, value in asked.items() if value}
        if not wanted:
            return rows
        return rows.filter(Exists(Posting.objects.filter(entry=OuterRef("pk"), **wanted)))


class AccountFilter(django_filters.FilterSet):
    """Accounts of the books by person, program and kind."""

    q = django_filters.CharFilter(
        label=_("E-mail of the advocate"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
        max_length=254,
    )
    program = django_filters.ModelChoiceFilter(
        label=_("Program"), queryset=Program.objects.order_by("-pk"), empty_label=_("All programs")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Account"), choices=ACCOUNT_CHOICES, empty_label=_("All accounts")
    )
    balance = django_filters.ChoiceFilter(
        label=_("Balance"),
        method="with_balance",
        choices=[("open", _("Not zero"))],
        empty_label=_("All balances"),
    )

    class Meta:
        model = LedgerAccount
        fields: list[str] = []

    def search(
        self, rows: QuerySet[LedgerAccount], name: str, text: str
    ) -> QuerySet[LedgerAccount]:
        """Those of the advocates with this address."""
        return rows.filter(advocate__in=advocates_with(text))

    def with_balance(
        self, rows: QuerySet[LedgerAccount], name: str, value: str
    ) -> QuerySet[LedgerAccount]:
        """Something stands on it."""
        return rows.exclude(balance=0)

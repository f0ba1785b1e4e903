"""How operators narrow the lists down."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from oscar_referrals.attribution.models import Referral
from oscar_referrals.insight.moments import FIRST_DAY, LAST_DAY
from oscar_referrals.insight.people import advocates_with, search_referrals, search_rewards
from oscar_referrals.insight.periods import midnight
from oscar_referrals.insight.statement import EVENT_NAMES
from oscar_referrals.members.models import Advocate
from oscar_referrals.messages.kinds import KINDS
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, Program
from oscar_referrals.rewards.chart import ACCOUNT_CHOICES
from oscar_referrals.rewards.kinds import BUILT_IN, kind_of
from oscar_referrals.rewards.models import LedgerAccount, LedgerEntry, Posting, Reward

#: The largest key that a database takes.
BIGGEST = 2**63 - 1
#: Days that can be counted with in every time zone.
OF_A_SHOP = (MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY))

#: Why an order was not credited, or no longer is.
REFERRAL_REASONS = (
    reasons.OWN_CODE,
    reasons.EXISTING_CUSTOMER,
    reasons.ALREADY_REFERRED,
    reasons.BELOW_MINIMUM,
    reasons.NO_ELIGIBLE_PRODUCTS,
    reasons.CURRENCY_NOT_OFFERED,
    reasons.BETTER_OFFER,
    reasons.NO_DISCOUNT,
    reasons.CLAIM_EXPIRED,
    reasons.NOT_STARTED,
    reasons.PAUSED,
    reasons.ENDED,
    reasons.STOPPED,
    reasons.UNKNOWN_CODE,
    reasons.ORDER_CANCELLED,
    reasons.ORDER_REFUNDED,
    reasons.RELEASED_BY_STAFF,
)


#: Why a reward stands as it does.
REWARD_REASONS = (
    reasons.FIRST_ORDER,
    reasons.ORDER_UNPAID,
    reasons.NO_PAYMENT_FACTS,
    reasons.HOLD,
    reasons.TERMS_NOT_ACCEPTED,
    reasons.PAID,
    reasons.RESTORED,
    reasons.SPENT,
    reasons.SET_OFF,
    reasons.EXPIRED,
    reasons.ACCOUNT_ERASED,
    reasons.ORDER_CANCELLED,
    reasons.ORDER_REFUNDED,
    reasons.ORDER_DELETED,
    reasons.REFUNDED_BELOW_MINIMUM,
    reasons.CAP_REACHED,
    reasons.BUDGET_SPENT,
    reasons.GIVEN_BY_STAFF,
    reasons.RELEASED_BY_STAFF,
    reasons.CURRENCY_NOT_OFFERED,
)


def _reason_choices() -> list[tuple[str, str]]:
    return [(reason, reasons.staff_text(reason)) for reason in REFERRAL_REASONS]


def _reward_reason_choices() -> list[tuple[str, str]]:
    return [(reason, reasons.staff_text(reason)) for reason in REWARD_REASONS]


def _kind_choices() -> list[tuple[str, Any]]:
    return [(name, kind_of(name).label) for name in BUILT_IN]


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class DaysFilter(django_filters.FilterSet):
    """What narrows a list down to days of the shop. ``moment`` names the column."""

    moment = "created_at"

    start = django_filters.DateFilter(
        label=_("From"), method="begin", widget=DateInput, validators=OF_A_SHOP
    )
    end = django_filters.DateFilter(
        label=_("Until"), method="finish", widget=DateInput, validators=OF_A_SHOP
    )

    def begin(self, rows: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        """What happened on that day and later."""
        return rows.filter(**{f"{self.moment}__gte": midnight(day)})

    def finish(self, rows: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        """What happened on that day and earlier."""
        return rows.filter(**{f"{self.moment}__lt": midnight(day + timedelta(days=1))})


class ReferralFilter(DaysFilter):
    """Referrals by what an operator has at hand, and by what became of them."""

    q = django_filters.CharFilter(
        label=_("Order number, code or e-mail"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
        max_length=254,
    )
    program = django_filters.ModelChoiceFilter(
        label=_("Program"), queryset=Program.objects.order_by("-pk"), empty_label=_("All programs")
    )
    state = django_filters.ChoiceFilter(
        label=_("Status"), choices=Referral.State.choices, empty_label=_("All states")
    )
    reason = django_filters.ChoiceFilter(
        label=_("Reason"), choices=_reason_choices, empty_label=_("All reasons")
    )

    class Meta:
        model = Referral
        fields: list[str] = []

    def search(self, rows: QuerySet[Referral], name: str, text: str) -> QuerySet[Referral]:
        """What `insight.people` understands."""
        return search_referrals(rows, text)


class RewardFilter(DaysFilter):
    """Rewards by what an operator has at hand, and by what became of them."""

    q = django_filters.CharFilter(
        label=_("Voucher code, order number or e-mail"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
        max_length=254,
    )
    program = django_filters.ModelChoiceFilter(
        label=_("Program"), queryset=Program.objects.order_by("-pk"), empty_label=_("All programs")
    )
    side = django_filters.ChoiceFilter(
        label=_("Who gets it"), choices=Incentive.Side.choices, empty_label=_("Both sides")
    )
    state = django_filters.ChoiceFilter(
        label=_("Status"), choices=Reward.State.choices, empty_label=_("All states")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=_kind_choices, empty_label=_("All kinds")
    )
    reason = django_filters.ChoiceFilter(
        label=_("Reason"), choices=_reward_reason_choices, empty_label=_("All reasons")
    )

    class Meta:
        model = Reward
        fields: list[str] = []

    def search(self, rows: QuerySet[Reward], name: str, text: str) -> QuerySet[Reward]:
        """What `insight.people` understands."""
        return search_rewards(rows, text)


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


class AliasFilter(django_filters.FilterSet):
    """Names on the leaderboard by what they contain, and by whether they are seen."""

    alias = django_filters.CharFilter(label=_("Name"), lookup_expr="icontains")
    # Django's own choice for yes and no calls what doesn't matter "Unknown".
    hidden = django_filters.TypedChoiceFilter(
        label=_("Hidden by staff"),
        field_name="alias_hidden_at",
        lookup_expr="isnull",
        exclude=True,
        choices=(("", _("All names")), ("true", _("Yes")), ("false", _("No"))),
        coerce=lambda text: text == "true",
    )

    class Meta:
        model = Advocate
        fields: list[str] = []


class MessageFilter(django_filters.FilterSet):
    """Messages by program, kind and state."""

    program = django_filters.ModelChoiceFilter(
        label=_("Program"), queryset=Program.objects.order_by("-pk"), empty_label=_("All programs")
    )
    event = django_filters.ChoiceFilter(
        label=_("Message"),
        choices=[(kind.event, kind.name) for kind in KINDS.values()],
        empty_label=_("All kinds"),
    )
    state = django_filters.ChoiceFilter(
        label=_("Status"), choices=OutboxMessage.State.choices, empty_label=_("All states")
    )

    class Meta:
        model = OutboxMessage
        fields: list[str] = []

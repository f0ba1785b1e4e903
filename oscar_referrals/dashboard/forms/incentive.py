"""One incentive of a draft: what a side gets for what, with its figures per currency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from oscar_referrals import conf
from oscar_referrals.dashboard.forms.amounts import AmountForm
from oscar_referrals.dashboard.forms.tiers import TiersField, written
from oscar_referrals.money import to_minor
from oscar_referrals.programs.models import (
    Incentive,
    IncentiveAmount,
    IncentiveTier,
    ProgramVersion,
)
from oscar_referrals.rewards.kinds import offered_kinds

#: Days that a new draft proposes for the advocate's voucher.
USUAL_VALIDITY = 90
#: The triggers that have a number.
NUMBERED = frozenset(
    {
        Incentive.Trigger.NTH_ORDER.value,
        Incentive.Trigger.MILESTONE.value,
        Incentive.Trigger.EVERY_NTH.value,
    }
)
#: Fields that most programs never touch: they stand behind a heading that opens.
SELDOM = ("kind", "trigger", "number", "choice", "tiers")


class IncentiveForm(forms.ModelForm):
    """What one side gets, apart from the figures per currency."""

    remove = forms.BooleanField(label=_("Remove this incentive"), required=False)
    tiers = TiersField(label=_("Tiers (percentage)"), most=Decimal(100))

    class Meta:
        model = Incentive
        fields = [
            "value_type",
            "percent",
            "range",
            "validity_days",
            "kind",
            "trigger",
            "number",
            "choice",
        ]
        widgets = {"value_type": forms.RadioSelect}
        help_texts = {
            "range": _("Empty: all products. The list is frozen when you publish."),
            "percent": _("For a percentage only."),
            "number": _("Which order, how many referrals, or every how manieth."),
            "choice": _(
                "Incentives with the same word here are alternatives: the advocate chooses one in "
                "the account, and gets the first until then."
            ),
        }

    def __init__(self, *args: Any, removable: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["value_type"]).choices = Incentive.ValueType.choices
        cast(forms.ModelChoiceField, self.fields["range"]).empty_label = _("All products")
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind"), choices=_kinds(self.instance.kind), required=False
        )
        self.fields["trigger"].required = False
        if not removable:
            del self.fields["remove"]
        if self.instance.pk is None:
            self.initial["value_type"] = Incentive.ValueType.FIXED
            self.initial["validity_days"] = USUAL_VALIDITY
        else:
            tiers = [
                (tier.from_number, tier.percent)
                for tier in self.instance.tiers.all()
                if tier.percent is not None
            ]
            self.initial["tiers"] = written(tiers)
        if self.instance.side == Incentive.Side.FRIEND and not removable:
            # A friend's discount is valid as long as the claim is.
            del self.fields["validity_days"]

    @property
    def is_fixed(self) -> bool:
        """A fixed amount was chosen."""
        return self.cleaned_data.get("value_type") == Incentive.ValueType.FIXED

    @property
    def removed(self) -> bool:
        """The operator wants it gone; then nothing else of it matters."""
        return bool(self.is_bound and self.data.get(self.add_prefix("remove")))

    @property
    def is_seldom(self) -> bool:
        """Something is set that most programs don't have, or wrong: it must not be hidden."""
        if any(name in self.errors for name in SELDOM):
            return True
        usual = Incentive(side=self.instance.side)
        return bool(self.initial.get("tiers")) or any(
            (self[name].value() or "") != (getattr(usual, name) or "")
            for name in SELDOM
            if name != "tiers"
        )

    def seldom(self) -> list[forms.BoundField]:
        """The fields behind the heading."""
        return [self[name] for name in SELDOM]

    def clean(self) -> dict[str, Any]:
        """A percentage needs one, a fixed amount has none; likewise the number of a trigger."""
        data = super().clean() or self.cleaned_data
        data["kind"] = data.get("kind") or self.instance.kind
        data["trigger"] = data.get("trigger") or self.instance.trigger
        if data.get("value_type") == Incentive.ValueType.FIXED:
            data["percent"] = None
        elif "percent" in data and data["percent"] is None:
            self.add_error("percent", _("Enter the percentage."))
        if data["trigger"] not in NUMBERED:
            data["number"] = None
        elif not data.get("number") and "number" not in self.errors:
            self.add_error("number", _("Enter the number for this trigger."))
        return data


class IncentiveForms:
    """An incentive and its figures per currency, checked and saved together."""

    def __init__(
        self,
        incentive: Incentive,
        data: Mapping[str, Any] | None,
        *,
        prefix: str,
        removable: bool,
    ) -> None:
        self.prefix = prefix
        self.incentive = IncentiveForm(data, instance=incentive, prefix=prefix, removable=removable)
        saved = incentive.pk is not None
        known = {row.currency: row for row in incentive.amounts.all()} if saved else {}
        tiers = list(incentive.tiers.all()) if saved else []
        # A currency that was taken out of the settings stays visible while a draft names it.
        currencies = list(dict.fromkeys([*conf.get().currencies, *known]))
        self.amounts = [
            AmountForm(
                data,
                prefix=prefix,
                currency=currency,
                amount=known.get(currency),
                tiers=[tier for tier in tiers if tier.currency == currency],
                # A new draft proposes the shop's first currency.
                proposed=not saved and currency == currencies[0],
            )
            for currency in currencies
        ]

    def __iter__(self) -> Iterator[forms.BaseForm]:
        yield self.incentive
        yield from self.amounts

    @property
    def is_seldom(self) -> bool:
        """What most programs don't have is to be shown open."""
        return self.incentive.is_seldom or any(form.is_seldom for form in self.amounts)

    def is_valid(self) -> bool:
        """Check the incentive and every currency, together."""
        if self.incentive.removed:
            return True
        valid = [form.is_valid() for form in (self.incentive, *self.amounts)]
        free = self.incentive.cleaned_data.get("kind") == Incentive.Kind.FREE_SHIPPING
        if self.incentive.is_fixed and not free:
            for form in self.amounts:
                form.demand_value()
        return all(valid) and not any(form.errors for form in self.amounts)

    def save(self, *, version: ProgramVersion, position: int) -> None:
        """Write the incentive and its rows, or delete them."""
        if self.incentive.removed:
            if self.incentive.instance.pk is not None:
                self.incentive.instance.delete()
            return
        incentive = self.incentive.save(commit=False)
        incentive.version, incentive.position = version, position
        incentive.save()
        fixed = self.incentive.is_fixed
        tiers: list[tuple[int, str, int | None, Any]] = []
        if not fixed:
            tiers += [(n, "", None, percent) for n, percent in self.incentive.cleaned_data["tiers"]]
        for form in self.amounts:
            figures = form.figures(fixed=fixed)
            row = IncentiveAmount.objects.filter(incentive=incentive, currency=form.currency)
            if figures is None:
                row.delete()
                continue
            if not row.update(**figures):
                IncentiveAmount.objects.create(
                    incentive=incentive, currency=form.currency, **figures
                )
            if fixed:
                tiers += [
                    (n, form.currency, to_minor(value, form.currency), None)
                    for n, value in form.cleaned_data["tiers"]
                ]
        incentive.tiers.all().delete()
        for number, currency, value, percent in tiers:
            IncentiveTier.objects.create(
                incentive=incentive,
                from_number=number,
                currency=currency,
                value=value,
                percent=percent,
            )


def _kinds(chosen: str) -> list[tuple[str, str]]:
    offered = offered_kinds()
    # A kind that the shop offers no more stays visible while a draft names it.
    return offered if chosen in dict(offered) else [*offered, (chosen, chosen)]

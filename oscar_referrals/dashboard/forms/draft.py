"""One form for all that a draft version promises: its rules, both sides' discounts and its words.

People write amounts in major units (20.00); the database holds minor units (2000).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from oscar_referrals import conf
from oscar_referrals.money import currency_name, exponent, to_major, to_minor
from oscar_referrals.programs.models import (
    DraftTerms,
    Incentive,
    IncentiveAmount,
    ProgramVersion,
)
from oscar_referrals.programs.terms import language_name

LOCAL_MOMENT = "%Y-%m-%dT%H:%M"
#: Days that a new draft proposes for the advocate's voucher.
USUAL_VALIDITY = 90


class DraftGone(Exception):
    """The version was published or discarded while it was being edited."""


class RulesForm(forms.ModelForm):
    """Who may take part, and for how long what is promised holds."""

    class Meta:
        model = ProgramVersion
        fields = [
            "may_join",
            "new_customers_only",
            "cancelled_orders_count",
            "combinable",
            "claim_on_visit",
            "attribution_days",
            "hold_days",
            "wind_down_days",
            "starts_at",
            "ends_at",
        ]
        widgets = {
            name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_MOMENT)
            for name in ("starts_at", "ends_at")
        }
        help_texts = {
            "attribution_days": _("How long after taking the offer a friend can still use it."),
            "hold_days": _("Time for returns, before the advocate can spend the reward."),
            "wind_down_days": _("Friends who took the offer before can still use it so long."),
            "starts_at": _("Empty: as soon as it is published."),
            "ends_at": _("Empty: until you end it."),
        }

    def clean(self) -> dict[str, Any]:
        """A program cannot end before it starts."""
        data = super().clean() or self.cleaned_data
        starts_at, ends_at = data.get("starts_at"), data.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The end has to be after the start."))
        return data


class IncentiveForm(forms.ModelForm):
    """What one side gets, apart from the figures per currency."""

    class Meta:
        model = Incentive
        fields = ["value_type", "percent", "range", "validity_days"]
        widgets = {"value_type": forms.RadioSelect}
        help_texts = {
            "range": _("Empty: all products. The list is frozen when you publish."),
            "percent": _("For a percentage only."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["value_type"]).choices = Incentive.ValueType.choices
        cast(forms.ModelChoiceField, self.fields["range"]).empty_label = _("All products")
        if self.instance.pk is None:
            self.initial["value_type"] = Incentive.ValueType.FIXED
            self.initial["validity_days"] = USUAL_VALIDITY
        if self.instance.side == Incentive.Side.FRIEND:
            # A friend's discount is valid as long as the claim is.
            del self.fields["validity_days"]

    @property
    def is_fixed(self) -> bool:
        """A fixed amount was chosen."""
        return self.cleaned_data.get("value_type") == Incentive.ValueType.FIXED

    def clean(self) -> dict[str, Any]:
        """A percentage needs one; a fixed amount has none."""
        data = super().clean() or self.cleaned_data
        if data.get("value_type") == Incentive.ValueType.FIXED:
            data["percent"] = None
        elif "percent" in data and data["percent"] is None:
            self.add_error("percent", _("Enter the percentage."))
        return data


class AmountForm(forms.Form):
    """The figures of one side in one currency."""

    offered = forms.BooleanField(label=_("Offer it in this currency"), required=False)
    value = forms.DecimalField(label=_("Amount"), required=False)
    minimum = forms.DecimalField(label=_("Minimum spend"), required=False)
    maximum = forms.DecimalField(label=_("Maximum discount"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        side: str,
        currency: str,
        amount: IncentiveAmount | None,
        proposed: bool = False,
    ) -> None:
        initial: dict[str, Any] = {"offered": proposed or amount is not None}
        for name in ("value", "minimum", "maximum"):
            minor = getattr(amount, name, None)
            # No minimum is stored as zero and shown as an empty field.
            initial[name] = to_major(minor, currency) if minor else None
        super().__init__(data, initial=initial, prefix=f"{side}-{currency}")
        self.currency = currency
        self.currency_name = currency_name(currency)
        decimals = exponent(currency)
        for name in ("value", "minimum", "maximum"):
            self.fields[name] = forms.DecimalField(
                label=self.fields[name].label,
                required=False,
                min_value=0,
                max_digits=12,
                decimal_places=decimals,
                widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
            )

    def demand_value(self) -> None:
        """Complain when a fixed amount is offered in this currency but not given."""
        given = self.cleaned_data.get("value") or "value" in self.errors
        if self.cleaned_data.get("offered") and not given:
            self.add_error("value", _("Enter the amount."))

    def figures(self, *, fixed: bool) -> dict[str, int | None] | None:
        """The row's values in minor units; None when nothing is offered in this currency."""
        if not self.cleaned_data["offered"]:
            return None
        minor = {
            name: to_minor(self.cleaned_data[name], self.currency)
            if self.cleaned_data[name]
            else None
            for name in ("value", "minimum", "maximum")
        }
        return {
            "value": minor["value"] if fixed else None,
            "minimum": minor["minimum"] or 0,
            "maximum": None if fixed else minor["maximum"],
        }


class SideForms:
    """One side of the promise: the incentive and its figures per currency."""

    def __init__(self, version: ProgramVersion, side: str, data: Mapping[str, Any] | None) -> None:
        incentive = version.incentives.filter(side=side).first()
        self.side = side
        self.incentive = IncentiveForm(
            data, instance=incentive or Incentive(version=version, side=side), prefix=side
        )
        known = {amount.currency: amount for amount in incentive.amounts.all()} if incentive else {}
        # A currency that was taken out of the settings stays visible while a draft names it.
        currencies = list(dict.fromkeys([*conf.get().currencies, *known]))
        self.amounts = [
            AmountForm(
                data,
                side=side,
                currency=currency,
                amount=known.get(currency),
                # A new draft proposes the shop's first currency.
                proposed=incentive is None and currency == currencies[0],
            )
            for currency in currencies
        ]

    @property
    def title(self) -> str:
        """Whose side it is."""
        return str(Incentive.Side(self.side).label)

    def is_valid(self) -> bool:
        """Check the incentive and every currency, together."""
        valid = [form.is_valid() for form in (self.incentive, *self.amounts)]
        if self.incentive.is_fixed:
            for form in self.amounts:
                form.demand_value()
        return all(valid) and not any(form.errors for form in self.amounts)

    def save(self) -> None:
        """Write the incentive and its rows per currency."""
        incentive = self.incentive.save()
        for form in self.amounts:
            figures = form.figures(fixed=self.incentive.is_fixed)
            row = IncentiveAmount.objects.filter(incentive=incentive, currency=form.currency)
            if figures is None:
                row.delete()
            elif not row.update(**figures):
                IncentiveAmount.objects.create(
                    incentive=incentive, currency=form.currency, **figures
                )


class WordsForm(forms.Form):
    """The shop's own words in one language, shown under the sentences made from the rules."""

    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, data: Mapping[str, Any] | None, *, language: str, text: str) -> None:
        super().__init__(data, initial={"text": text}, prefix=f"words-{language}")
        self.language = language
        self.fields["text"].label = language_name(language)
        self.fields["text"].widget.attrs["lang"] = language


class DraftForm:
    """All forms of a draft version, checked and saved together."""

    def __init__(
        self,
        version: ProgramVersion,
        data: Mapping[str, Any] | None = None,
        *,
        with_words: bool = True,
    ) -> None:
        self.version = version
        self.rules = RulesForm(data, instance=version, prefix="rules")
        self.sides = [SideForms(version, side, data) for side in Incentive.Side.values]
        typed = dict(version.draft_terms.values_list("language", "text"))
        self.words = [
            WordsForm(data, language=language, text=typed.get(language, ""))
            for language in (conf.get().languages if with_words else ())
        ]

    def __iter__(self) -> Iterator[forms.BaseForm]:
        yield self.rules
        for side in self.sides:
            yield side.incentive
            yield from side.amounts
        yield from self.words

    def is_valid(self) -> bool:
        """Check everything, so that all mistakes are shown at once."""
        verdicts = [
            self.rules.is_valid(),
            *(side.is_valid() for side in self.sides),
            *(words.is_valid() for words in self.words),
        ]
        return all(verdicts)

    @transaction.atomic
    def save(self) -> None:
        """Write the draft. Raises DraftGone if it is none any more."""
        rows = ProgramVersion.objects.select_for_update().filter(pk=self.version.pk)
        if not rows.filter(status=ProgramVersion.Status.DRAFT).exists():
            raise DraftGone
        self.rules.save()
        for side in self.sides:
            side.save()
        for form in self.words:
            DraftTerms.objects.update_or_create(
                version=self.version,
                language=form.language,
                defaults={"text": form.cleaned_data["text"]},
            )

"""Tiers as people write them: "5: 25; 20: 40" means 25 from the fifth referral on, then 40."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

BETWEEN = "; "
#: Nobody has more friends, and no database counts much further.
LAST_NUMBER = MaxValueValidator(1_000_000)


class TiersField(forms.CharField):
    """A text that becomes a list of (number, value); empty for none."""

    def __init__(self, *, decimals: int = 2, most: Decimal, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            help_text=_("From which referral on it is worth something else, as “5: 25; 20: 40”."),
            **kwargs,
        )
        self.decimals = decimals
        self.within = MaxValueValidator(most)

    def clean(self, value: Any) -> Any:
        """Raises ValidationError for what can't be read."""
        text = super().clean(value)
        found: dict[int, Decimal] = {}
        for part in filter(None, (piece.strip() for piece in text.split(";"))):
            number, colon, worth = part.partition(":")
            try:
                key, amount = int(number), Decimal(worth.strip().replace(",", "."))
            except (ValueError, InvalidOperation) as error:
                raise forms.ValidationError(_("Write it as “5: 25; 20: 40”.")) from error
            exponent = amount.as_tuple().exponent
            if not isinstance(exponent, int):
                # "NaN" and "Infinity" are numbers for Python.
                raise forms.ValidationError(_("Write it as “5: 25; 20: 40”."))
            if not colon or key < 2 or amount <= 0 or key in found:
                raise forms.ValidationError(
                    _("Each tier begins with another referral, the second or a later one.")
                )
            if -exponent > self.decimals:
                raise forms.ValidationError(_("This has too many decimals."))
            LAST_NUMBER(key)
            self.within(amount)
            found[key] = amount
        return sorted(found.items())


def written(tiers: Iterable[tuple[int, Decimal]]) -> str:
    """The text for such a list."""
    return BETWEEN.join(f"{number}: {value.normalize():f}" for number, value in sorted(tiers))

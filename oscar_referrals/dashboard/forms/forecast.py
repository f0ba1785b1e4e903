"""Over which past a draft is played."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

USUAL_DAYS = 90


class ForecastForm(forms.Form):
    """Days, and how many advocates share the orders."""

    days = forms.IntegerField(
        label=_("What happened in the last days"), min_value=1, max_value=730, initial=USUAL_DAYS
    )
    advocates = forms.IntegerField(
        label=_("Friends of so many advocates"),
        min_value=1,
        max_value=1_000_000,
        required=False,
        help_text=_("Decides caps, tiers and goals. Empty: whatever costs most."),
    )

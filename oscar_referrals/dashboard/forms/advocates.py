"""Replacing or blocking a code, and merging two advocates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oscar_referrals.insight.search import find
from oscar_referrals.members.models import Advocate

REPLACE, BLOCK = "replace", "block"


class CodeForm(forms.Form):
    """What happens to a code, from when on, and why."""

    what = forms.ChoiceField(
        label=_("What shall happen"),
        choices=[
            (REPLACE, _("Give the advocate another code")),
            (BLOCK, _("Block the code; the advocate can get another one")),
        ],
        widget=forms.RadioSelect,
        initial=REPLACE,
    )
    days = forms.IntegerField(
        label=_("Days for which the old code still works"),
        min_value=0,
        max_value=365,
        initial=30,
        help_text=_(
            "With 0 it stops at once. A replaced code keeps what friends have claimed with it; a "
            "code that is blocked at once does not."
        ),
    )
    text = forms.CharField(
        label=_("The new code"),
        max_length=30,
        required=False,
        help_text=_("Leave it empty for a random one. Only for a code that is replaced."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For your colleagues. Customers do not read it."),
    )

    @property
    def grace(self) -> timedelta:
        """For how long the old code works."""
        return timedelta(days=self.cleaned_data["days"])


class MergeForm(forms.Form):
    """Which of the person's rows is kept, and why."""

    kept = forms.CharField(
        label=_("Code or e-mail of the advocate who is kept"),
        max_length=254,
        help_text=_("Another account of the same person, in the same program."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For your colleagues. Customers do not read it."),
    )

    def __init__(self, *args: Any, merged: Advocate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.merged = merged

    def clean_kept(self) -> Advocate:
        """The other advocate of the same program."""
        found = find(self.cleaned_data["kept"])
        rows = [
            row
            for row in found.advocates
            if row.program_id == self.merged.program_id and row.pk != self.merged.pk
        ]
        if len(rows) != 1:
            raise forms.ValidationError(
                _("No other advocate of this program has that.")
                if not rows
                else _("Several advocates of this program have that. Enter the code.")
            )
        return rows[0]

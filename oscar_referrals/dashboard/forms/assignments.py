"""Crediting an order by hand, and deciding about what others ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oscar_referrals.insight.people import advocates_with
from oscar_referrals.members.models import Advocate
from oscar_referrals.rewards.assign import LONGEST_EVIDENCE, order_numbered
from oscar_referrals.rewards.by_hand import LONGEST_NOTE
from oscar_referrals.sharing.codes import active_code, lookup


class AssignForm(forms.Form):
    """Which order, to whom, why and by what evidence."""

    order = forms.CharField(label=_("Order number"), max_length=128)
    code = forms.CharField(
        label=_("Code or e-mail of the advocate"),
        max_length=254,
        help_text=_("A code in any spelling, also one that was blocked or replaced."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For your colleagues. Customers do not read it."),
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=LONGEST_EVIDENCE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("By what you know it: a mail, a call, a screenshot and where it is kept."),
    )
    late = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def clean_order(self) -> Any:
        """The order itself."""
        found = order_numbered(self.cleaned_data["order"].strip().lstrip("#"))
        if found is None:
            raise forms.ValidationError(_("There is no order with this number."))
        return found

    def clean_code(self) -> Any:
        """The code itself: what was typed, or that of the one advocate with this address."""
        text = self.cleaned_data["code"].strip()
        if "@" not in text:
            code = lookup(text)
            if code is None:
                raise forms.ValidationError(_("There is no such code."))
            return code
        rows = Advocate.objects.filter(pk__in=advocates_with(text), merged_into=None)
        found = [code for row in rows if (code := active_code(row)) is not None]
        if not found:
            raise forms.ValidationError(_("No advocate with a code has this address."))
        if len(found) > 1:
            raise forms.ValidationError(
                _("Several advocates have this address. Enter the code: %(codes)s.")
                % {"codes": ", ".join(f"{code.pretty} ({code.program.name})" for code in found)}
            )
        return found[0]


class DeclineForm(forms.Form):
    """Why a friend's claim is declined."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For your colleagues. Customers do not read it."),
    )
    customer_note = forms.CharField(
        label=_("Note to the friend"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Optional. A friend with an account reads it where the claim was made, as you write it "
            "here. Write to a guest yourself."
        ),
    )

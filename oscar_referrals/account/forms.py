"""What a shopper fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.models import TermsVersion


class JoinForm(forms.Form):
    """Joining: the terms that were shown, and the button that accepts them."""

    terms = forms.IntegerField(widget=forms.HiddenInput)
    accept = forms.BooleanField(
        error_messages={"required": _("Please accept the terms to join.")},
    )
    show_name = forms.BooleanField(
        required=False, label=_("Friends may see my first name on my invitation.")
    )

    def __init__(self, *args: Any, terms: TermsVersion, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"terms": terms.pk})
        super().__init__(*args, **kwargs)
        self.shown = terms

    def clean_terms(self) -> int:
        """Refuse a page that was opened before the terms changed: other words were read."""
        terms = self.cleaned_data["terms"]
        if terms != self.shown.pk:
            raise forms.ValidationError(
                _("The terms have changed since you opened this page. Please read them again.")
            )
        return self.shown.pk


class RewardChoiceForm(forms.Form):
    """Which of several rewards an advocate wants: the key of its incentive."""

    reward = forms.IntegerField(min_value=1)


class ShowNameForm(forms.ModelForm):
    """May friends see the advocate's first name?"""

    class Meta:
        model = Advocate
        fields = ["show_name"]
        labels = {"show_name": _("Friends may see my first name on my invitation.")}

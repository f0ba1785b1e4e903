"""The rules of a draft, and its words in one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oscar_referrals.dashboard.forms.moments import MomentField, moment_input
from oscar_referrals.programs.drafts import RULES
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.terms import language_name
from oscar_referrals.programs.typed_words import headings_to_fill


class RulesForm(forms.ModelForm):
    """Who may take part, and for how long what is promised holds."""

    class Meta:
        model = ProgramVersion
        fields = RULES
        widgets = {
            "starts_at": moment_input(),
            "ends_at": moment_input(),
        }
        field_classes = {"starts_at": MomentField, "ends_at": MomentField}
        help_texts = {
            "attribution_days": _("How long after taking the offer a friend can still use it."),
            "link_days": _(
                "For visitors for whom the shop's consent setting says yes, an opened link is "
                "remembered so long: the discount applies by itself when they buy something."
            ),
            "credit_model": _(
                "A code that was typed counts more than a claim, and that more than an opened "
                "link, whichever came first."
            ),
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


class WordsForm(forms.Form):
    """The shop's own words in one language, shown under the sentences made from the rules."""

    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, data: Mapping[str, Any] | None, *, language: str, text: str) -> None:
        # Nobody has to know by heart what the settings leave open.
        initial = {"text": text or headings_to_fill(language)}
        super().__init__(data, initial=initial, prefix=f"words-{language}")
        self.language = language
        self.fields["text"].label = language_name(language)
        self.fields["text"].widget.attrs["lang"] = language

"""Naming a new program, and the reason for what is done by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.sites.models import Site
from django.utils.translation import gettext_lazy as _

from oscar_referrals.programs.models import Program


class ProgramForm(forms.Form):
    """The name and the site of a new program; what it promises is set in its first draft."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("For you and your colleagues. Customers read the terms, not this name."),
    )
    site = forms.ModelChoiceField(Site.objects.order_by("pk"), label=_("Site"), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = list(Site.objects.order_by("pk")[:2])
        if len(sites) == 1:
            self.fields["site"].widget = forms.HiddenInput()
            self.fields["site"].initial = sites[0].pk

    def clean_name(self) -> str:
        """Refuse a name that another program has, since lists show programs by name."""
        name = str(self.cleaned_data["name"]).strip()
        if Program.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is a program of this name already."))
        return name


class ReasonForm(forms.Form):
    """Why something is done by hand: kept with the program, or with the decision."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For your colleagues. Customers do not read it."),
    )

    def __init__(self, *args: Any, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needed

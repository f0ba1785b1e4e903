"""Choosing a code of one's own, on the account's page."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oscar_referrals import conf
from oscar_referrals.account.joining import MemberFormView
from oscar_referrals.checkout import tries
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.sharing.own_code import choose_code
from oscar_referrals.sharing.rotate import CodeRefused


class OwnCodeForm(forms.Form):
    """What the code shall be."""

    code = forms.CharField(max_length=60, label=gettext_lazy("My own code"))


class ChooseCodeView(MemberFormView):
    """Makes what was typed the primary code, or says why that can't be.

    Each refusal counts as a try (F19): else the form would tell which codes exist.
    """

    def act(self, request: HttpRequest, advocate: Advocate) -> None:
        if tries.exhausted(request, tries.OWN_CODE):
            minutes = int(conf.get().TRY_WINDOW.total_seconds() // 60)
            messages.error(request, reasons.shopper_text(reasons.TOO_MANY_TRIES, minutes=minutes))
            return
        form = OwnCodeForm(request.POST)
        text = form.cleaned_data["code"] if form.is_valid() else ""
        try:
            code = choose_code(advocate=advocate, text=text)
        except CodeRefused as refused:
            tries.count_try(request, tries.OWN_CODE)
            messages.error(request, reasons.shopper_text(refused.refusal.reason))
        else:
            messages.success(
                request,
                _("Your code is now %(code)s. Your earlier codes and links go on working.")
                % {"code": code.pretty},
            )

"""“A friend invited me”, said after the order: kept for staff, who decide (A07).

The answer is the same whether there is such an order or not, and whoever is named: a guest proves
with the e-mail address that the order is theirs, and nobody learns which orders exist.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_deny
from django.views.generic import FormView
from oscar.core.loading import get_model

from oscar_referrals import conf
from oscar_referrals.attribution.assignments import LateClaim
from oscar_referrals.attribution.late_claims import LONGEST_HOW, LONGEST_NAMED, claim_late
from oscar_referrals.checkout import tries
from oscar_referrals.identity import email_key
from oscar_referrals.messages.events import FRIEND_ANSWER
from oscar_referrals.messages.preferences import is_off
from oscar_referrals.programs import reasons
from oscar_referrals.programs.live import live_offer

#: What was said before is shown up to this number.
MOST_SHOWN = 10


class LateClaimForm(forms.Form):
    """Which order, and who invited the friend."""

    order = forms.CharField(max_length=128, label=gettext_lazy("Order number"))
    email = forms.EmailField(
        max_length=254,
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("The one that you have ordered with."),
    )
    named = forms.CharField(
        max_length=LONGEST_NAMED,
        label=gettext_lazy("Who invited you?"),
        help_text=gettext_lazy("Your friend's code, e-mail address or full name."),
    )
    how = forms.CharField(
        max_length=LONGEST_HOW,
        required=False,
        label=gettext_lazy("How did you hear of us from your friend?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A few words help us to decide."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "rf-field__value"


@method_decorator([never_cache, xframe_options_deny], name="dispatch")
class LateClaimView(FormView):
    """One form, one answer."""

    template_name = "oscar_referrals/late_claim.html"
    form_class = LateClaimForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def get_initial(self) -> dict[str, Any]:
        """A link from the order names it; whoever is signed in has an address."""
        user = self.request.user
        return {
            "order": self.request.GET.get("order", "")[:128],
            "email": user.email if user.is_authenticated else "",
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """For how long it is possible, and what came of what was said before."""
        user = self.request.user
        said = LateClaim.objects.filter(user=user) if user.is_authenticated else ()
        return super().get_context_data(
            days=conf.get().LATE_CLAIM_WINDOW.days, said=list(said[:MOST_SHOWN]), **kwargs
        )

    def form_valid(self, form: LateClaimForm) -> HttpResponse:
        """Keep it if the order is theirs. Every press counts as a try."""
        if tries.exhausted(self.request, tries.LATE):
            minutes = int(conf.get().TRY_WINDOW.total_seconds() // 60)
            form.add_error(None, reasons.shopper_text(reasons.TOO_MANY_TRIES, minutes=minutes))
            return self.form_invalid(form)
        tries.count_try(self.request, tries.LATE)
        data = form.cleaned_data
        order = self._order(data["order"], data["email"])
        if order is not None:
            claim_late(
                order=order,
                named=data["named"],
                how=data["how"],
                language=get_language() or "",
            )
        messages.success(self.request, self._thanks())
        return redirect("referrals:late-claim")

    def _thanks(self) -> str:
        """Where the answer will be: in a mail, unless the program sends none."""
        offer = live_offer(self.request)
        if offer is not None and not is_off(offer.program, FRIEND_ANSWER):
            return _(
                "Thank you. If the order is yours and recent enough, a person looks at it. We "
                "write the answer to the e-mail address of the order."
            )
        return _(
            "Thank you. If the order is yours and recent enough, a person looks at it. Once "
            "you are signed in, the answer stands on this page."
        )

    def _order(self, number: str, email: str) -> Any:
        """The order, if it is that of the address, or of the account that is signed in."""
        orders = get_model("order", "Order")._default_manager.select_related("user")
        order = orders.filter(number=number.strip().lstrip("#")).first()
        if order is None:
            return None
        address = order.user.email if order.user is not None else order.guest_email
        user = self.request.user
        own = user.is_authenticated and order.user_id == user.pk
        return (
            order if own or (email_key(email) and email_key(email) == email_key(address)) else None
        )

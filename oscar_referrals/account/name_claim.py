"""“A friend invited me”: the friend's full name instead of a code, before buying (A07).

Nothing is listed, and no name is shown that the visitor has not typed. Whatever keeps a name from
being taken, the answer is the same: it is unknown, several have it, its owner has not agreed to be
found, or the visitor may not use the offer.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.sites.models import Site
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_deny
from django.views.generic import FormView

from oscar_referrals import conf
from oscar_referrals.account.program_state import program_state
from oscar_referrals.attribution.claims import ClaimRefused, claim_offer
from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout import tries, used_up
from oscar_referrals.checkout.person import shopper
from oscar_referrals.checkout.waiting import take_claim
from oscar_referrals.members.names import found_by_name
from oscar_referrals.programs import reasons
from oscar_referrals.sharing.codes import active_code
from oscar_referrals.sharing.models import Touch
from oscar_referrals.sharing.sources import source_of
from oscar_referrals.sharing.visitors import remember_visitor


class NameForm(forms.Form):
    """Who invited the visitor."""

    name = forms.CharField(
        max_length=120,
        label=gettext_lazy("Your friend's full name"),
        help_text=gettext_lazy("First and last name, as your friend writes it in this shop."),
    )
    email = forms.EmailField(
        required=False,
        max_length=254,
        label=gettext_lazy("Your friend's e-mail address"),
        help_text=gettext_lazy(
            "Only needed if the name alone is not enough. Nobody is written to."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "rf-field__value"


@method_decorator([never_cache, xframe_options_deny], name="dispatch")
class NameClaimView(FormView):
    """One form, one answer."""

    template_name = "oscar_referrals/name_claim.html"
    form_class = NameForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not conf.get().NAME_CLAIMS:
            raise Http404
        response = super().dispatch(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The offer that can be taken; without one ``state_text``, which says why."""
        state = program_state(self.request)
        return super().get_context_data(
            offer=state.offer,
            state_text=state.text,
            shop_name=settings.OSCAR_SHOP_NAME,
            shop_url=resolve_url(settings.OSCAR_HOMEPAGE),
            **kwargs,
        )

    def form_valid(self, form: NameForm) -> HttpResponse:
        """Take the offer of the one advocate who is meant. Every press counts as a try."""
        request: Any = self.request
        if tries.exhausted(request, tries.NAME):
            minutes = int(conf.get().TRY_WINDOW.total_seconds() // 60)
            form.add_error(None, reasons.shopper_text(reasons.TOO_MANY_TRIES, minutes=minutes))
            return self.form_invalid(form)
        tries.count_try(request, tries.NAME)
        claim = self._claim(form.cleaned_data["name"], form.cleaned_data["email"])
        if claim is None:
            form.add_error(None, _not_found(with_email=bool(form.cleaned_data["email"])))
            return self.form_invalid(form)
        take_claim(request, claim)
        with_goods = bool(request.basket.id) and not request.basket.is_empty
        return redirect(resolve_url("basket:summary" if with_goods else settings.OSCAR_HOMEPAGE))

    def _claim(self, name: str, email: str) -> Claim | None:
        request: Any = self.request
        # Before anybody is looked for: else the cookie would tell that somebody was found.
        visitor = remember_visitor(request)
        advocate = found_by_name(
            site_id=Site.objects.get_current(request).pk, name=name, email=email
        )
        code = active_code(advocate) if advocate is not None else None
        if code is None:
            return None
        person = shopper(request)
        try:
            return claim_offer(
                code=code,
                method=Claim.Method.NAME,
                version=code.program.current_version,
                user=person.user,
                email=person.email,
                visitor=visitor,
                source=source_of(request, consent=Touch.Consent.ASKED_FOR),
                is_used_up=used_up.for_basket(request.basket),
            )
        except ClaimRefused:
            return None


def _not_found(*, with_email: bool) -> str:
    if with_email:
        return _(
            "We can't tell by this who invited you, or you can't use the offer. Please ask your "
            "friend for the code."
        )
    return _(
        "We can't tell by this name alone who invited you, or you can't use the offer. Please "
        "check the spelling and enter your friend's e-mail address as well."
    )

"""What has changed since a member accepted the terms, and the button that accepts them anew."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from oscar.core.loading import get_class

from oscar_referrals.account.membership import current_membership
from oscar_referrals.account.signed_in import SignedInReader
from oscar_referrals.account.terms import terms_of
from oscar_referrals.members.membership import JoinRefused, accept_terms
from oscar_referrals.members.terms_change import GOING_ON, change_since, last_acceptance
from oscar_referrals.money import format_deadline

PageTitleMixin: Any = get_class("customer.mixins", "PageTitleMixin")


@method_decorator(never_cache, name="dispatch")
class TermsChangeView(SignedInReader, PageTitleMixin, TemplateView):
    """Each sentence before and now, what stays as promised, and one button.

    Whoever takes no part, or has accepted what is in force, is sent to the portal.
    """

    template_name = "oscar_referrals/terms_change.html"
    page_title = gettext_lazy("What changes in the terms")
    active_tab = "referrals"
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = self._found()
        if found is None:
            return redirect("referrals:portal")
        _advocate, change, terms = found
        until = change.old_offer_until()
        context = self.get_context_data(
            change=change,
            changes=change.changes(),
            old_offer_until=format_deadline(until) if until is not None else "",
            terms=terms,
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Accept exactly the words that the page named."""
        found = self._found()
        if found is None:
            return redirect("referrals:portal")
        advocate, _change, terms = found
        if request.POST.get("terms") != str(terms.pk):
            return self._read_again()
        try:
            receipt = accept_terms(advocate=advocate, terms_id=terms.pk, method="change")
        except JoinRefused:
            return self._read_again()
        messages.success(request, _("Thank you. This is your receipt; you find it here again."))
        return redirect("referrals:receipt", pk=receipt.pk)

    def _read_again(self) -> HttpResponse:
        messages.error(
            self.request,
            _("The terms have changed since you opened this page. Please read them again."),
        )
        return redirect("referrals:terms-change")

    def _found(self) -> tuple[Any, Any, Any] | None:
        advocate = current_membership(self.request)
        if advocate is None or not advocate.is_member or advocate.program.status not in GOING_ON:
            return None
        version = advocate.program.current_version
        terms = terms_of(version) if version is not None else None
        change = change_since(last_acceptance(advocate), version, terms)
        return (advocate, change, terms) if change is not None and terms is not None else None

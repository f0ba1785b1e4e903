"""The page "My data", its file for a machine, and what a friend lets the advocate see."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View
from oscar.core.loading import get_class

from oscar_referrals.account.membership import current_membership
from oscar_referrals.account.signed_in import SignedIn
from oscar_referrals.attribution.naming import claims_of, show_name_of
from oscar_referrals.privacy.export import as_values, data_about

PageTitleMixin: Any = get_class("customer.mixins", "PageTitleMixin")
#: The page shows the latest rows of a section; the file has all of them.
SHOWN = 25


@method_decorator(never_cache, name="dispatch")
class MyDataView(SignedIn, PageTitleMixin, TemplateView):
    """What the program keeps about the signed-in person, in words."""

    template_name = "oscar_referrals/my_data.html"
    page_title = gettext_lazy("My data")
    active_tab = "referrals"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        advocate = current_membership(self.request)
        sections = [
            {
                "key": section.key,
                "title": section.title,
                "rows": [
                    [item for item in row if item.text] for row in section.rows[: -SHOWN - 1 : -1]
                ],
                "number": len(section.rows),
                "shown": SHOWN,
            }
            for section in data_about(user)
            if section.rows
        ]
        claims = list(claims_of(user).values_list("shows_name", flat=True))
        return super().get_context_data(
            sections=sections,
            has_receipts=any(section["key"] == "accepted_terms" for section in sections),
            is_member=advocate is not None and advocate.is_member,
            is_friend=bool(claims),
            shows_name=any(claims),
            **kwargs,
        )


@method_decorator(never_cache, name="dispatch")
class MyDataFileView(SignedIn, View):
    """All of it as JSON."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        text = json.dumps(as_values(request.user), ensure_ascii=False, indent=2)
        response = HttpResponse(text, content_type="application/json")
        response["Content-Disposition"] = 'attachment; filename="referrals-my-data.json"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


class ShowToAdvocateView(SignedIn, View):
    """Lets whoever invited them see the friend's first name, or no longer."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shown = "shows_name" in request.POST
        show_name_of(user=request.user, shown=shown)
        if shown:
            messages.success(request, _("Whoever invited you now sees your first name."))
        else:
            messages.success(request, _("Whoever invited you no longer sees your name."))
        return redirect("referrals:my-data")

"""May friends find an advocate by the full name? The advocate says so, on the account's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from oscar_referrals.account.joining import MemberFormView
from oscar_referrals.members.names import set_findable


class FindableView(MemberFormView):
    """Lets friends find the advocate, or no longer."""

    def act(self, request: HttpRequest, advocate: Any) -> None:
        set_findable(advocate=advocate, findable="findable" in request.POST)
        if not advocate.findable:
            messages.success(request, _("Friends can no longer find you by your name."))
        elif advocate.name_key:
            messages.success(request, _("Friends can now find you by your full name."))
        else:
            messages.warning(
                request, _("Enter your first and last name in your profile, so that it works.")
            )

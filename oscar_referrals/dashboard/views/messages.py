"""Mails that are owed, sent or given up, and sending one again."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from oscar_referrals.dashboard.filters.people import MessageFilter
from oscar_referrals.dashboard.tables.people import MessageTable
from oscar_referrals.dashboard.views.lists import FilteredListView
from oscar_referrals.messages import outbox
from oscar_referrals.messages.delivery import error_text
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.messages.recipients import ABOUT, recipient_of


class MessageListView(FilteredListView):
    """What people were told, or still have to be."""

    template_name = "oscar_referrals/dashboard/message_list.html"
    title = gettext_lazy("Messages")
    filter_class = MessageFilter
    table_class = MessageTable

    def get_rows(self) -> QuerySet[OutboxMessage]:
        """Messages with the recipient and the referral they are about."""
        return OutboxMessage.objects.select_related(*ABOUT)


class MessageResendView(View):
    """Send one mail again; to the same person, also a guest, with what is true now."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand it to the outbox once more and go back to where the button was."""
        message = get_object_or_404(OutboxMessage, pk=pk)
        if recipient_of(message) is None:
            messages.error(request, _("The account is gone, so there is nobody to write to."))
        else:
            sent = outbox.resend(message=message)
            if sent.state == OutboxMessage.State.SENT:
                messages.success(request, _("The message was sent again."))
            elif sent.error:
                messages.warning(request, error_text(sent))
            else:
                messages.info(request, _("The message waits to be sent again."))
        back = request.POST.get("next", "")
        if back.startswith("/") and url_has_allowed_host_and_scheme(
            back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return redirect(back)
        return redirect("oscar_referrals_dashboard:referrals-message-list")

"""What a page's history in Wagtail's admin says about words that were published and not frozen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from wagtail_referrals.editions import REFUSED


def register_refusals(actions: Any) -> None:
    """Tell Wagtail how to say it."""

    @actions.register_action(REFUSED)
    class Refused(LogFormatter):
        label = gettext_lazy("Keep the former terms in force")

        def format_message(self, log_entry: Any) -> str:
            """The reasons, as they were written down."""
            return _("These words are not in force: %(problems)s") % {
                "problems": " ".join(log_entry.data.get("problems", ()))
            }

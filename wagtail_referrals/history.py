"""What a page's history in Wagtail's admin says about what became of its words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from wagtail_referrals.editions import IN_FORCE, REFUSED, WAITING


def register_actions(actions: Any) -> None:
    """Tell Wagtail how to say it."""

    @actions.register_action(REFUSED)
    class Refused(LogFormatter):
        label = gettext_lazy("Keep the former terms in force")

        def format_message(self, log_entry: Any) -> str:
            """The reasons, as they were written down."""
            return _("These words are not in force: %(problems)s") % {
                "problems": " ".join(log_entry.data.get("problems", ()))
            }

    @actions.register_action(IN_FORCE)
    class InForce(LogFormatter):
        label = gettext_lazy("Put terms into force")

        def format_message(self, log_entry: Any) -> str:
            """As what they are in force."""
            return (
                _("These words are in force: version %(version)s, edition %(edition)s")
                % log_entry.data
            )

    @actions.register_action(WAITING)
    class Waiting(LogFormatter):
        label = gettext_lazy("Prepare terms")

        def format_message(self, log_entry: Any) -> str:
            """What they wait for."""
            return _("These words wait for version %(version)s") % log_entry.data

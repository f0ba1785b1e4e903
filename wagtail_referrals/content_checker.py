"""What Wagtail's content checker says about a terms page, besides what it says about any page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

from wagtail_referrals.models import ReferralTermsMixin

RULE = "referral-figure-in-own-words"


class FiguresRule:
    """Reports each figure that the preview marks; see `own_figures`."""

    def get_axe_run_only(self, request: HttpRequest) -> list[str]:
        """The shop's rules and ours. A shop that names none runs all, and ours with them."""
        names = super().get_axe_run_only(request)  # type: ignore[misc]
        return [*names, RULE] if names else names

    def get_axe_custom_rules(self, request: HttpRequest) -> list[dict[str, Any]]:
        """A mark that can be seen is a finding: axe's own check, so no script is needed."""
        rule = {
            "id": RULE,
            "impact": "moderate",
            "selector": "[data-wr-figure]",
            "tags": ["best-practice"],
            "any": [],
            "none": ["is-on-screen"],
            "enabled": True,
        }
        return [*super().get_axe_custom_rules(request), rule]  # type: ignore[misc]

    def get_axe_messages(self, request: HttpRequest) -> dict[str, Any]:
        """What the editor reads."""
        return {
            **super().get_axe_messages(request),  # type: ignore[misc]
            RULE: {
                "error_name": _("A figure in your own words"),
                "help_text": _(
                    "Leave figures to the generated sentences. When the rules change, this one "
                    "stays behind, in every language."
                ),
            },
        }


def check_figures(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Let whatever content checker stands in the userbar look at a terms page's figures too."""
    if not isinstance(page, ReferralTermsMixin):
        return
    for item in items:
        if isinstance(item, ContentCheckerItem) and not isinstance(item, FiguresRule):
            # Wagtail's own item is of an old name that may no longer be derived from.
            own = next(kind for kind in type(item).__mro__ if kind.__name__ != "AccessibilityItem")
            item.__class__ = type(f"Terms{own.__name__}", (FiguresRule, own), {})

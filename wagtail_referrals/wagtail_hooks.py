"""Wiring only: what appears where in Wagtail's admin."""

from __future__ import annotations

from wagtail import hooks

from wagtail_referrals.editor_messages import tell_what_publishing_did
from wagtail_referrals.viewsets import ReferralsGroup, referrals_group


@hooks.register("register_admin_viewset")
def register_referrals_group() -> ReferralsGroup:
    """The menu group with its screens."""
    return referrals_group


hooks.register("after_publish_page", tell_what_publishing_did)

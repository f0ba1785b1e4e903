"""Wiring only: what appears where in Wagtail's admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from wagtail_referrals.editor_messages import tell_what_publishing_did
from wagtail_referrals.menu import ReferralsGroup

# As a snippet, because one of its items is one: else its permissions would be unknown until the
# addresses of the admin are loaded.
register_snippet(ReferralsGroup)

hooks.register("after_publish_page", tell_what_publishing_did)

"""Wiring only: what appears where in Wagtail's admin."""

from __future__ import annotations

from functools import partial

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from wagtail_referrals.content_checker import check_figures
from wagtail_referrals.editor_messages import tell_what_publishing_did
from wagtail_referrals.history import register_actions
from wagtail_referrals.home_panel import add_panel, add_summary
from wagtail_referrals.menu import ReferralsGroup
from wagtail_referrals.people import referrals_of, styles_for_users
from wagtail_referrals.refuse_words import refuse_wrong_words, refuse_wrong_words_of_several
from wagtail_referrals.reports.urls import REPORTS, report_menu_item, report_urls
from wagtail_referrals.statements import header_buttons, urls

# As a snippet, because one of its items is one: else its permissions would be unknown until the
# addresses of the admin are loaded.
register_snippet(ReferralsGroup)

hooks.register("register_admin_urls", report_urls)
for number in range(len(REPORTS)):
    hooks.register("register_reports_menu_item", partial(report_menu_item, number))

hooks.register("before_publish_page", refuse_wrong_words)
hooks.register("before_bulk_action", refuse_wrong_words_of_several)
hooks.register("after_publish_page", tell_what_publishing_did)
hooks.register("construct_wagtail_userbar", check_figures)
hooks.register("register_log_actions", register_actions)
hooks.register("construct_homepage_panels", add_panel)
hooks.register("construct_homepage_summary_items", add_summary)
hooks.register("register_user_listing_buttons", referrals_of)
hooks.register("insert_global_admin_css", styles_for_users)
hooks.register("register_admin_urls", urls)
hooks.register("register_page_header_buttons", header_buttons)

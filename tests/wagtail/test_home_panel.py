"""The home page of Wagtail's admin, its list of users, and the history of words."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from oscar_referrals.attribution.models import Referral
from oscar_referrals.test.factories import UserFactory
from tests.wagtail.website import next_version, rewrite
from wagtail_referrals.editions import IN_FORCE, WAITING

HOME = "wagtailadmin_home"


def test_it_says_what_waits_and_what_changed_to_whom_it_concerns(
    editor: Any, signed_in: Any, referral: Any, pages: Any
) -> None:
    Referral.objects.filter(pk=referral.pk).update(settle_error="x", settle_failures=3)
    next_version(referral.program, friend_percent="10")
    rewrite(pages["ms"], "Kata baharu.", version=referral.program.versions.latest("number"))
    waits = "The rewards of 1 referral could not be brought up to date."
    words = "is not prepared for version 2"
    news = "are in force since"
    summary = "1 Live referral program"
    for client, shown in (
        (editor, {waits, words, news, summary}),
        (signed_in("view_program"), {words, news, summary}),
        (signed_in("view_referral"), {waits}),
        (signed_in("view_reward"), set()),
    ):
        page = client.get(reverse(HOME)).content.decode()
        found = {text for text in (waits, words, news, summary) if text in page}
        assert found == shown
    attention = reverse("oscar_referrals_dashboard:referrals-attention")
    assert attention in editor.get(reverse(HOME)).content.decode()
    assert attention not in signed_in("view_referral").get(reverse(HOME)).content.decode()


def test_the_home_page_asks_a_bounded_number_of_questions(editor: Any, live: Any) -> None:
    editor.get(reverse(HOME))
    with CaptureQueriesContext(connection) as queries:
        editor.get(reverse(HOME))
    ours = [query for query in queries if "oscar_referrals" in query["sql"]]
    assert len(ours) <= 12


def test_users_lead_to_their_referrals(editor: Any, signed_in: Any, referral: Any) -> None:
    UserFactory(email="nobody@example.com")
    link = f"{reverse('referral_referrals:index')}?q=nobody%40example.com"
    assert link in editor.get(reverse("wagtailusers_users:index")).content.decode()
    advocate = referral.advocate.user.email
    shown = editor.get(reverse("referral_referrals:index"), {"q": advocate}).content.decode()
    assert f"#{referral.order_number}" in shown


def test_what_became_of_words_stands_in_their_history(live: Any, pages: Any, editor: Any) -> None:
    rewrite(pages["ms"], "Kata baharu.")
    rewrite(pages["id"], "Kata baru.", version=next_version(live))
    told = [
        (entry.action, entry.page_id)
        for entry in PageLogEntry.objects.filter(action__startswith="wagtail_referrals")
    ]
    assert sorted(told) == sorted([(IN_FORCE, pages["ms"].pk), (WAITING, pages["id"].pk)])
    history = reverse("wagtailadmin_pages:history", args=[pages["ms"].pk])
    assert "version 1, edition 2" in editor.get(history).content.decode()
    report = editor.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert "wait for version 2" in report

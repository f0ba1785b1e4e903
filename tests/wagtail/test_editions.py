"""Other words for a version that is in force add an edition; nothing is ever rewritten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from oscar_referrals.members.models import Advocate, TermsAcceptance
from oscar_referrals.programs.models import TermsVersion
from oscar_referrals.programs.publish import publish
from tests.wagtail.website import WORDS, fresh, next_version, rewrite, words


def editions(program: Any, language: str = "en-gb") -> list[TermsVersion]:
    """The frozen words of the current version, the first edition first."""
    frozen = TermsVersion.objects.filter(version=program.current_version, language=language)
    return list(frozen.order_by("sequence"))


def test_other_words_add_an_edition_in_that_language_alone(live: Any, pages: Any) -> None:
    rewrite(pages["en-gb"], "Be kind, and be honest.")
    first, second = editions(live)
    assert WORDS["en-gb"] in first.html
    assert "Be kind, and be honest." in second.html
    assert first.sha256 != second.sha256
    assert len(editions(live, "ms")) == 1


def test_the_same_words_again_change_nothing(live: Any, pages: Any) -> None:
    rewrite(pages["en-gb"], WORDS["en-gb"])
    assert len(editions(live)) == 1


def test_earlier_words_can_come_back(live: Any, pages: Any) -> None:
    rewrite(pages["en-gb"], "Be kind.")
    rewrite(pages["en-gb"], WORDS["en-gb"])
    first, _second, third = editions(live)
    assert third.html == first.html


def test_a_member_keeps_the_words_that_were_accepted(live: Any, pages: Any) -> None:
    accepted = editions(live)[0]
    member = Advocate.objects.create(
        program=live, user=get_user_model().objects.create(username="member")
    )
    TermsAcceptance.objects.create(
        advocate=member, terms=accepted, accepted_at=timezone.now(), language="en-gb", method="page"
    )
    before = (accepted.html, accepted.text, accepted.sha256)

    rewrite(pages["en-gb"], "Be kind, and be honest.")
    live.refresh_from_db()
    publish(version=next_version(live, friend_percent="12"))

    kept = TermsAcceptance.objects.get(advocate=member).terms
    assert (kept.html, kept.text, kept.sha256) == before


def test_words_for_the_next_version_leave_the_present_one_alone(live: Any, pages: Any) -> None:
    draft = next_version(live)
    rewrite(pages["ms"], "Kata baharu.", version=draft)
    assert len(editions(live, "ms")) == 1
    # Nor does the page that is ahead keep the others from being corrected.
    rewrite(pages["en-gb"], "Be kind.")
    assert len(editions(live, "en-gb")) == 2
    assert len(editions(live, "ms")) == 1


def test_a_deleted_translation_does_not_keep_the_others_from_being_corrected(
    live: Any, pages: Any
) -> None:
    pages["ms"].delete()
    rewrite(pages["en-gb"], "Be kind.")
    assert len(editions(live, "en-gb")) == 2
    assert len(editions(live, "ms")) == 1


def test_contradicting_words_are_not_frozen(
    live: Any, pages: Any, caplog: pytest.LogCaptureFixture
) -> None:
    rewrite(pages["en-gb"], "You get RM 99.")
    assert len(editions(live)) == 1
    assert "RM 99" in caplog.text


def test_a_scheduled_change_is_frozen_when_its_time_comes(live: Any, pages: Any) -> None:
    page = fresh(pages["en-gb"])
    page.own_terms = words("From tomorrow on, be kinder.")
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    assert len(editions(live)) == 1
    with (
        time_machine.travel(timezone.now() + timedelta(days=2)),
        TestCase.captureOnCommitCallbacks(execute=True),
    ):
        call_command("publish_scheduled")
    assert "be kinder" in editions(live)[-1].text


def test_a_shop_with_other_terms_freezes_nothing_from_pages(
    live: Any, pages: Any, settings: Any
) -> None:
    settings.OSCAR_REFERRALS = {
        **settings.OSCAR_REFERRALS,
        "TERMS_SOURCE": "oscar_referrals.programs.terms.TypedTerms",
    }
    rewrite(pages["en-gb"], "Be kind.")
    assert len(editions(live)) == 1

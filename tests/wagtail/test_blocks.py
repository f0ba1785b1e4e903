"""Blocks say what the live program says, at the cost of one look-up per request."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from django.utils.text import capfirst
from wagtail.blocks import CharBlock, StreamValue

from oscar_referrals.checkout import used_up
from oscar_referrals.programs import lifecycle
from oscar_referrals.programs.offer_sentence import offer_sentence
from wagtail_referrals.blocks import (
    ReferralBlocks,
    ReferralCallToActionBlock,
    RewardSentenceBlock,
)

CALL = {"heading": "Share the good things", "text": "", "show_offer": True, "button_text": ""}


class PageBlocks(ReferralBlocks):
    """A shop's own blocks, with ours added."""

    line = CharBlock()


@pytest.fixture
def request_(db: None) -> Any:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return request


def stream(*blocks: tuple[str, Any]) -> StreamValue:
    return PageBlocks().normalize(list(blocks))


def sentences(program: Any, *, reader: str | None = None) -> tuple[str, str]:
    """As they begin a line."""
    version = program.current_version
    return (
        capfirst(offer_sentence(version, "friend", reader=reader)),
        capfirst(offer_sentence(version, "advocate", reader=reader)),
    )


def test_a_sentence_is_the_program_s_own(live: Any, request_: Any) -> None:
    friend, advocate = sentences(live)
    for side, sentence in (("friend", friend), ("advocate", advocate)):
        html = stream(("reward_sentence", {"side": side})).render_as_block({"request": request_})
        assert escape(sentence) in html


def test_the_call_to_action_leads_to_the_account_page(live: Any, request_: Any) -> None:
    html = stream(("referral_call_to_action", CALL)).render_as_block({"request": request_})
    assert "Share the good things" in html
    assert reverse("referrals:portal") in html
    assert "Refer a friend" in html
    for sentence in sentences(live, reader="advocate"):
        assert escape(sentence) in html


def test_an_editor_may_leave_the_offer_out(live: Any, request_: Any) -> None:
    value = {**CALL, "show_offer": False, "button_text": "Tell a friend"}
    html = stream(("referral_call_to_action", value)).render_as_block({"request": request_})
    assert "Tell a friend" in html
    assert escape(sentences(live, reader="advocate")[0]) not in html


def test_any_number_of_blocks_costs_two_queries(live: Any, request_: Any) -> None:
    many = stream(
        *[("reward_sentence", {"side": "friend"})] * 10,
        *[("reward_sentence", {"side": "advocate"})] * 10,
        *[("referral_call_to_action", CALL)] * 10,
    )
    with CaptureQueriesContext(connection) as queries:
        html = many.render_as_block({"request": request_})
    assert html.count("wr-call__heading") == 10
    assert len(queries) <= 2


@pytest.mark.parametrize("around", [None, {}, {"request": None}])
def test_blocks_do_without_a_request(live: Any, around: Any) -> None:
    html = stream(
        ("reward_sentence", {"side": "friend"}), ("referral_call_to_action", CALL)
    ).render_as_block(around)
    assert escape(sentences(live)[0]) in html


def test_nothing_is_shown_where_nothing_is_live(live: Any, request_: Any) -> None:
    lifecycle.pause(program=live)
    html = stream(
        ("reward_sentence", {"side": "friend"}), ("referral_call_to_action", CALL)
    ).render_as_block({"request": request_})
    assert "wr-" not in html


def test_nothing_is_promised_that_is_used_up(
    live: Any, request_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(used_up, "for_pages", lambda version: True)
    blocks = stream(("reward_sentence", {"side": "friend"}), ("referral_call_to_action", CALL))
    assert "wr-" not in blocks.render_as_block({"request": request_})
    request_.is_preview = True
    html = blocks.render_as_block({"request": request_})
    assert html.count("The budget of the program is used up") == 2
    assert escape(sentences(live)[0]) not in html


def test_a_preview_says_why_nothing_is_shown(program: Any, request_: Any) -> None:
    request_.is_preview = True
    html = stream(("reward_sentence", {"side": "friend"})).render_as_block({"request": request_})
    assert "No program is live now" in html


@pytest.mark.parametrize("block", [RewardSentenceBlock, ReferralCallToActionBlock])
def test_the_block_chooser_shows_a_preview(editor: Any, program: Any, block: Any) -> None:
    instance = block()
    assert instance.is_previewable
    answer = editor.get(reverse("wagtailadmin_block_preview"), {"id": instance.definition_prefix})
    assert answer.status_code == 200
    assert "No program is live now" in answer.content.decode()

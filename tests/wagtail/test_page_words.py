"""Pages that are no terms pages: what of their words is read, and what a version refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import Image
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from oscar_referrals.programs.problems import problems_of
from oscar_referrals.programs.refused import refused_statements
from tests.wagtail.website import home, next_version
from wagtail_referrals import page_words
from wagtail_referrals.blocks import ReferralBlocks
from wagtail_referrals.models import ReferralOverviewPage
from wagtail_referrals.page_statements import is_read, refused_on, version_for

pytestmark = [pytest.mark.django_db, pytest.mark.wagtail]


def overview(*body: Any, **fields: Any) -> Any:
    named = {"title": "Our program", "slug": "ours", **fields}
    page = ReferralOverviewPage(body=list(body), **named)
    home().add_child(instance=page)
    page.save_revision().publish()
    return ReferralOverviewPage.objects.get(pk=page.pk)


def figures(page: Any, version: Any) -> list[str]:
    return [one.finding.figure for one in refused_on(page, version)]


def test_all_words_of_a_page_about_the_program_are_read(live: Any) -> None:
    page = overview(
        ("text", "<h2>Only RM 91</h2><p>It is RM 92 off. Nothing else.</p>"),
        ("referral_call_to_action", {"heading": "Get RM 93", "text": "", "show_offer": True}),
        ("referral_testimonial", {"quote": "I got RM 94!", "name": "Aminah"}),
        ("referral_questions", {"heading": "RM 95?", "questions": []}),
        search_description="RM 96 for every friend",
    )
    found = figures(page, live.current_version)
    assert sorted(found) == ["RM 91", "RM 92", "RM 93", "RM 94", "RM 95", "RM 96"]


def test_a_version_that_contradicts_a_live_page_is_not_published(live: Any) -> None:
    overview(("text", "<p>Friends get RM 20 off from RM 80.</p>"))
    assert problems_of(next_version(live)) == []
    live.versions.filter(status="draft").delete()
    following = next_version(live, friend_percent="10")
    (problem,) = [text for text in problems_of(following) if "Our program" in text]
    assert problem.startswith("The page “Our program” (")
    assert "says “RM 20”, which is not a figure of version 2" in problem
    assert problem.part == "words"


def test_words_saved_beside_a_live_page_are_refused_statements_and_no_problem(live: Any) -> None:
    page = overview(("text", "<p>Friends get RM 20 off.</p>"))
    page.body = [("text", "<p>Friends get RM 97 off.</p>")]
    page.save_revision()
    version = live.current_version
    assert [one.finding.figure for one in refused_statements(version)] == ["RM 97"]
    assert [text for text in problems_of(next_version(live)) if "RM 97" in text] == []


def test_a_wrong_word_on_any_page_is_let_pass_in_its_editor(editor: Any, live: Any) -> None:
    page = overview(("text", "<p>Friends get RM 98 off, once upon a time.</p>"))
    url = reverse("referral_statements", args=[page.pk])
    assert url in editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    ((_refused, digest),) = editor.get(url).context["refused"]
    editor.post(url, {"statement": digest, "reason": "A tale."})
    assert figures(page, live.current_version) == []


def test_other_pages_are_read_only_where_they_speak_of_the_program(live: Any, pages: Any) -> None:
    plain = home().specific
    assert not is_read(plain)
    assert not is_read(pages["ms"])
    assert version_for(plain, RequestFactory().get("/")) == live.current_version


def test_of_the_shops_own_blocks_all_words_are_taken() -> None:
    class Shelf(blocks.StructBlock):
        heading = blocks.CharBlock()
        address = blocks.URLBlock()
        notes = blocks.ListBlock(blocks.TextBlock())

    class Body(ReferralBlocks):
        text = blocks.RichTextBlock()
        shelf = Shelf()
        table = TableBlock()
        typed = TypedTableBlock([("text", blocks.CharBlock())])

    block = Body()
    value = block.to_python(
        [
            {"type": "text", "value": "<p>One.</p><p>Two.</p>"},
            {"type": "shelf", "value": {"heading": "Three", "address": "x", "notes": ["Four"]}},
            {"type": "table", "value": {"data": [["Minimum", "RM 80", None], ["", None]]}},
            {
                "type": "typed",
                "value": {
                    "columns": [{"type": "text", "heading": ""}] * 2,
                    "rows": [{"values": ["Discount", "RM 20"]}],
                },
            },
            {"type": "referral_call_to_action", "value": {"heading": "Five", "text": "Six"}},
        ]
    )
    assert [(one.text, one.is_ours) for one in page_words._in_block(block, value)] == [
        ("One.\nTwo.", False),
        ("Three", False),
        ("Four", False),
        ("Minimum: RM 80; \n: ", False),
        ("Discount: RM 20", False),
        ("Five", True),
        ("Six", True),
    ]
    assert page_words._has_ours(block, value)
    assert not page_words._has_ours(block, value[:4])


def test_blocks_whose_values_are_no_parts_keep_no_page_from_being_read() -> None:
    class Body(ReferralBlocks):
        image = ImageBlock()
        table = TableBlock()
        typed = TypedTableBlock([("text", blocks.CharBlock())])

    block = Body()
    value = StreamValue(
        block,
        [
            ("image", Image(title="Forest", collection_id=1)),
            ("table", {"data": [[], ["Discount", "RM 20"]]}),
            ("typed", TypedTable(columns=[], row_data=[{"values": []}], caption="")),
        ],
    )
    assert not page_words._has_ours(block, value)
    assert [one.text for one in page_words._in_block(block, value)] == ["\nDiscount: RM 20", ""]


def test_a_page_without_the_program_has_no_refused_statements(editor: Any, live: Any) -> None:
    assert editor.get(reverse("referral_statements", args=[home().pk])).status_code == 404


def test_publishing_several_at_once_is_refused_with_them(editor: Any, live: Any) -> None:
    page = overview(("text", "<p>Friends get RM 20 off.</p>"))
    page.body = [("text", "<p>Friends get RM 97 off.</p>")]
    page.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = editor.post(f"{url}?id={page.pk}&next=/", follow=True)
    assert "RM 97” is not what" in answer.content.decode()
    assert "RM 97" not in str(ReferralOverviewPage.objects.get(pk=page.pk).body)


@pytest.fixture
def draft_below(live: Any) -> Any:
    """A draft with a wrong figure, below a page that is no concern of the program's."""
    parent = Page(title="News", slug="news", live=False)
    home().add_child(instance=parent)
    draft = ReferralOverviewPage(
        title="Our program",
        slug="ours",
        live=False,
        body=[("text", "<p>Friends get RM 97 off.</p>")],
    )
    parent.add_child(instance=draft)
    draft.save_revision()
    return draft


def publish_with(editor: Any, page: Any, **form: str) -> str:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return editor.post(f"{url}?id={page.pk}&next=/", form, follow=True).content.decode()


def test_publishing_what_stands_below_is_refused_with_it(editor: Any, draft_below: Any) -> None:
    parent = draft_below.get_parent()
    said = publish_with(editor, parent, include_descendants="on")
    assert "RM 97” is not what" in said
    assert not Page.objects.get(pk=parent.pk).live
    assert not Page.objects.get(pk=draft_below.pk).live
    publish_with(editor, parent)
    assert Page.objects.get(pk=parent.pk).live
    assert not Page.objects.get(pk=draft_below.pk).live


def test_a_page_that_waits_for_its_day_keeps_a_version_from_being_published(live: Any) -> None:
    page = ReferralOverviewPage(
        title="Our program",
        slug="ours",
        live=False,
        go_live_at=timezone.now() + timedelta(days=3),
        body=[("text", "<p>Friends get RM 20 off from RM 80.</p>")],
    )
    home().add_child(instance=page)
    page.save_revision().publish()
    assert not Page.objects.get(pk=page.pk).live
    assert problems_of(next_version(live)) == []
    live.versions.filter(status="draft").delete()
    following = next_version(live, friend_percent="10")
    (problem,) = [text for text in problems_of(following) if "Our program" in text]
    assert problem.startswith("The page “Our program” (English) as scheduled for ")
    ReferralOverviewPage.objects.get(pk=page.pk).scheduled_revision.delete()
    assert not any("Our program" in text for text in problems_of(following))


def test_scheduling_is_asked_like_publishing(editor: Any, live: Any) -> None:
    page = overview(("text", "<p>Friends get RM 20 off.</p>"))
    later = timezone.localtime() + timedelta(days=3)
    data = nested_form_data(
        {
            "title": "Our program",
            "slug": "ours",
            "go_live_at": later.strftime("%Y-%m-%d %H:%M"),
            "opening": streamfield([]),
            "body": streamfield([("text", rich_text("<p>Friends get RM 97 off.</p>"))]),
            "action-publish": "1",
        }
    )
    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, follow=True)
    assert "RM 97” is not what" in answer.content.decode()
    assert ReferralOverviewPage.objects.get(pk=page.pk).scheduled_revision is None

"""Whatever happens to a page, the frozen terms stay as they were, and nothing answers 500."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from oscar_referrals.members.membership import join
from oscar_referrals.members.models import TermsAcceptance
from oscar_referrals.programs.models import TermsVersion
from oscar_referrals.programs.publish import publish
from tests.shop import customer
from tests.wagtail.website import fresh, home, next_version, rewrite


@pytest.fixture
def frozen(live: Any) -> list[dict[str, Any]]:
    """Every frozen byte."""
    return evidence()


def evidence() -> list[dict[str, Any]]:
    return list(TermsVersion.objects.order_by("pk").values())


def form_of(page: Any, text: str, **extra: str) -> dict[str, str]:
    """What the page editor sends."""
    data = {
        "title": page.title,
        "slug": page.slug,
        "version": str(page.version_id or ""),
        "opening": streamfield([]),
        "section_words": streamfield([]),
        "own_terms": streamfield([("text", rich_text(f"<p>{text}</p>"))]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0},
    }
    return {**nested_form_data(data), **extra}


def test_deleting_a_page_keeps_the_terms(editor: Any, pages: Any, frozen: Any) -> None:
    address = reverse("wagtailadmin_pages:delete", args=[pages["en-gb"].pk])
    assert editor.get(address).status_code == 200
    assert editor.post(address).status_code == 302
    assert not Page.objects.filter(pk=pages["en-gb"].pk).exists()
    assert evidence() == frozen


def test_deleting_the_parent_keeps_the_terms(editor: Any, pages: Any, frozen: Any) -> None:
    parent = home("ms")
    address = reverse("wagtailadmin_pages:delete", args=[parent.pk])
    assert editor.get(address).status_code == 200
    assert editor.post(address).status_code == 302
    assert not Page.objects.filter(pk=pages["ms"].pk).exists()
    assert evidence() == frozen


def test_deleting_several_pages_at_once_keeps_the_terms(
    editor: Any, pages: Any, frozen: Any
) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    query = "&".join(f"id={page.pk}" for page in pages.values())
    assert editor.get(f"{address}?{query}").status_code == 200
    assert editor.post(f"{address}?{query}").status_code == 302
    assert evidence() == frozen


def test_deleting_the_site_keeps_the_terms(editor: Any, pages: Any, frozen: Any) -> None:
    address = reverse("wagtailsites:delete", args=[Site.objects.get().pk])
    assert editor.post(address).status_code == 302
    assert evidence() == frozen


def test_unpublishing_keeps_the_terms(editor: Any, pages: Any, frozen: Any) -> None:
    address = reverse("wagtailadmin_pages:unpublish", args=[pages["en-gb"].pk])
    assert editor.post(address).status_code == 302
    assert not fresh(pages["en-gb"]).live
    assert evidence() == frozen


def test_moving_keeps_the_terms(editor: Any, pages: Any, live: Any, frozen: Any) -> None:
    new_parent = home().add_child(instance=Page(title="Help", slug="help"))
    address = reverse("wagtailadmin_pages:move_confirm", args=[pages["en-gb"].pk, new_parent.pk])
    assert editor.post(address).status_code == 302
    assert evidence() == frozen
    assert editor.get("/help/terms/").status_code == 200


def test_autosave_over_the_live_revision_changes_nothing(
    editor: Any, pages: Any, live: Any, frozen: Any
) -> None:
    page = fresh(pages["en-gb"])
    page.save_revision(user=get_user_model().objects.get(is_superuser=True)).publish()
    page = fresh(page)
    revision = page.live_revision
    data = form_of(
        page,
        "You get RM 9999.",
        overwrite_revision_id=str(revision.pk),
        loaded_revision_id=str(revision.pk),
        loaded_revision_created_at=revision.created_at.isoformat(),
    )
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = editor.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            data,
            headers={"accept": "application/json"},
        )
    assert answer.json()["success"], answer.json()
    revision.refresh_from_db()
    assert "9999" in str(revision.content)
    assert evidence() == frozen
    assert "9999" not in editor.get("/terms/").content.decode()
    # What another page's publishing freezes again is the live words, not the saved ones.
    rewrite(pages["ms"], "Kata baharu.")
    assert TermsVersion.objects.filter(language="en-gb").count() == 1


def test_purging_revisions_keeps_the_terms(pages: Any, live: Any, frozen: Any) -> None:
    page = fresh(pages["en-gb"])
    page.save_revision()
    call_command("purge_revisions", days=0)
    assert evidence() == frozen


def test_discarding_a_draft_keeps_the_page(editor: Any, pages: Any, live: Any) -> None:
    from oscar_referrals.programs.drafts import discard_draft

    draft = next_version(live)
    rewrite(pages["ms"], "Kata baharu.", version=draft)
    discard_draft(version=draft)
    page = fresh(pages["ms"])
    assert page.program == live
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert editor.get(address).status_code == 200
    assert editor.get("/ms/terms/").status_code == 200


def test_copying_a_live_page_answers_and_is_not_taken_for_the_terms(
    editor: Any, pages: Any, live: Any, frozen: Any
) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = editor.post(
            reverse("wagtailadmin_pages:copy", args=[pages["en-gb"].pk]),
            {
                "new_title": "Copy",
                "new_slug": "copy",
                "new_parent_page": home().pk,
                "publish_copies": "on",
            },
        )
    assert answer.status_code == 302
    assert evidence() == frozen


def test_a_version_published_later_does_not_touch_earlier_terms(
    live: Any, pages: Any, frozen: Any
) -> None:
    publish(version=next_version(live))
    assert evidence()[: len(frozen)] == frozen


def test_deleting_people_keeps_what_they_accepted_and_wrote(
    editor: Any, live: Any, pages: Any, frozen: Any
) -> None:
    """Wagtail's list of users, which knows nothing of us, deletes a member and a writer."""
    member, writer = customer(first_name="Farah"), customer(is_staff=True)
    join(program=live, user=member, language="ms", method="account")
    fresh(pages["en-gb"]).save_revision(user=writer).publish()
    accepted = TermsAcceptance.objects.values("terms", "language", "accepted_at", "method").get()
    for user in (member, writer):
        address = reverse("wagtailusers_users:delete", args=[user.pk])
        assert editor.get(address).status_code == 200
        assert editor.post(address).status_code == 302
    assert not get_user_model().objects.filter(pk__in=[member.pk, writer.pk]).exists()
    assert accepted == TermsAcceptance.objects.values(*accepted).get()
    assert evidence()[: len(frozen)] == frozen

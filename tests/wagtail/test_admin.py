"""Wagtail's admin edits the words and only shows the programs."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import NoReverseMatch, reverse
from wagtail.models import GroupPagePermission

from oscar_referrals.programs.lifecycle import end
from tests.shop import customer
from tests.wagtail.website import home, next_version, rewrite


def test_the_menu_has_a_group_of_its_own(editor: Any) -> None:
    shown = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "Referrals" in shown
    assert reverse("referral_terms_pages:index") in shown
    assert reverse("referral_programs:index") in shown


def test_terms_pages_are_listed_with_what_they_are_for(editor: Any, live: Any, pages: Any) -> None:
    rewrite(pages["ms"], "Kata baharu.", version=next_version(live))
    shown = editor.get(reverse("referral_terms_pages:index")).content.decode()
    for text in ("Terms ms", "Bring a friend", "The version in force", "Version 2, in preparation"):
        assert text in shown


def test_a_list_without_pages_says_what_to_do(editor: Any) -> None:
    address = reverse("referral_terms_pages:index")
    empty = "There is no terms page yet. Add one in each language of the shop."
    assert empty in editor.get(address).content.decode()
    filtered = editor.get(address, {"latest_revision_created_at_from": "2020-01-01"})
    assert "No page is like that." in filtered.content.decode()
    assert empty not in filtered.content.decode()
    results = editor.get(reverse("referral_landing_pages:index_results")).content.decode()
    assert "There is no invitation page yet:" in results


def test_terms_of_an_ended_program_are_not_in_force(editor: Any, live: Any, pages: Any) -> None:
    end(program=live)
    shown = editor.get(reverse("referral_terms_pages:index")).content.decode()
    assert "An ended program" in shown
    assert "The version in force" not in shown


def test_the_list_of_terms_pages_does_not_grow_in_queries(
    editor: Any, live: Any, django_assert_max_num_queries: Any
) -> None:
    address = reverse("referral_terms_pages:index")
    editor.get(address)
    with django_assert_max_num_queries(30):
        editor.get(address)


def test_programs_link_to_the_dashboard(editor: Any, live: Any) -> None:
    link = reverse("oscar_referrals_dashboard:referrals-program-detail", args=[live.pk])
    assert link in editor.get(reverse("referral_programs:index")).content.decode()
    inspected = editor.get(reverse("referral_programs:inspect", args=[live.pk])).content.decode()
    assert link in inspected
    assert "What friends get" in inspected
    assert "<li><bdi>The friend gets MYR\xa020 off their first order.</bdi></li>" in inspected
    assert "What advocates get" in inspected


def test_a_program_that_is_not_live_yet_has_a_dash_for_its_version(
    editor: Any, program: Any
) -> None:
    shown = editor.get(reverse("referral_programs:inspect", args=[program.pk]))
    values = {row["label"]: row["value"] for row in shown.context["fields"]}
    assert values["Current version"] == "-"


@pytest.mark.parametrize("view", ["add", "edit", "delete", "history", "usage", "copy"])
def test_programs_can_only_be_read(editor: Any, live: Any, view: str) -> None:
    try:
        address = reverse(f"referral_programs:{view}", args=[] if view == "add" else [live.pk])
    except NoReverseMatch:
        return
    for answer in (editor.get(address), editor.post(address)):
        assert answer.status_code == 302
        assert answer.url == reverse("wagtailadmin_home")


def _editor_of_pages(client: Any, *codenames: str) -> None:
    group = Group.objects.create(name="Writers")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    for codename in ("add_page", "change_page"):
        GroupPagePermission.objects.create(
            group=group,
            page=home(),
            permission=Permission.objects.get(
                codename=codename, content_type__app_label="wagtailcore"
            ),
        )
    user = customer()
    user.groups.add(group)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")


def test_an_editor_without_the_permission_sees_no_programs(client: Any, live: Any) -> None:
    _editor_of_pages(client)
    shown = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("referral_programs:index") not in shown
    assert client.get(reverse("referral_programs:index")).status_code == 302
    assert client.get(reverse("referral_terms_pages:index")).status_code == 200


def test_an_editor_who_may_see_programs_gets_no_link_to_a_dashboard_that_is_closed(
    client: Any, live: Any
) -> None:
    _editor_of_pages(client, "view_program")
    shown = client.get(reverse("referral_programs:index")).content.decode()
    assert "Bring a friend" in shown
    assert (
        reverse("oscar_referrals_dashboard:referrals-program-detail", args=[live.pk]) not in shown
    )

"""Schedules, workflows and bulk actions lead to the same checks as the button, not around them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    PageLogEntry,
    Workflow,
    WorkflowTask,
)

from oscar_referrals.programs.models import TermsVersion
from oscar_referrals.programs.publish import PublishRefused, publish
from tests.shop import customer
from tests.wagtail.test_editor import form
from tests.wagtail.website import fresh, home, next_version, words

WRONG = "You get MYR 99."


def save_unchecked(page: Any, text: str = WRONG, **fields: Any) -> Any:
    """A draft as somebody saved it, before anybody looked at its figures."""
    page = fresh(page)
    page.own_terms = words(text)
    for name, value in fields.items():
        setattr(page, name, value)
    return page.save_revision(user=get_user_model().objects.get(is_superuser=True))


def refused(page: Any) -> str:
    """What the page's history says about words that were not frozen."""
    entry = PageLogEntry.objects.get(page=page.pk, action="wagtail_referrals.refused")
    return str(entry.message)


def assert_nothing_new(client: Any, page: Any) -> None:
    assert TermsVersion.objects.filter(language="en-gb").count() == 1
    assert "MYR 99" not in client.get("/terms/").content.decode()
    assert "“MYR 99”, which is not a figure of version 1" in refused(page)


def test_a_schedule_freezes_no_wrong_figure(editor: Any, live: Any, pages: Any) -> None:
    page = pages["en-gb"]
    with TestCase.captureOnCommitCallbacks(execute=True):
        save_unchecked(page, go_live_at=timezone.now() + timedelta(days=1)).publish()
    with (
        time_machine.travel(timezone.now() + timedelta(days=2)),
        TestCase.captureOnCommitCallbacks(execute=True),
    ):
        call_command("publish_scheduled")
    assert_nothing_new(editor, page)


def test_scheduling_in_the_editor_is_checked_like_publishing(
    editor: Any, live: Any, pages: Any
) -> None:
    later = timezone.localtime() + timedelta(days=1)
    data = form(live.current_version, WRONG, **{"action-publish": "1"})
    data["go_live_at"] = later.strftime("%Y-%m-%d %H:%M")
    address = reverse("wagtailadmin_pages:edit", args=[pages["en-gb"].pk])
    answer = editor.post(address, data)
    assert answer.context["form"].errors["own_terms"]
    assert not fresh(pages["en-gb"]).scheduled_revision


@pytest.fixture
def workflow(live: Any) -> Workflow:
    """A workflow over the whole site with one step, for moderators."""
    workflow = Workflow.objects.create(name="Legal")
    task = GroupApprovalTask.objects.create(name="Read by counsel")
    task.groups.add(Group.objects.get_or_create(name="Moderators")[0])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    from wagtail.models import WorkflowPage

    WorkflowPage.objects.create(workflow=workflow, page=home())
    return workflow


def test_submitting_to_a_workflow_is_checked_like_publishing(
    editor: Any, live: Any, pages: Any, workflow: Any
) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[pages["en-gb"].pk])
    data = form(live.current_version, WRONG, **{"action-submit": "1"})
    answer = editor.post(address, data)
    assert answer.context["form"].errors["own_terms"]
    assert fresh(pages["en-gb"]).current_workflow_state is None
    edited = form(live.current_version, "Be kind.", **{"action-submit": "1"})
    assert editor.post(address, edited).status_code == 302
    assert fresh(pages["en-gb"]).current_workflow_state is not None


def test_approving_freezes_no_wrong_figure(
    editor: Any, live: Any, pages: Any, workflow: Any
) -> None:
    page = pages["en-gb"]
    save_unchecked(page)
    counsel = get_user_model().objects.get(is_superuser=True)
    workflow.start(fresh(page), counsel)
    task = fresh(page).current_workflow_task_state
    with TestCase.captureOnCommitCallbacks(execute=True):
        editor.post(
            reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
        )
    assert fresh(page).current_workflow_state is None
    assert not fresh(page).has_unpublished_changes
    assert_nothing_new(editor, page)
    history = editor.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "These words are not in force: The terms page" in history
    # Nor does the next version take them over.
    with pytest.raises(PublishRefused) as refusal:
        publish(version=next_version(live))
    assert "“MYR 99”" in " ".join(refusal.value.problems)


def test_approved_words_are_frozen(editor: Any, live: Any, pages: Any, workflow: Any) -> None:
    page = pages["en-gb"]
    save_unchecked(page, "Be kind.")
    workflow.start(fresh(page), get_user_model().objects.get(is_superuser=True))
    task = fresh(page).current_workflow_task_state
    with TestCase.captureOnCommitCallbacks(execute=True):
        editor.post(
            reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
        )
    assert "Be kind." in TermsVersion.objects.get(language="en-gb", sequence=2).text


def test_who_may_only_write_submits_and_a_moderator_approves(
    live: Any, pages: Any, workflow: Any
) -> None:
    page = pages["en-gb"]
    writer, moderator = (
        someone_in(Group.objects.create(name="Writers"), "add_page", "change_page"),
        someone_in(Group.objects.get(name="Moderators"), "change_page", "publish_page"),
    )
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    with TestCase.captureOnCommitCallbacks(execute=True):
        writer.post(address, form(live.current_version, "Be kind.", **{"action-publish": "1"}))
    assert fresh(page).has_unpublished_changes
    writer.post(address, form(live.current_version, "Be kind.", **{"action-submit": "1"}))
    task = fresh(page).current_workflow_task_state
    approval = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    for client, words_in_force in ((writer, 1), (moderator, 2)):
        with TestCase.captureOnCommitCallbacks(execute=True):
            client.post(approval)
        assert TermsVersion.objects.filter(language="en-gb").count() == words_in_force
    assert "Be kind." in TermsVersion.objects.get(language="en-gb", sequence=2).text


def someone_in(group: Group, *permissions: str) -> Client:
    """A browser of a person in the group, which may do this with all pages."""
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=permissions
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=home(), permission=permission)
    user = customer()
    user.groups.add(group)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_publishing_several_pages_at_once_freezes_no_wrong_figure(
    editor: Any, live: Any, pages: Any
) -> None:
    page = pages["en-gb"]
    save_unchecked(page)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    with TestCase.captureOnCommitCallbacks(execute=True):
        editor.post(f"{address}?id={page.pk}")
    assert fresh(page).live and not fresh(page).has_unpublished_changes
    assert_nothing_new(editor, page)


def test_a_locked_page_is_not_changed_by_another_editor(editor: Any, live: Any, pages: Any) -> None:
    page = fresh(pages["en-gb"])
    page.locked = True
    page.save()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    editor.post(address, form(live.current_version, "Be kind.", **{"action-publish": "1"}))
    assert TermsVersion.objects.filter(language="en-gb").count() == 1

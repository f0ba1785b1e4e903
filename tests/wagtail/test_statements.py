"""Refused statements of a terms page in Wagtail's admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from oscar_referrals.programs.models import StatementWaiver
from oscar_referrals.programs.publish import publish
from tests.wagtail.website import rewrite

pytestmark = [pytest.mark.django_db, pytest.mark.wagtail]


def test_a_statement_is_let_pass_where_it_was_written(
    client: Any, admin_user: Any, program: Any, pages: Any
) -> None:
    version = program.versions.get()
    page = pages["en-gb"]
    rewrite(page, "My own friends gave RM 45 once.")
    client.force_login(admin_user)
    url = reverse("referral_statements", args=[page.pk])
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert url in editor.content.decode()
    answer = client.get(url)
    assert "My own friends gave RM 45 once." in answer.content.decode()
    ((_refused, digest),) = answer.context["refused"]
    answer = client.post(url, {"statement": digest, "reason": " "}, follow=True)
    assert "Please say why" in answer.content.decode()
    answer = client.post(url, {"statement": digest, "reason": "A story."}, follow=True)
    assert "No statement is refused." in answer.content.decode()
    assert StatementWaiver.objects.get().waived_by == admin_user
    take_back = {"action": "withdraw", "waiver": StatementWaiver.objects.get().pk, "reason": "No."}
    answer = client.post(url, take_back, follow=True)
    assert "is refused in this sentence again" in answer.content.decode()
    assert len(answer.context["refused"]) == 1
    client.post(url, {"statement": digest, "reason": "It is a story."})
    publish(version=version)


def test_the_page_is_for_editors_who_may(client: Any, pages: Any, django_user_model: Any) -> None:
    url = reverse("referral_statements", args=[pages["en-gb"].pk])
    user = django_user_model.objects.create_user("someone", "s@example.com", "x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.get(url).status_code in (302, 403)

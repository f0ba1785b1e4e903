"""The ready group of referral editors: words, pictures and figures, but nobody's data."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from oscar_referrals.sharing.share_models import Material
from tests.shop import customer
from tests.wagtail.website import home


def _make(**options: Any) -> str:
    out = io.StringIO()
    call_command("referrals_editors", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def member(live: Any) -> Client:
    _make(under=home().pk)
    user = customer()
    user.groups.add(Group.objects.get(name="Referral editors"))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_members_write_and_see_no_customer(member: Client, live: Any, pages: Any) -> None:
    open_to_them = [
        reverse("referral_terms_pages:index"),
        reverse("wagtailadmin_pages:edit", args=[pages["en-gb"].pk]),
        reverse("referral_programs:inspect", args=[live.pk]),
        reverse("referral_message_texts:index"),
        reverse("wagtailsnippets_oscar_referrals_material:add"),
        reverse("wagtail_referrals_report_overview"),
    ]
    for address in open_to_them:
        assert member.get(address).status_code == 200, address
    closed = ["referral_codes", "referral_referrals", "referral_rewards"]
    menu = member.get(reverse("wagtailadmin_home")).content.decode()
    for name in closed:
        assert member.get(reverse(f"{name}:index")).status_code == 302
        assert reverse(f"{name}:index") not in menu
    texts = member.get(reverse("referral_message_texts:index")).content.decode()
    assert "oscar_referrals_dashboard" not in texts
    assert "/dashboard/" not in texts.split("<main", 1)[1]


def test_they_edit_the_material_under_the_rules_of_the_dashboard(member: Client, live: Any) -> None:
    address = reverse("wagtailsnippets_oscar_referrals_material:add")
    data = {
        "program": live.pk,
        "language": "",
        "kind": "text",
        "position": 0,
        "title": "For neighbours",
        "file": "",
        "alt_text": "",
        "text": "You get RM 500 here!",
        "shown_from": "",
        "shown_until": "",
    }
    answer = member.post(address, data)
    assert answer.status_code == 200
    assert "RM 500" in answer.content.decode()
    assert not Material.objects.exists()
    assert member.post(address, {**data, "text": "Come by: {url}"}).status_code == 302
    material = Material.objects.get()
    listed = member.get(reverse("wagtailsnippets_oscar_referrals_material:list"))
    assert "For neighbours" in listed.content.decode()
    gone = reverse("wagtailsnippets_oscar_referrals_material:delete", args=[material.pk])
    assert member.post(gone).status_code == 302
    assert not Material.objects.exists()


def test_a_group_that_a_shop_renamed_stays_as_it_is(live: Any) -> None:
    _make()
    group = Group.objects.get(name="Referral editors")
    group.name = "Pencerita"
    group.save()
    group.permissions.set(group.permissions.filter(codename="view_program"))
    assert "may not write on any page" in _make()
    group.refresh_from_db()
    assert group.permissions.count() == 1
    assert "has all permissions" in _make(group="Pencerita", under=home().pk)
    assert group.permissions.filter(codename="add_material").exists()
    # In three languages.
    assert group.page_permissions.count() == 9
    with pytest.raises(CommandError):
        _make(under=0)

"""Staff take a name off the leaderboard."""

from __future__ import annotations

import pytest
from django.urls import reverse

from oscar_referrals.members.alias import set_alias
from oscar_referrals.test.factories import advocate, live_program
from tests.shop import Visitor

pytestmark = pytest.mark.django_db
LIST = "oscar_referrals_dashboard:referrals-alias-list"


def test_a_name_is_hidden_with_a_reason_that_its_owner_reads_and_shown_again(operator):
    member = advocate(live_program())
    set_alias(advocate=member, alias="Rude One", on_leaderboard=True)
    page = operator.get(reverse(LIST)).content.decode()
    assert "Rude One" in page
    assert "No names" not in page
    hide = reverse("oscar_referrals_dashboard:referrals-alias-hide", args=[member.pk])
    operator.post(hide, {"reason": " "})
    member.refresh_from_db()
    assert member.alias_hidden_at is None
    operator.post(hide, {"reason": "It offends <b>people</b>."})
    own = Visitor(member.user).get("referrals:leaderboard").content.decode()
    assert "It offends &lt;b&gt;people&lt;/b&gt;." in own
    everything = operator.get(reverse(LIST), {"hidden": ""}).content.decode()
    assert "Rude One" in everything
    assert "All names" in everything and "Unknown" not in everything
    assert "Rude One" in operator.get(reverse(LIST), {"hidden": "true"}).content.decode()
    assert "Rude One" not in operator.get(reverse(LIST), {"hidden": "false"}).content.decode()
    operator.post(reverse("oscar_referrals_dashboard:referrals-alias-show", args=[member.pk]))
    member.refresh_from_db()
    assert member.alias_hidden_at is None

"""Staff extend, adjust and give on pages of their own; the story tells of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from oscar_referrals.rewards.models import Reward
from oscar_referrals.test.factories import UserFactory
from tests.dashboard.pages import url

pytestmark = pytest.mark.django_db


def test_the_story_offers_both_to_those_who_may(operator, staff, referral, reward):
    page = operator.get(url("referral-detail", referral.pk)).content.decode()
    assert url("reward-extend", reward.pk) in page
    assert url("reward-adjust", reward.pk) in page
    page = staff("view_referral").get(url("referral-detail", referral.pk)).content.decode()
    assert url("reward-extend", reward.pk) not in page
    assert url("reward-adjust", reward.pk) not in page


def test_more_time(operator, reward):
    day = (reward.expires_at + timedelta(days=30)).date()
    form = operator.get(url("reward-extend", reward.pk)).content.decode()
    assert "Customers do not read it." in form
    answer = operator.post(
        url("reward-extend", reward.pk),
        {"until": day.isoformat(), "reason": "Was ill"},
        follow=True,
    )
    page = answer.content.decode()
    assert "can be used until the new date" in page
    assert "Validity extended by staff" in page
    assert "Was ill" in page
    reward.refresh_from_db()
    assert timezone.localtime(reward.expires_at).date() == day


def test_a_date_that_is_over_is_refused(operator, reward):
    answer = operator.post(
        url("reward-extend", reward.pk), {"until": "2020-01-01", "reason": "Was ill"}
    )
    assert "Choose a later date" in answer.content.decode()


def test_less(operator, reward):
    answer = operator.post(
        url("reward-adjust", reward.pk), {"amount": "-5.50", "reason": "Agreed"}, follow=True
    )
    page = answer.content.decode()
    assert "The reward was adjusted." in page
    assert "Adjusted by staff: -MYR\xa05.50" in page
    assert f"Agreed · {operator.user.email}" in page
    reward.refresh_from_db()
    assert (reward.adjusted, reward.net) == (-550, reward.amount - 550)


def test_nothing_happens_without_a_reason(operator, reward):
    answer = operator.post(url("reward-adjust", reward.pk), {"amount": "-5.50", "reason": ""})
    assert answer.status_code == 200
    reward.refresh_from_db()
    assert reward.adjusted == 0


def test_a_gift(operator, program):
    customer = UserFactory(email="kind@example.com")
    page = operator.get(url("reward-list")).content.decode()
    assert url("reward-give") in page
    form = operator.get(url("reward-give") + "?customer=kind@example.com").context["form"]
    assert form.initial["customer"] == "kind@example.com"
    data = {
        "token": form.fields["token"].initial,
        "program": program.pk,
        "customer": "Kind@example.com",
        "amount": "12.50",
        "currency": "MYR",
        "hold_days": "0",
        "validity_days": "",
        "reason": "Late parcel",
        "customer_note": "Sorry for the wait",
    }
    for _press in range(2):
        answer = operator.post(url("reward-give"), data, follow=True)
    page = answer.content.decode()
    assert "Late parcel" in page
    assert "Sorry for the wait" in page
    assert "Given by staff: MYR\xa012.50" in page
    assert "Given to" in page
    assert "Guest, or the account is gone" not in page
    assert page.count("Advocate’s side:") + page.count("Advocate&#x27;s side:") == 1
    [given] = Reward.objects.filter(owner=customer)
    assert (given.left, given.expires_at) == (1250, None)
    page = operator.get(url("reward-detail", given.pk)).content.decode()
    assert f"Reward for gift {given.pk}" in page
    for name in ("referral-list", "reward-list"):
        assert "Given by staff" in operator.get(url(name)).content.decode()


def test_no_gift_to_a_stranger_or_oneself(operator, program):
    data = {
        "program": program.pk,
        "customer": "nobody@example.com",
        "amount": "5",
        "currency": "MYR",
        "hold_days": "0",
        "reason": "x",
    }
    page = operator.post(url("reward-give"), data).content.decode()
    assert "No account has this e-mail address." in page
    own = {**data, "customer": operator.user.email}
    assert "This is your own account." in operator.post(url("reward-give"), own).content.decode()
    assert not Reward.objects.exists()


def test_it_takes_a_token_of_the_form(operator, reward):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(operator.user, backend="django.contrib.auth.backends.ModelBackend")
    data = {"amount": "-5", "reason": "x"}
    assert strict.post(url("reward-adjust", reward.pk), data).status_code == 403

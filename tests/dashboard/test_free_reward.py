"""Freeing a reward on the story's page."""

from __future__ import annotations

import pytest
from django.test import Client
from oscar.core.loading import get_model

from oscar_referrals.rewards.spend import hold_for
from tests.dashboard.pages import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def reward(referral):
    reward = referral.rewards.get(side="advocate")
    basket = get_model("basket", "Basket").objects.create(owner=reward.owner)
    assert hold_for(reward_id=reward.pk, basket_id=basket.pk)
    basket.freeze()
    return reward


def test_the_story_offers_it_with_a_warning(operator, referral, reward):
    page = operator.get(url("referral-detail", referral.pk)).content.decode()
    assert "Free this reward from the basket that is being paid" in page
    assert "booked as a loss" in page
    assert url("reward-free", reward.pk) in page


def test_only_to_those_who_may(staff, referral, reward):
    page = staff("view_referral").get(url("referral-detail", referral.pk)).content.decode()
    assert "In a basket that is being paid" in page
    assert url("reward-free", reward.pk) not in page


def test_only_while_it_is_being_paid(operator, referral, reward):
    reward.refresh_from_db()
    reward.basket.thaw()
    page = operator.get(url("referral-detail", referral.pk)).content.decode()
    assert "In a basket that is being paid" not in page


def test_with_a_reason_it_is_done_and_told(operator, referral, reward):
    answer = operator.post(
        url("reward-free", reward.pk),
        {f"free-{reward.pk}-reason": "The provider says so"},
        follow=True,
    )
    page = answer.content.decode()
    assert "its owner can use it again" in page
    assert "The provider says so" in page
    assert operator.user.email in page
    assert "In a basket that is being paid" not in page
    reward.refresh_from_db()
    assert reward.basket is None


def test_without_a_reason_nothing_is_done(operator, reward):
    answer = operator.post(url("reward-free", reward.pk), {}, follow=True)
    assert "Write down why" in answer.content.decode()
    reward.refresh_from_db()
    assert reward.basket is not None


def test_too_late_says_so(operator, reward):
    reason = {f"free-{reward.pk}-reason": "x"}
    operator.post(url("reward-free", reward.pk), reason)
    answer = operator.post(url("reward-free", reward.pk), reason, follow=True)
    assert "nothing was changed" in answer.content.decode()


def test_it_needs_a_post_with_the_csrf_token(operator, reward):
    assert operator.get(url("reward-free", reward.pk)).status_code == 405
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(operator.user)
    reason = {f"free-{reward.pk}-reason": "x"}
    assert careful.post(url("reward-free", reward.pk), reason).status_code == 403

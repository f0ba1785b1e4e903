"""The invitation to share, on any page."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.template import engines
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oscar_referrals.programs import lifecycle
from oscar_referrals.programs.models import Program
from oscar_referrals.test.factories import live_program, publish_again
from tests.rewards.cases import referred
from tests.shop import Visitor, customer, product

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return live_program()


def render(times: int = 1, member: bool = False) -> str:
    request = RequestFactory().get("/")
    request.session = {"referrals_member": True} if member else {}
    request.user = AnonymousUser() if not member else customer()
    source = "{% load referral_tags %}" + "{% referral_call_to_action %}" * times
    return engines["django"].from_string(source).render({}, request)


def test_it_says_what_both_get_and_leads_to_the_portal(program):
    text = render()
    assert "MYR\xa020 off their first order of MYR\xa080 or more" in text
    assert f'href="{reverse("referrals:portal")}"' in text
    assert "Get my link" in text
    assert "Share my link" in render(member=True)


def test_it_says_nothing_while_no_program_is_live(program):
    lifecycle.pause(program=program)
    assert render().strip() == ""


@pytest.fixture
def used_up(program):
    """Nothing is left of the budget but for what is not enough."""
    budget = {"scope": "program", "currency": "MYR", "amount": 2000}
    publish_again(program, limits=[budget])
    referred(Program.objects.get())


def test_it_promises_nothing_that_is_used_up(used_up):
    assert render().strip() == ""
    text = Visitor().get("referrals:portal").content.decode()
    assert "The offer is used up" in text
    assert "off their first order" not in text
    assert "Sign in to see my rewards" in text


def test_with_a_budget_the_books_are_asked_once_a_minute(program):
    budget = {"scope": "program", "currency": "MYR", "amount": 4000}
    publish_again(program, limits=[budget])
    assert "off their first order" in render()
    with CaptureQueriesContext(connection) as captured:
        assert "off their first order" in render(5)
    assert len(captured) <= 2
    for _count in range(2):
        referred(Program.objects.get())
    cache.clear()
    assert render().strip() == ""


def test_any_number_of_them_costs_two_queries_and_one_style_sheet(program):
    request = RequestFactory().get("/")
    request.session, request.user = {}, AnonymousUser()
    source = "{% load referral_tags %}" + "{% referral_call_to_action %}" * 5
    with CaptureQueriesContext(connection) as captured:
        text = engines["django"].from_string(source).render({}, request)
    assert len(captured) <= 2
    assert text.count("referrals.css") == 1
    assert text.count("rf-cta__title") == 5


def test_the_thank_you_page_invites(program):
    visitor = Visitor()
    visitor.add(product("100.00"))
    visitor.to_preview()
    text = visitor.pay().content.decode()
    assert "Get my link" in text

"""Calls to action in the shop's pages and mails: to whom they say what, and what they cost."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Claim
from oscar_referrals.programs import lifecycle
from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import advocate, live_program, publish_again
from tests.shop import Visitor, customer, product

pytestmark = pytest.mark.django_db
EVERYWHERE = ("thank-you", "account-menu", "order-history", "order-mail", "product", "footer")
INVITES = "Refer a friend, and both of you get something"
WAITS = "Your discount is waiting: MYR\xa020 off your first order of MYR\xa080 or more"


@pytest.fixture
def everywhere(settings):
    settings.OSCAR_REFERRALS = settings.OSCAR_REFERRALS | {"AUTOMATIC_PLACEMENTS": EVERYWHERE}


@pytest.fixture
def program():
    return live_program()


def switch_off(*places):
    Program.objects.update(placements_off=list(places))


def page_of(visitor, item):
    return visitor.client.get(item.get_absolute_url()).content.decode()


def queries(visitor, address):
    visitor.client.get(address)
    with CaptureQueriesContext(connection) as captured:
        visitor.client.get(address)
    return len(captured)


def test_a_product_page_says_something_else_to_each(program, everywhere):
    item, link = product("50.00"), reverse("referrals:portal")
    address = f"{link}?p=product&amp;next={item.get_absolute_url().replace('/', '%2F')}"
    text = page_of(Visitor(), item)
    assert INVITES in text
    assert "MYR\xa020 off their first order" in text
    assert f'href="{address}"' in text
    member = Visitor(advocate(program).user)
    assert "Share and get a voucher for MYR\xa015 off an order" in page_of(member, item)
    assert f'href="{address}#rf-share"' in page_of(member, item)
    friend = Visitor()
    friend.claim(code_for(advocate=advocate(program)))
    text = page_of(friend, item)
    assert WAITS in text
    assert INVITES not in text


def test_what_is_said_to_one_person_is_kept_in_no_shared_cache(program, everywhere):
    address = product("50.00").get_absolute_url()
    friend, member = Visitor(), advocate(program)
    friend.claim(code_for(advocate=member))
    for visitor in (friend, Visitor(member.user)):
        visitor.get("referrals:portal")
        assert "private" in visitor.client.get(address).headers["Cache-Control"]
    assert "Cache-Control" not in Visitor().client.get(address).headers


def test_what_waits_is_what_was_claimed(program, everywhere):
    friend, item = Visitor(), product("50.00")
    friend.claim(code_for(advocate=advocate(program)))
    publish_again(program, friend={"value": 1000})
    assert WAITS in page_of(friend, item)
    Claim.objects.update(expires_at=timezone.now())
    assert "Your discount is waiting" not in page_of(friend, item)


def test_nothing_is_shown_while_no_program_is_live(program, everywhere):
    item, friend, member = product("50.00"), Visitor(), advocate(program)
    friend.claim(code_for(advocate=member))
    lifecycle.pause(program=program)
    for visitor in (Visitor(), friend, Visitor(member.user)):
        text = page_of(visitor, item)
        assert "rf-cta" not in text
        assert "rf-line" not in text


def test_each_place_can_be_switched_off(program, everywhere):
    item, visitor = product("50.00"), Visitor(customer())
    switch_off("product")
    assert page_of(visitor, item).count(INVITES) == 1  # the footer's
    switch_off("product", "footer", "account-menu", "order-history")
    assert INVITES not in page_of(visitor, item)
    history = visitor.get("customer:order-list").content.decode()
    assert reverse("referrals:portal") not in history
    member = Visitor(advocate(program).user)
    member.get("referrals:portal")
    assert f"{reverse('referrals:portal')}?p=account-menu" in (
        member.get("customer:order-list").content.decode()
    )


def test_a_visitor_pays_at_most_two_queries_and_none_where_nothing_is_said(program, settings):
    item = product("50.00")
    names = {"product": item.get_absolute_url(), "search": reverse("catalogue:index")}
    with override_settings(OSCAR_REFERRALS={"AUTOMATIC_PLACEMENTS": ()}):
        plain = {name: queries(Visitor(), address) for name, address in names.items()}
    assert {name: queries(Visitor(), address) for name, address in names.items()} == plain
    with override_settings(OSCAR_REFERRALS={"AUTOMATIC_PLACEMENTS": EVERYWHERE}):
        for name, address in names.items():
            assert queries(Visitor(), address) == plain[name] + 2
        friend = Visitor()
        friend.claim(code_for(advocate=advocate(program)))
        assert queries(friend, item.get_absolute_url()) <= plain["product"] + 2


def test_the_order_history_invites(program):
    text = Visitor(customer()).get("customer:order-list").content.decode()
    assert f'href="{reverse("referrals:portal")}?p=order-history"' in text
    assert f'href="{reverse("referrals:portal")}?p=account-menu"' in text


def confirmation():
    visitor = Visitor(customer())
    visitor.add(product("100.00"))
    order = visitor.order()
    (message,) = [one for one in mail.outbox if order.number in one.subject]
    return message


def test_the_mail_that_confirms_an_order_invites_in_both_forms(program, everywhere):
    message = confirmation()
    address = f"{reverse('referrals:portal')}?p=order-mail"
    html = message.alternatives[0][0]
    for body in (message.body, html):
        assert INVITES in body
        assert address in body
    assert "://" in message.body.partition(address)[0].splitlines()[-1]
    assert "has been received" in message.body
    assert message.body.index("has been received") < message.body.index(INVITES)


def test_by_itself_the_mail_is_oscar_s(program):
    message = confirmation()
    assert "has been received" in message.body
    assert INVITES not in message.body + message.alternatives[0][0]


def test_a_fault_keeps_no_mail_from_the_customer(program, everywhere, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("oscar_referrals.templatetags.referral_tags.call_for", fail)
    with override_settings(OSCAR_REFERRALS={"AUTOMATIC_PLACEMENTS": ("order-mail",)}):
        assert "has been received" in confirmation().body
    assert get_model("order", "Order").objects.count() == 1

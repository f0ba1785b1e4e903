"""What nobody means to ask of the shopper's pages is never an error, nor anybody else's data."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oscar_referrals.members.membership import join
from oscar_referrals.members.models import Advocate, TermsAcceptance
from oscar_referrals.test.factories import live_program, publish_again
from oscar_referrals.urls import urlpatterns
from tests.junk import broken, fields_of
from tests.shop import Visitor, customer

pytestmark = pytest.mark.django_db

#: What stands in an address in place of a number, and of a text.
NUMBERS = ("0", "9" * 19, "9" * 400, "%D9%A1", "%C2%B2")
TEXTS = ("%00", "x" * 5_000, "%ED%A0%80", "1:2:3", "a%0Ab", "%F0%9F%98%80")
#: What the pages read besides the fields of their own forms.
TAGS = frozenset({"next", "c", "v", "terms", "incentive", "amount", "currency", "size", "channel"})


@pytest.fixture
def program() -> Any:
    return live_program()


@pytest.fixture
def member(program: Any) -> Visitor:
    return member_of(program, "member@example.com")


def member_of(program: Any, email: str) -> Visitor:
    visitor = Visitor(customer(email))
    join(program=program, user=visitor.user, language="en-gb", method="account")
    return visitor


def addresses(pattern: Any) -> list[str]:
    """A page's address; one that names something, with names that nothing has."""
    root, route = reverse("referrals:portal").removesuffix("referrals/"), str(pattern.pattern)
    junk = NUMBERS if "<int:" in route else TEXTS if "<" in route else ("",)
    return [root + re.sub("<[^>]+>", text, route) for text in junk]


def test_every_page_answers_whatever_it_is_asked(program: Any, member: Visitor) -> None:
    publish_again(program, friend={"value": 500})
    for client in (Client(), member.client):
        client.raise_request_exception = False
        for pattern in urlpatterns:
            for address in addresses(pattern):
                answer = client.get(address)
                assert answer.status_code < 500, address[:100]
                if "<" in str(pattern.pattern):
                    continue
                asked = fields_of(answer) | TAGS
                assert broken(client, address, asked) == []
                if client is member.client and pattern.name != "leave":
                    assert broken(client, address, asked, send=True) == []
    assert Advocate.objects.get(user=member.user).is_member


def test_a_receipt_of_somebody_else_is_nowhere(program: Any, member: Visitor) -> None:
    member_of(program, "other@example.com")
    others = TermsAcceptance.objects.exclude(advocate__user=member.user).get()
    own = TermsAcceptance.objects.get(advocate__user=member.user)
    for text in (str(others.pk), f"0{others.pk}", f"{others.pk}%00", f"{others.pk}%20"):
        page = reverse("referrals:receipt", args=[own.pk])
        answer = member.client.get(page.replace(f"/{own.pk}/", f"/{text}/"))
        assert answer.status_code == 404, text
    listed = member.client.get(reverse("referrals:receipts"), {"pk": others.pk, "user": "other"})
    assert reverse("referrals:receipt", args=[others.pk]) not in listed.content.decode()


def test_terms_of_somebody_else_are_not_accepted(program: Any, member: Visitor) -> None:
    """Whatever the form names, only the words that the page shows are accepted."""
    publish_again(program, friend={"value": 500})
    accepted = TermsAcceptance.objects.count()
    for text in ("\0", "0", "9" * 400, "", str(TermsAcceptance.objects.get().terms_id)):
        answer = member.client.post(reverse("referrals:terms-change"), {"terms": text})
        assert answer.status_code == 302
    assert TermsAcceptance.objects.count() == accepted

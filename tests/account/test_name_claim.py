"""A friend is named instead of a code: before the order, and after it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from oscar_referrals.attribution.assignments import LateClaim
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.checkout import used_up
from oscar_referrals.members.models import Advocate
from oscar_referrals.members.names import (
    canonical_name,
    found_by_name,
    refresh_names,
    set_findable,
    shown_name,
)
from oscar_referrals.programs import lifecycle
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.shop import Visitor, customer, product

pytestmark = pytest.mark.django_db
NAME_ALONE = "tell by this name alone"
NOT_AT_ALL = "tell by this who invited you"


@pytest.fixture
def program(settings):
    settings.OSCAR_REFERRALS = {"NAME_CLAIMS": True}
    return live_program()


def member(program, first="Nur Aïsyah", last="binti Rahman", *, findable=True):
    found = advocate(program, user=UserFactory(first_name=first, last_name=last))
    code_for(advocate=found)
    set_findable(advocate=found, findable=findable)
    return found


def name(visitor, text, email=""):
    response = visitor.post("referrals:name-claim", data={"name": text, "email": email})
    return response.content.decode().replace("&#x27;", "'")


def test_spellings_of_one_name():
    assert canonical_name("  nur  AÏSYAH Binti-Rahman ") == canonical_name(
        "Nur Aisyah binti Rahman"
    )
    assert canonical_name("Nur Aisyah") != canonical_name("Nur Aisya")
    assert canonical_name("李 小龙") == "李小龙"


@pytest.mark.parametrize(
    "text", ["Nur Aisyah", "J. P.", "D'Arcy-Lee", "李小龙", " Siti\r\nbt ", "A.J."]
)
def test_first_names_are_shown(text):
    assert shown_name(text) == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "Visit evil.example",
        "http://x",
        "WWW.x",
        "me@evil.example",
        "w" * 41,
        "evil。com",
        None,
        "\0",
    ],
)
def test_what_is_no_name_but_a_message_is_not_shown(text):
    assert shown_name(text) == ""


def test_a_named_advocate_gives_the_discount_and_is_credited(program):
    who = member(program)
    friend = Visitor()
    friend.add(product("100.00"))
    assert reverse("referrals:name-claim") in friend.get("basket:summary").content.decode()
    name(friend, "nur aisyah BINTI rahman")
    assert Claim.objects.get().method == Claim.Method.NAME
    order = friend.order("named@example.com")
    assert order.total_incl_tax == Decimal("80.00")
    assert Referral.objects.get().advocate == who


def test_whatever_keeps_a_name_from_being_taken_the_answer_is_the_same(program, monkeypatch):
    member(program, "Hidden", "Person", findable=False)
    member(program, "Common", "Name")
    twin = member(program, "Common", "Name")
    own = member(program, "Own", "Name")
    pages = []
    for text in ("Nobody Known", "Hidden Person", "Common Name", "Commo Name", "x"):
        page = name(Visitor(address=f"10.0.0.{len(pages)}"), text)
        assert NAME_ALONE in page
        assert twin.user.email not in page
        pages.append(page)
    # Nor does a cookie tell that somebody was found whose offer is used up.
    unknown, found = Visitor(address="10.0.2.1"), Visitor(address="10.0.2.2")
    with monkeypatch.context() as context:
        context.setattr(used_up, "for_basket", lambda basket: lambda version: True)
        assert NAME_ALONE in name(unknown, "Nobody Known")
        assert NAME_ALONE in name(found, "Own Name")
    assert set(unknown.client.cookies) == set(found.client.cookies)
    assert NAME_ALONE in name(Visitor(own.user, address="10.0.1.1"), "Own Name")
    assert not Claim.objects.exists()
    visitor = Visitor(address="10.0.1.2")
    assert NOT_AT_ALL in name(visitor, "Common Name", "nobody@example.com")
    name(visitor, "Common Name", twin.user.email.upper())
    assert Claim.objects.get().code.advocate == twin


def test_the_address_tells_apart_however_many_have_the_name(program):
    same = [member(program) for _number in range(22)]
    site, name = program.site_id, "Nur Aisyah binti Rahman"
    assert found_by_name(site_id=site, name=name) is None
    for who in (same[0], same[-1]):
        assert found_by_name(site_id=site, name=name, email=who.user.email) == who
    assert found_by_name(site_id=site, name=name, email="nobody@shop.example") is None


def test_tries_are_limited_by_address_and_account(program, settings):
    settings.OSCAR_REFERRALS = {"NAME_CLAIMS": True, "TRY_LIMIT": 2}
    member(program)
    user = customer("guessing@example.com")
    for number in range(2):
        name(Visitor(user, address=f"10.1.0.{number}"), f"Somebody Else{number}")
    page = name(Visitor(user, address="10.1.0.9"), "Nur Aisyah binti Rahman")
    assert "Too many codes were tried" in page
    assert not Claim.objects.exists()


def test_while_the_program_is_paused_the_page_says_so_and_asks_for_no_name(program):
    lifecycle.pause(program=program)
    page = Visitor().get("referrals:name-claim").content.decode()
    assert "The program is paused" in page and 'name="name"' not in page


def test_who_has_a_code_in_the_basket_is_not_asked_for_a_name(program):
    visitor = Visitor()
    visitor.add(product("100.00"))
    link = f'href="{reverse("referrals:name-claim")}"'
    assert link in visitor.get("basket:summary").content.decode()
    visitor.enter(code_for(advocate=member(program)).code)
    assert link not in visitor.get("basket:summary").content.decode()


def test_it_is_off_until_the_shop_wants_it(program, settings):
    settings.OSCAR_REFERRALS = {}
    visitor = Visitor()
    assert visitor.client.get(reverse("referrals:name-claim")).status_code == 404
    visitor.add(product("100.00"))
    assert reverse("referrals:name-claim") not in visitor.get("basket:summary").content.decode()


def test_the_advocate_says_so_on_the_account_page(program):
    who = member(program, findable=False)
    visitor = Visitor(who.user)
    assert reverse("referrals:findable") in visitor.get("referrals:portal").content.decode()
    visitor.post("referrals:findable", data={"findable": "on"})
    who.refresh_from_db()
    assert (who.findable, len(who.name_key)) == (True, 64)
    who.user.last_name = "Wong"
    who.user.save()
    assert refresh_names() == 1
    assert refresh_names() == 0
    visitor.post("referrals:findable")
    who.refresh_from_db()
    assert (who.findable, who.name_key) == (False, "")
    assert Advocate.objects.count() == 1


def ordered(email="late@example.com", user=None):
    visitor = Visitor(user)
    visitor.add(product("100.00"))
    return visitor, visitor.order(email)


def say(visitor, order, email, named="Nur Aisyah"):
    number = getattr(order, "number", order)
    data = {"order": number, "email": email, "named": named, "how": "At\nlunch"}
    return visitor.post("referrals:late-claim", data=data)


def test_a_guest_says_after_the_order_who_it_was(program):
    visitor, order = ordered()
    address = f"{reverse('referrals:late-claim')}?order={order.number}"
    assert f'value="{order.number}"' in visitor.client.get(address).content.decode()
    known = say(visitor, order, "Late@Example.com")
    unknown = say(visitor, "999999", "late@example.com")
    foreign = say(visitor, order, "somebody@example.com", "Mallory")
    answers = {tuple(map(str, page.context["messages"])) for page in (known, unknown, foreign)}
    assert len(answers) == 1
    assert "We write the answer to the e-mail address of the order." in answers.pop()[0]
    late = LateClaim.objects.get()
    assert (late.order_number, late.named, late.how) == (order.number, "Nur Aisyah", "At lunch")
    say(visitor, order, "late@example.com", "Second thoughts")
    assert LateClaim.objects.get().named == "Nur Aisyah"


def test_a_signed_in_friend_reads_the_answer(program):
    user = customer("reader@example.com")
    visitor, order = ordered(user=user)
    assert "a person looks at it." in say(visitor, order, user.email).content.decode()
    LateClaim.objects.update(state="declined", customer_note="We know <nobody> of that name.")
    page = visitor.get("referrals:late-claim").content.decode()
    assert "we could not credit anybody. We know &lt;nobody&gt; of that name." in page
    assert order.number not in Visitor().get("referrals:late-claim").content.decode()


def test_the_window_ends(program, settings):
    settings.OSCAR_REFERRALS = {"LATE_CLAIM_WINDOW": timedelta(days=3)}
    user = customer("owner@example.com")
    visitor, order = ordered(user=user)
    page = visitor.get("customer:order", order.number).content.decode()
    assert reverse("referrals:late-claim") in page
    type(order).objects.filter(pk=order.pk).update(
        date_placed=timezone.now() - timedelta(days=3, seconds=5)
    )
    page = visitor.get("customer:order", order.number).content.decode()
    assert reverse("referrals:late-claim") not in page
    say(visitor, order, user.email)
    assert not LateClaim.objects.exists()

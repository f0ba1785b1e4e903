"""A guest's mail about a waiting reward proves the mailbox to the account that opens its link."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.identity import email_key
from oscar_referrals.members.proofs import (
    ProvedAddress,
    key_in,
    prove,
    proved_rows,
    proven_key,
    token_for,
)
from oscar_referrals.messages import events
from oscar_referrals.privacy.export import as_values
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.models import LedgerEntry, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.target import GIVE_UP_LOOKING
from tests.messages.test_friends import by_guest, program, sent
from tests.rewards.cases import DAY, pay
from tests.shop import Visitor, customer, texts

pytestmark = pytest.mark.django_db

EMAIL = "guest@shop.example"
State = Reward.State


@pytest.fixture(autouse=True)
def shop(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True}


def path_for(email: str = EMAIL) -> str:
    return reverse("referrals:confirm-address", args=[token_for(email_key(email))])


def ordered_as_guest() -> Referral:
    """A guest's paid order, whose hold is over."""
    referral = by_guest(program(), EMAIL)
    pay(referral.order)
    settle(referral.pk)
    return referral


def waiting() -> Reward:
    return Reward.objects.get(side="friend", kind="credit")


def test_from_the_mail_to_the_reward_in_a_shop_that_confirms_nothing(
    django_capture_on_commit_callbacks: Any,
) -> None:
    referral = ordered_as_guest()
    message = sent(events.FRIEND_REWARD_EARNED)
    links = [re.findall(r"://[^/\s]+(/\S*/confirm/[^/\s\"]+/)", text) for text in message.texts]
    # The token has a time, and both texts the same.
    ((path,), (in_html,)) = links
    assert path == in_html
    assert key_in(path.split("/")[-2], within=DAY) == email_key(EMAIL)
    assert "guest" not in path

    browser = Visitor()
    page = browser.client.get(path)
    (register,) = re.findall(r'href="([^"]+/register/\?next=[^"]+)"', page.content.decode())
    form = browser.client.get(register).context["form"]
    fields = {"email": EMAIL, "password1": "kopi-susu-9", "password2": "kopi-susu-9"}
    back = browser.client.post(
        register, fields | {"redirect_url": form.initial["redirect_url"]}, follow=True
    )
    assert back.request["PATH_INFO"] == path
    assert "This is my address" in back.content.decode()
    assert EMAIL in back.content.decode()
    assert not ProvedAddress.objects.exists()
    settle(referral.pk, now=timezone.now() + 15 * DAY)
    assert waiting().owner is None

    with time_machine.travel(timezone.now() + 16 * DAY):
        browser.client.force_login(back.context["user"])
        booked = []
        for _press in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                answer = browser.client.post(path)
            assert answer["Location"] == reverse("referrals:portal")
            booked.append(LedgerEntry.objects.filter(reward__owner__email=EMAIL).count())
    assert "your address is confirmed" in texts(browser.get("referrals:portal"))[0]
    reward = waiting()
    assert reward.owner is not None
    assert (reward.state, reward.owner.email) == (State.AVAILABLE, EMAIL)
    assert ProvedAddress.objects.count() == 1
    assert len(set(booked)) == 1
    assert booked[0]
    assert audit() == []


def test_whoever_is_not_signed_in_is_asked_to_and_changes_nothing() -> None:
    ordered_as_guest()
    for answer in (Client().get(path_for()), Client().post(path_for())):
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "This is my address" not in page
        assert page.count(f"?next={path_for()}".replace(":", "%3A")) >= 2
        assert answer["Referrer-Policy"] == "same-origin"
        assert "no-store" in answer["Cache-Control"]
        assert "sessionid" not in answer.cookies
    assert not ProvedAddress.objects.exists()


def test_another_account_gets_nothing_and_learns_nothing() -> None:
    ordered_as_guest()
    other = Visitor(customer("other@shop.example"))
    for answer in (other.client.get(path_for()), other.client.post(path_for())):
        page = answer.content.decode()
        assert "You are signed in as other@shop.example" in page
        assert "This is my address" not in page
        assert EMAIL not in page
    assert not ProvedAddress.objects.exists()
    assert waiting().owner is None


def test_another_spelling_of_the_mailbox_gets_what_it_confirms(
    django_capture_on_commit_callbacks: Any,
) -> None:
    referral = by_guest(program(), "baru.kopi@gmail.com")
    pay(referral.order)
    settle(referral.pk)
    # Registered with it, and has proved nothing.
    customer("baru.kopi@gmail.com")
    user = customer("barukopi@gmail.com")
    with django_capture_on_commit_callbacks(execute=True):
        Visitor(user).client.post(path_for("baru.kopi@gmail.com"))
    settle(referral.pk, now=timezone.now() + 15 * DAY)
    assert waiting().owner == user


def test_the_button_needs_the_page_it_stands_on() -> None:
    """A token that somebody sent their victim presses no button."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(customer(EMAIL))
    assert client.post(path_for()).status_code == 403
    assert not ProvedAddress.objects.exists()
    answer = client.get(path_for(), secure=True)
    found = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.content.decode())
    # As a browser sends it, by the page's policy.
    said = {"Referer": "https://testserver" + path_for()}
    sent_form = {"csrfmiddlewaretoken": found[-1]}
    assert client.post(path_for(), sent_form, secure=True, headers=said).status_code == 302
    assert ProvedAddress.objects.exists()


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_link_that_is_changed_or_old_gets_one_answer(signed_in: bool) -> None:
    with time_machine.travel(timezone.now() - GIVE_UP_LOOKING - timedelta(hours=1)):
        old = path_for()
    client = Visitor(customer(EMAIL) if signed_in else None).client
    junk = [reverse("referrals:confirm-address", args=[text]) for text in ("junk", "a:b:c", ":::")]
    for path in (old, path_for()[:-2] + "/", path_for(""), *junk):
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == 200
            assert "This link does not work" in answer.content.decode()
    assert not ProvedAddress.objects.exists()


def test_too_many_changed_links_get_none_and_good_ones_are_never_refused(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"TRY_LIMIT": 1}
    path = reverse("referrals:confirm-address", args=["nonsense"])
    answers = [Client().post(path).status_code for _try in range(12)]
    assert answers == [200] * 10 + [429] * 2
    assert Client().get(path_for()).status_code == 200


def test_a_proof_counts_for_the_address_that_the_account_has_now() -> None:
    user = customer(EMAIL)
    assert proven_key(user) == ""
    assert not prove(user, email_key("other@shop.example"))
    assert prove(user, email_key(EMAIL))
    assert proven_key(user) == email_key(EMAIL)
    user.email = "new@shop.example"
    assert proven_key(user) == ""
    # An account of the same address has to prove it itself.
    assert proven_key(customer("guest@Shop.example")) == ""


def test_an_account_that_gave_up_its_address_proves_it_anew() -> None:
    """Meanwhile the mailbox may have become somebody else's."""
    user = customer(EMAIL)
    prove(user, email_key(EMAIL))
    user.email = "Guest@SHOP.example"
    user.save()
    assert proven_key(user) == email_key(EMAIL)
    for address in ("new@shop.example", EMAIL):
        user.email = address
        user.save()
    user = type(user).objects.get(pk=user.pk)
    assert proven_key(user) == ""
    assert not Reward.objects.filter(proved_rows(user, "referral__friend_key")).exists()
    prove(user, email_key(EMAIL))
    assert proven_key(type(user).objects.get(pk=user.pk)) == email_key(EMAIL)
    # By the first of them something was handed out.
    first, second = ProvedAddress.objects.filter(user=user).order_by("pk")
    assert first.ended_at is not None
    assert second.ended_at is None


def test_signing_in_asks_nothing_about_proofs() -> None:
    user = customer(EMAIL)
    with CaptureQueriesContext(connection) as queries:
        user.save(update_fields=["last_login"])
    assert len(queries) == 1


def test_the_shops_own_word_is_asked_first_and_costs_no_query(settings: Any) -> None:
    user = customer(EMAIL)
    with CaptureQueriesContext(connection) as queries:
        assert proven_key(user) == ""
    assert len(queries) == 1
    settings.OSCAR_REFERRALS = {"EMAIL_IS_VERIFIED": "tests.account.consent.verified"}
    with CaptureQueriesContext(connection) as queries:
        assert proven_key(user) == email_key(EMAIL)
    assert len(queries) == 0


def test_a_proof_stands_in_my_data_and_goes_with_the_account() -> None:
    user = customer(EMAIL)
    prove(user, email_key(EMAIL))
    (row,) = as_values(user)["sections"]["proved_addresses"]
    assert row["email_key"] == email_key(EMAIL)
    user.delete()
    assert not ProvedAddress.objects.exists()

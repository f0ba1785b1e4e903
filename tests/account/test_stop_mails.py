"""The link and the header that stop e-mails, and the page that chooses them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse

from oscar_referrals.members.models import Advocate
from oscar_referrals.messages import events, kinds, outbox, preferences, unsubscribe
from oscar_referrals.messages.delivery import WithHeaders
from oscar_referrals.messages.models import MessagePreference, OutboxMessage
from oscar_referrals.messages.recipients import Recipient, recipient_of
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.messages.test_friends import by_guest
from tests.rewards.cases import available

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def member() -> Advocate:
    return advocate(live_program())


@pytest.fixture
def stranger() -> Client:
    """A mail program: no session, and nobody to hand it a CSRF token."""
    return Client(enforce_csrf_checks=True)


def path_for(user: Any, event: str = events.JOINED) -> str:
    token = unsubscribe.token_for(Recipient(user=user), event)
    return reverse("referrals:stop-mails", args=[token])


def signed(what: Any, salt: str = unsubscribe.SALT) -> str:
    return signing.Signer(salt=salt).sign_object(what)


def stated(user: Any) -> dict[str, bool]:
    return preferences.stated_by(Recipient(user=user))


def test_the_headers_are_those_of_the_standard(member: Advocate, settings: Any) -> None:
    settings.OSCAR_URL_SCHEMA = "https"
    outbox.send_due()
    message = mail.outbox[0]
    [address] = re.findall(r"^<(https://\S+)>$", message.extra_headers["List-Unsubscribe"])
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in message.body
    assert address in message.alternatives[0][0]
    assert member.user.email not in address
    raw = message.message().as_string()
    assert raw.count("List-Unsubscribe:") == 1


def test_without_https_there_is_a_link_and_no_button(member: Advocate) -> None:
    outbox.send_due()
    assert "List-Unsubscribe" in mail.outbox[0].extra_headers
    assert "List-Unsubscribe-Post" not in mail.outbox[0].extra_headers


def test_a_mail_about_a_reward_has_neither() -> None:
    available(live_program(hold_days=0))
    outbox.send_due()
    found = [item for item in mail.outbox if item.subject == "Your reward is ready"]
    assert "List-Unsubscribe" not in found[0].extra_headers
    assert "Stop such e-mails" not in found[0].body


def test_oscar_keeps_its_copy(member: Advocate) -> None:
    outbox.send_due()
    assert member.user.emails.count() == 1


def test_a_dispatcher_that_takes_no_connection_is_told_of(
    member: Advocate, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    class Own:
        def __init__(self, mail_connection: WithHeaders) -> None:
            pass

        def dispatch_user_messages(self, user: Any, messages: Any) -> None:
            pass

    monkeypatch.setattr("oscar_referrals.messages.delivery.get_class", lambda *names: Own)
    outbox.send_due()
    assert "ignores mail_connection" in caplog.text


def test_looking_at_it_stops_nothing(member: Advocate, stranger: Client) -> None:
    answer = stranger.get(path_for(member.user))
    assert answer.status_code == 200
    assert "Stop these e-mails?" in answer.content.decode()
    assert member.user.email not in answer.content.decode()
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert stated(member.user) == {}


def test_one_click_stops_that_kind_however_often(member: Advocate, stranger: Client) -> None:
    for _time in range(2):
        answer = stranger.post(path_for(member.user), ONE_CLICK)
        assert (answer.status_code, answer.content) == (200, b"OK")
    assert stated(member.user) == {events.JOINED: False}
    assert MessagePreference.objects.get().method == "one-click"
    outbox.send_due()
    assert OutboxMessage.objects.get(event=events.JOINED).error == "not-wanted"
    assert mail.outbox == []


def test_the_button_stops_it_and_another_all_of_them(member: Advocate, stranger: Client) -> None:
    answer = stranger.post(path_for(member.user), {"stop": events.JOINED})
    assert "You get these e-mails no more:" in answer.content.decode()
    assert stated(member.user) == {events.JOINED: False}
    stranger.post(path_for(member.user), {"all": "1"})
    assert stated(member.user) == {
        kind.event: False for kind in preferences.switchable(["advocate"])
    }


def test_a_guest_stops_them_too(stranger: Client) -> None:
    guest = Recipient(guest_key="f" * 64)
    token = unsubscribe.token_for(guest, events.FOLLOW_UP_THANKS)
    stranger.post(reverse("referrals:stop-mails", args=[token]), ONE_CLICK)
    assert preferences.stated_by(guest) == {events.FOLLOW_UP_THANKS: False}


class TestGuestsPage:
    """All kinds on one page, for who can't sign in."""

    guest = Recipient(guest_key="f" * 64)

    @pytest.fixture
    def path(self) -> str:
        return reverse("referrals:guest-mails", args=[unsubscribe.token_to_choose(self.guest)])

    def test_the_mail_and_its_stop_link_lead_there(self, path: str, stranger: Client) -> None:
        by_guest(live_program(), "guest@shop.example")
        OutboxMessage.objects.exclude(event=events.FOLLOW_UP_THANKS).delete()
        [message] = OutboxMessage.objects.all()
        recipient = recipient_of(message)
        assert recipient is not None
        preferences.state(
            recipient=recipient,
            wanted={message.event: True},
            method=MessagePreference.Method.LINK,
        )
        outbox.send_due(now=message.due_at)
        own = reverse("referrals:guest-mails", args=[unsubscribe.token_to_choose(recipient)])
        [sent] = mail.outbox
        assert own in sent.body
        assert own in sent.alternatives[0][0]
        [stop] = re.findall(r"://[^/]+(/\S*/mails/stop/\S+/)", sent.body)
        assert own in stranger.get(stop).content.decode()
        assert own in stranger.post(stop, {"stop": "1"}).content.decode()

    def test_switching_on_and_off(self, path: str, stranger: Client) -> None:
        answer = stranger.get(path)
        page = answer.content.decode()
        friends = preferences.switchable(["friend"])
        assert page.count('name="wanted"') == len(friends)
        assert page.count(" checked>") == len([kind for kind in friends if not kind.needs_consent])
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert "sessionid" not in answer.cookies
        wanted = [events.FOLLOW_UP_HELP, events.JOINED, "junk"]
        page = stranger.post(path, {"wanted": wanted}).content.decode()
        assert "Saved." in page
        assert page.count(" checked>") == 1
        said = preferences.stated_by(self.guest)
        assert said.pop(events.FOLLOW_UP_HELP) is True
        assert events.JOINED not in said
        assert set(said.values()) == {False}
        assert set(MessagePreference.objects.values_list("method", "user")) == {("link", None)}

    def test_no_consent_by_the_back_door(self, path: str, stranger: Client, settings: Any) -> None:
        settings.OSCAR_REFERRALS = {"MARKETING_CONSENT": "tests.messages.test_consent.has_agreed"}
        assert "You have not agreed to marketing" in stranger.get(path).content.decode()
        stranger.post(path, {"wanted": [events.FOLLOW_UP_HELP]})
        assert events.FOLLOW_UP_HELP not in preferences.stated_by(self.guest)

    @pytest.mark.parametrize(
        "token", ["nonsense", signed("f" * 64), unsubscribe.token_for(guest, events.FRIEND_ANSWER)]
    )
    def test_another_link_opens_nothing(
        self, token: str, stranger: Client, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(0):
            assert unsubscribe.guest_of(token) is None
        path = reverse("referrals:guest-mails", args=[token])
        for answer in (stranger.get(path), stranger.post(path, {"wanted": []})):
            assert "This link is not complete" in answer.content.decode()
        assert not MessagePreference.objects.exists()


def test_an_account_that_is_gone(member: Advocate, stranger: Client) -> None:
    path = path_for(member.user)
    member.user.delete()
    assert stranger.post(path, ONE_CLICK).status_code == 200
    assert not MessagePreference.objects.exists()


@pytest.mark.parametrize(
    "token",
    [
        "nonsense",
        signed([events.JOINED, "a", 1], salt="another"),
        signed(["no-such-kind", "a", 1]),
        signed([events.REWARD_AVAILABLE, "a", 1]),
        signed("too short"),
    ],
)
def test_a_changed_link_gets_one_answer_whatever_is_wrong(
    token: str, stranger: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert unsubscribe.read(token) is None
    path = reverse("referrals:stop-mails", args=[token])
    for answer in (stranger.get(path), stranger.post(path, ONE_CLICK)):
        assert answer.status_code == 200
        assert "This link is not complete" in answer.content.decode()


def test_too_many_changed_links_get_none_and_good_ones_are_never_refused(
    member: Advocate, stranger: Client, settings: Any
) -> None:
    settings.OSCAR_REFERRALS = {"TRY_LIMIT": 1}
    path = reverse("referrals:stop-mails", args=["nonsense"])
    answers = [stranger.post(path).status_code for _try in range(12)]
    assert answers == [200] * 10 + [429] * 2
    assert stranger.post(path_for(member.user), ONE_CLICK).status_code == 200


class TestPage:
    @pytest.fixture
    def page(self, member: Advocate) -> Client:
        client = Client()
        client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def test_one_switch_for_each_kind(self, page: Client, member: Advocate) -> None:
        text = page.get(reverse("referrals:mails")).content.decode()
        assert text.count('name="wanted"') == len(
            [kind for kind in kinds.KINDS.values() if kind.can_be_switched_off]
        )
        assert "Always sent" in text
        page.post(
            reverse("referrals:mails"), {"wanted": [events.JOINED, events.SHARE_REMINDER, "junk"]}
        )
        said = stated(member.user)
        assert said.pop(events.SHARE_REMINDER) is True
        assert events.JOINED not in said
        assert set(said.values()) == {False}

    def test_without_consent_to_marketing_there_is_nothing_to_switch_on(
        self, page: Client, member: Advocate, settings: Any
    ) -> None:
        settings.OSCAR_REFERRALS = {"MARKETING_CONSENT": "tests.messages.test_consent.has_agreed"}
        text = page.get(reverse("referrals:mails")).content.decode()
        assert "You have not agreed to marketing e-mails" in text
        page.post(reverse("referrals:mails"), {"wanted": [events.SHARE_REMINDER]})
        assert events.SHARE_REMINDER not in stated(member.user)

    def test_it_is_the_account_s(self) -> None:
        answer = Client().get(reverse("referrals:mails"))
        assert answer.status_code == 302
        assert UserFactory.build().email not in answer["Location"]

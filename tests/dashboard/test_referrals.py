"""Referrals, rewards and messages in the dashboard: found, told and sent again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oscar_referrals.attribution.models import Referral
from oscar_referrals.identity import email_key
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.rewards.models import Reward
from oscar_referrals.test.factories import UserFactory, live_program, referral_code
from tests.dashboard.pages import url

pytestmark = pytest.mark.django_db


def make_referrals(number: int, *, code: Any = None, **fields: Any) -> list[Referral]:
    """Referrals as rows, where only the list of them matters."""
    code = code or referral_code(live_program())
    now = timezone.now()
    last = Referral.objects.count()
    values = {
        "state": "bound",
        "currency": "MYR",
        "order_total": 10000,
        "created_at": now,
        **fields,
    }
    return Referral.objects.bulk_create(
        Referral(
            program=code.program,
            version=code.program.current_version,
            code=code,
            advocate=code.advocate,
            order_number=str(700000 + last + n),
            **values,
        )
        for n in range(number)
    )


def shown(response: Any) -> list[str]:
    return [row.order_number for row in response.context["page"].rows]


class TestList:
    """The list of referrals."""

    def test_an_empty_list_says_what_will_be_here(self, operator):
        page = operator.get(url("referral-list")).content.decode()
        assert "No referrals yet" in page

    def test_nothing_found_offers_the_way_back(self, operator, referral):
        page = operator.get(url("referral-list") + "?q=999999").content.decode()
        assert "Nothing found" in page
        assert "Show all" in page

    @pytest.mark.parametrize(
        "text",
        [
            lambda r: r.order_number,
            lambda r: f"#{r.order_number}",
            lambda r: r.code.code,
            lambda r: r.code.pretty.lower(),
            lambda r: "Friend@Example.com ",
            lambda r: r.advocate.user.email.upper(),
            lambda r: r.rewards.get(side="advocate").voucher_code,
        ],
        ids=["number", "hash", "code", "pretty code", "guest", "advocate", "voucher"],
    )
    def test_it_is_found_by_what_the_operator_has_at_hand(self, operator, referral, text):
        make_referrals(3, code=referral_code(referral.program))
        answer = operator.get(url("referral-list"), {"q": text(referral)})
        assert shown(answer) == [referral.order_number]

    def test_a_signed_in_friend_is_found_by_the_accounts_address(self, operator):
        friend = UserFactory(email="a.friend@example.com")
        code = referral_code(live_program())
        make_referrals(2, code=code)
        found = make_referrals(1, code=code, friend=friend, friend_key=email_key(friend.email))
        answer = operator.get(url("referral-list"), {"q": "a.friend@example.com"})
        assert shown(answer) == [found[0].order_number]

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({"state": "refused"}, {"own-code", "existing-customer"}),
            ({"reason": "own-code"}, {"own-code"}),
            ({"state": "bound", "reason": "own-code"}, set()),
            ({"state": "bound"}, {""}),
        ],
    )
    def test_it_can_be_narrowed_down(self, operator, query, expected):
        code = referral_code(live_program())
        make_referrals(1, code=code)
        for reason in ("own-code", "existing-customer"):
            make_referrals(1, code=code, state="refused", reason=reason)
        answer = operator.get(url("referral-list"), query)
        assert {row.reason for row in answer.context["page"].rows} == expected

    def test_days_are_those_of_the_shop(self, operator):
        code = referral_code(live_program())
        # 16:30 UTC is half past midnight of the next day in Kuala Lumpur.
        moment = timezone.now().replace(year=2026, month=3, day=9, hour=16, minute=30)
        make_referrals(1, code=code, created_at=moment)
        on_the_tenth = {"start": "2026-03-10", "end": "2026-03-10"}
        on_the_ninth = {"start": "2026-03-09", "end": "2026-03-09"}
        assert len(shown(operator.get(url("referral-list"), on_the_tenth))) == 1
        assert shown(operator.get(url("referral-list"), on_the_ninth)) == []

    def test_a_wrong_day_is_named(self, operator, referral):
        page = operator.get(url("referral-list"), {"start": "yesterday"})
        assert page.status_code == 200
        assert "Enter a valid date" in page.content.decode()

    def test_one_can_leaf_through_all_pages_and_back(self, operator):
        rows = [row.order_number for row in make_referrals(60)][::-1]
        first = operator.get(url("referral-list"))
        second = operator.get(url("referral-list"), {"before": first.context["page"].older})
        third = operator.get(url("referral-list"), {"before": second.context["page"].older})
        assert shown(first) + shown(second) + shown(third) == rows
        assert third.context["page"].older is None
        back = operator.get(url("referral-list"), {"after": third.context["page"].newer})
        assert shown(back) == shown(second)
        assert first.context["page"].newer is None

    def test_the_filter_is_kept_while_leafing(self, operator):
        make_referrals(60)
        page = operator.get(url("referral-list"), {"state": "bound"}).content.decode()
        assert "?state=bound&amp;before=" in page

    @pytest.mark.parametrize("key", ["0", "-1", "x", "9" * 40, "²"])
    def test_a_wrong_key_harms_nobody(self, operator, referral, key):
        assert operator.get(url("referral-list"), {"before": key}).status_code == 200
        assert operator.get(url("referral-list"), {"after": key}).status_code == 200

    @pytest.mark.parametrize("name", ["referral-list", "reward-list", "message-list"])
    def test_more_rows_cost_no_more_queries(self, operator, referral, name):
        def queries() -> int:
            operator.get(url(name))
            with CaptureQueriesContext(
                connection,
            ) as captured:
                operator.get(url(name))
            return len(captured)

        before = queries()
        multiply(referral, 20)
        assert queries() <= before


def multiply(referral: Referral, number: int) -> None:
    """More referrals with rewards and mails, each of another advocate."""
    reward = referral.rewards.get(side="advocate")
    for n in range(number):
        code = referral_code(referral.program)
        friend = UserFactory()
        [made] = make_referrals(1, code=code, friend=friend)
        Reward.objects.create(
            key=f"more:{n}",
            program=referral.program,
            referral=made,
            incentive=reward.incentive,
            side="advocate",
            advocate=code.advocate,
            owner=code.advocate.user,
            kind="voucher",
            state="pending",
            unit="MYR",
            amount=1500,
            currency="MYR",
            created_at=timezone.now(),
        )
        OutboxMessage.objects.create(
            key=f"more:{n}",
            event="referral_joined",
            user=friend,
            referral=made,
            next_attempt_at=timezone.now(),
        )


class TestStory:
    """The page of one referral."""

    def test_it_tells_everything(self, operator, referral):
        page = operator.get(url("referral-detail", referral.pk)).content.decode()
        page = page.replace("\xa0", " ")
        assert referral.code.pretty in page
        assert "Credited" in page
        reward = referral.rewards.get(side="advocate")
        assert reward.voucher_code in page
        for entry in reward.entries.all():
            assert entry.key in page
        assert "Advocate · Available · The order is paid" in page
        for decision in referral.decisions.all():
            assert decision.subject in page
        assert "A reward can be spent" in page

    def test_a_guests_address_is_not_on_it(self, operator, referral):
        page = operator.get(url("referral-detail", referral.pk)).content.decode()
        assert "friend@example.com" not in page
        assert referral.friend_key not in page

    def test_it_says_when_it_will_be_settled_first(self, operator, referral):
        due = timezone.now() + timedelta(days=1)
        referral.settled_at, referral.settle_due_at = None, due
        referral.save(update_fields=["settled_at", "settle_due_at"])
        page = operator.get(url("referral-detail", referral.pk)).content.decode()
        assert "<dd>Not yet · due on" in page

    def test_its_cost_does_not_grow_with_its_length(self, operator, referral):
        address = url("referral-detail", referral.pk)
        operator.get(address)
        with CaptureQueriesContext(connection) as captured:
            operator.get(address)
        assert len(captured) <= 20

    def test_it_survives_that_order_and_people_are_gone(self, operator, referral):
        referral.order.delete()
        referral.advocate.user.delete()
        page = operator.get(url("referral-detail", referral.pk))
        assert page.status_code == 200


class TestMessages:
    """Sending again."""

    @pytest.fixture
    def message(self, referral):
        return OutboxMessage.objects.filter(event="referral_reward_available").get()

    def test_a_message_is_sent_once_more(
        self, operator, message, django_capture_on_commit_callbacks
    ):
        OutboxMessage.objects.filter(pk=message.pk).update(state="failed", error="no answer")
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            answer = operator.post(url("message-resend", message.pk))
        assert answer.url == url("message-list")
        assert [sent.to for sent in mail.outbox] == [[message.user.email]]
        message.refresh_from_db()
        assert (message.state, message.error) == ("sent", "")

    def test_the_way_back_is_where_the_button_was(self, operator, message):
        back = url("referral-detail", message.referral_id)
        answer = operator.post(url("message-resend", message.pk), {"next": back})
        assert answer.url == back

    def test_no_way_back_leads_out_of_the_shop(self, operator, message):
        answer = operator.post(url("message-resend", message.pk), {"next": "//evil.example/"})
        assert answer.url == url("message-list")

    def test_a_guest_is_written_to_again(self, operator, message):
        order = message.referral.order
        order.user, order.guest_email = None, "guest@shop.example"
        order.save()
        OutboxMessage.objects.filter(pk=message.pk).update(
            user=None, event="referral_follow_up_thanks", reward=None, state="failed", error="x"
        )
        page = operator.get(url("message-list"), {"state": "failed"}).content.decode()
        assert "Guest" in page
        assert "guest@shop.example" not in page
        assert url("message-resend", message.pk) in page
        answer = operator.post(url("message-resend", message.pk))
        assert "gone" not in str(next(iter(get_messages(answer.wsgi_request))))

    def test_an_account_that_is_gone_is_not_written_to(self, operator, message):
        OutboxMessage.objects.filter(pk=message.pk).update(user=None)
        answer = operator.post(url("message-resend", message.pk))
        assert "gone" in str(next(iter(get_messages(answer.wsgi_request))))

    def test_the_button_needs_its_permission(self, staff, message):
        page = staff("view_outboxmessage").get(url("message-list")).content.decode()
        assert url("message-resend", message.pk) not in page
        assert message.user.email in page

    def test_failed_ones_can_be_listed(self, operator, message):
        answer = operator.get(url("message-list"), {"state": "failed"})
        assert answer.context["page"].rows == []
        OutboxMessage.objects.filter(pk=message.pk).update(state="failed")
        answer = operator.get(url("message-list"), {"state": "failed"})
        assert answer.context["page"].rows == [message]


class TestRewards:
    """The list of rewards."""

    def test_a_reward_is_found_by_its_voucher(self, operator, referral):
        reward = referral.rewards.get(side="advocate")
        code = reward.voucher_code
        for text in (code, f"{code[:4]}-{code[4:]}".lower(), referral.order_number):
            answer = operator.get(url("reward-list"), {"q": text, "side": "advocate"})
            assert answer.context["page"].rows == [reward]

    def test_it_is_found_by_its_owner(self, operator, referral):
        answer = operator.get(url("reward-list"), {"q": referral.advocate.user.email})
        assert answer.context["page"].rows == [referral.rewards.get(side="advocate")]

    def test_it_says_what_it_is_worth_and_until_when(self, operator, referral):
        page = operator.get(url("reward-list"), {"side": "advocate"}).content.decode()
        assert "MYR\xa015" in page or "RM\xa015" in page
        assert "valid until" in page

    def test_states_narrow_it_down(self, operator, referral):
        Reward.objects.filter(referral=referral, side="advocate").update(
            state="pending", hold_until=timezone.now() + timedelta(days=3)
        )
        answer = operator.get(url("reward-list"), {"state": "pending"})
        assert len(answer.context["page"].rows) == 1
        assert "held until" in answer.content.decode()

"""Members hear once of each new version of the terms that they accepted (C13, S50)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from oscar_referrals.members.membership import accept_terms, latest_terms, leave
from oscar_referrals.members.models import Advocate, TermsAcceptance
from oscar_referrals.members.terms_change import TermsChange, last_acceptance
from oscar_referrals.messages import events, outbox, terms_notices
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.money import format_deadline
from oscar_referrals.programs import lifecycle
from oscar_referrals.programs.models import DraftTerms
from oscar_referrals.programs.publish import refreeze_terms
from oscar_referrals.test.factories import UserFactory, advocate, live_program, publish_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Any:
    return live_program(wind_down_days=10)


@pytest.fixture
def member(program: Any) -> Advocate:
    return advocate(program)


def notices() -> Any:
    return OutboxMessage.objects.filter(event=events.TERMS_CHANGED)


def work() -> int:
    due = terms_notices.count_due()
    done = terms_notices.owe_due().handled
    assert done == due
    return done


def send() -> list[tuple[str, str]]:
    """The states and errors of the notices, after the work has sent what is due."""
    OutboxMessage.objects.exclude(event=events.TERMS_CHANGED).delete()
    mail.outbox.clear()
    outbox.send_due()
    return list(notices().order_by("pk").values_list("state", "error"))


def test_each_member_is_told_once_for_each_version(program: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(terms_notices, "BATCH", 2)
    members = [advocate(program) for _ in range(3)]
    leave(advocate=advocate(program))
    quick = advocate(program)
    Advocate.objects.create(program=program)
    assert work() == 0
    version = publish_again(program, friend={"value": 500})
    terms = latest_terms(version, "en-gb")
    assert terms is not None
    accept_terms(advocate=quick, terms_id=terms.pk, method="change")
    # Publishing owes nothing itself.
    assert not notices().exists()
    advocate(program)
    assert work() == 3
    assert [row.advocate for row in notices().order_by("key")] == members
    assert work() == 0
    publish_again(program, friend={"value": 600})
    assert work() == 5


def test_whoever_was_joining_while_the_notices_went_out_is_told_as_well(
    program: Any, member: Advocate
) -> None:
    """The row of a membership has its number long before it is committed."""
    number = Advocate.objects.latest("pk").pk + 1
    earlier = member.acceptances.get().terms
    later = advocate(program)
    Advocate.objects.filter(pk=later.pk).update(left_at=timezone.now())
    last = Advocate.objects.create(
        pk=number + 7, program=program, user=UserFactory(), joined_at=timezone.now(), language="ms"
    )
    accept(last, earlier)
    publish_again(program, friend={"value": 500})
    assert work() == 2
    late = Advocate.objects.create(
        pk=number + 3, program=program, user=UserFactory(), joined_at=timezone.now(), language="ms"
    )
    accept(late, earlier)
    assert work() == 1
    assert notices().filter(advocate=late).count() == 1
    assert work() == 0


def accept(member: Advocate, terms: Any) -> None:
    """As `join` does, which reads before it waits which version is in force."""
    TermsAcceptance.objects.create(
        advocate=member, terms=terms, accepted_at=timezone.now(), language="ms", method="account"
    )


def test_old_versions_and_programs_that_are_over_are_no_news(
    program: Any, member: Advocate
) -> None:
    publish_again(program)
    later = timezone.now() + terms_notices.PERIOD + timedelta(seconds=1)
    assert terms_notices.count_due(now=later) == 0
    program.refresh_from_db()
    lifecycle.end(program=program)
    assert work() == 0


def test_corrected_words_are_not_mailed(program: Any, member: Advocate) -> None:
    version = program.current_version
    DraftTerms.objects.filter(version=version).update(text="Corrected words.")
    assert refreeze_terms(version=version)
    assert work() == 0


def test_the_mail_says_what_changes_from_when_and_what_stays(
    program: Any, member: Advocate
) -> None:
    publish_again(program, friend={"value": 500})
    work()
    assert send() == [("sent", "")]
    [message] = mail.outbox
    assert message.subject == "Bring a friend: what changes in the terms"
    program.refresh_from_db()
    accepted = last_acceptance(member)
    assert accepted is not None
    change = TermsChange(accepted, program.current_version)
    until = change.old_offer_until()
    assert until is not None
    assert until - accepted.terms.version.superseded_at == timedelta(days=10)
    value = next(item for item in change.changes() if item.key == "friend-value")
    for body in (message.body, message.alternatives[0][0].replace("&#x27;", "'")):
        for text in (value.before, value.after, change.kept(), format_deadline(until)):
            assert text and text in body, text
        assert reverse("referrals:terms-change") in body
        assert "/mails/stop/" not in body


def test_who_has_accepted_left_or_been_overtaken_is_not_told(program: Any) -> None:
    accepting, leaving, staying = (advocate(program) for _ in range(3))
    publish_again(program, friend={"value": 500})
    work()
    program.refresh_from_db()
    terms = latest_terms(program.current_version, "ms")
    assert terms is not None
    accept_terms(advocate=accepting, terms_id=terms.pk, method="change")
    leave(advocate=leaving)
    assert send() == [("failed", "outdated"), ("failed", "outdated"), ("sent", "")]
    notices().update(state="waiting", attempts=0, next_attempt_at=timezone.now())
    publish_again(program, friend={"value": 600})
    assert set(send()) == {("failed", "outdated")}
    assert staying.is_member

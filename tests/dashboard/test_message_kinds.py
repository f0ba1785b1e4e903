"""What is sent when, how it looks in each language, and what a program leaves out."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from oscar.core.loading import get_model

from oscar_referrals.messages import events, overview, texts
from oscar_referrals.messages.kinds import KINDS, Purpose
from oscar_referrals.messages.models import MessageSwitch, OutboxMessage
from oscar_referrals.messages.samples import preview
from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.models import Program
from oscar_referrals.test.factories import UserFactory, advocate, live_program

pytestmark = pytest.mark.django_db

CREDIT = {"kind": "credit", "value": 500, "validity_days": 60, "trigger": "order_over"}


def url(name: str, event: str = "") -> str:
    return reverse(f"oscar_referrals_dashboard:referrals-{name}", args=[event] if event else [])


@pytest.fixture
def both_sides(settings: Any) -> Any:
    """A program with a reward for either side after the order."""
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True}
    return live_program(more=[{"side": "friend", "threshold": 1000, **CREDIT}])


@pytest.fixture
def superuser() -> Client:
    client = Client()
    client.force_login(
        UserFactory(is_staff=True, is_superuser=True),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def test_every_kind_has_a_preview_in_every_language(both_sides: Any) -> None:
    for kind in KINDS.values():
        for language, _name in django_settings.LANGUAGES:
            found = preview(kind, both_sides.current_version, language)
            assert found is not None, kind.event
            assert found.subject.strip(), kind.event
            assert "\n" not in found.subject, kind.event
            for text in (found.text, found.html):
                assert "Siti" in text, kind.event
                assert "None" not in text, kind.event
                has_link = "/mails/stop/" in text
                assert has_link == (kind.purpose not in (Purpose.REWARD, Purpose.TERMS)), kind.event
    assert not OutboxMessage.objects.exists()


def test_the_figures_are_those_of_the_version(both_sides: Any) -> None:
    found = preview(KINDS[events.FRIEND_WELCOME], both_sides.current_version, "en")
    assert found is not None
    with override("en"):
        clauses = [
            clause.text
            for clause in describe(both_sides.current_version)
            if clause.key.startswith("friend-value")
        ]
    assert clauses
    assert clauses[0] in html.unescape(found.html)


def test_what_a_program_never_gives_has_none() -> None:
    version = live_program().current_version
    assert preview(KINDS[events.FRIEND_REWARD_EARNED], version, "en") is None


def test_what_became_of_them(program: Any) -> None:
    advocate(program)
    OutboxMessage.objects.all().delete()
    rows = [("sent", ""), ("held", "not-wanted"), ("held", "too-soon"), ("failed", "outdated")]
    rows += [("failed", "OSError"), ("waiting", ""), ("waiting", "too-soon")]
    now = timezone.now()
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            key=str(number),
            event=events.JOINED,
            state=state,
            error=error,
            next_attempt_at=now,
            program=program,
        )
        for number, (state, error) in enumerate(rows)
    )
    found = overview.outcomes(program, now)[events.JOINED]
    assert found == overview.Outcome(sent=1, waiting=2, failed=1, unwanted=1, capped=1, needless=1)
    assert overview.outcomes(program, now + 2 * overview.PERIOD) == {}


def test_the_figures_and_the_list_are_those_of_one_program(
    operator: Client, django_assert_num_queries: Any
) -> None:
    earlier = advocate(live_program())
    advocate(earlier.program)
    Program.objects.update(status="ended")
    members = [earlier, advocate(live_program())]
    OutboxMessage.objects.filter(event=events.JOINED).update(state="failed", error="OSError")
    for member, number in zip(members, (2, 1), strict=True):
        program = member.program
        with django_assert_num_queries(1):
            found = overview.outcomes(program, timezone.now())
        assert found[events.JOINED] == overview.Outcome(failed=number)
        page = operator.get(url("message-kinds"), {"program": program.pk}).content.decode()
        assert f"The figures are those of {program.name} in the last 30 days." in page
        query = f"event={events.JOINED}&amp;state=failed&amp;program={program.pk}"
        [address] = re.findall(f'href="([^"]+{query})">{number}</a>', page)
        listed = operator.get(html.unescape(address)).content.decode()
        assert listed.count("Send again") == number


def test_the_pages(operator: Client, program: Any) -> None:
    page = operator.get(url("message-kinds")).content.decode()
    for kind in KINDS.values():
        assert url("message-kind", kind.event) in page
    page = operator.get(url("message-kind", events.JOINED), {"language": "en"}).content.decode()
    # Escaped, or the first quotation mark of the mail ends it.
    frame = page.partition('sandbox srcdoc="')[2].partition('"')[0]
    assert "Thank you for joining" in html.unescape(frame)
    assert "<" not in frame
    # Who may not change Oscar's texts has no button for it.
    assert url("message-edit", events.JOINED) not in page
    assert operator.post(url("message-edit", events.JOINED)).status_code == 403
    assert operator.get(url("message-kind", "no-such-kind")).status_code == 404


def test_the_list_has_a_filter_for_the_kind(operator: Client, program: Any) -> None:
    advocate(program)
    for event, found in ((events.JOINED, True), (events.FRIEND_WELCOME, False)):
        page = operator.get(url("message-list"), {"event": event}).content.decode()
        assert ("<td" in page) is found
        assert ("Nothing found" in page) is not found


def test_switching_one_off_and_on(operator: Client, staff: Any, program: Any) -> None:
    for send, number in (("no", 1), ("no", 1), ("yes", 0)):
        answer = operator.post(
            url("message-switch", events.JOINED), {"program": program.pk, "send": send}
        )
        assert answer.status_code == 302
        assert MessageSwitch.objects.count() == number
    assert operator.post(url("message-switch", events.JOINED), {"program": "x"}).status_code == 404
    looking = staff("view_outboxmessage")
    assert looking.post(url("message-switch", events.JOINED)).status_code == 403
    page = looking.get(url("message-kind", events.JOINED)).content.decode()
    assert url("message-switch", events.JOINED) not in page


def test_editing_starts_from_the_text_that_is_sent(superuser: Client, program: Any) -> None:
    model = get_model("communication", "CommunicationEventType")
    answer = superuser.post(url("message-edit", events.FRIEND_ORDERED))
    editor = superuser.get(answer["Location"])
    assert "On its way to you" in editor.content.decode()
    before = preview(KINDS[events.FRIEND_ORDERED], program.current_version, "en")
    assert texts.edited_events() == {events.FRIEND_ORDERED}
    row = model.objects.get()
    row.email_subject_template = "Mine"
    row.save()
    superuser.post(url("message-edit", events.FRIEND_ORDERED))
    after = preview(KINDS[events.FRIEND_ORDERED], program.current_version, "en")
    assert before is not None
    assert after is not None
    assert (after.subject, after.text) == ("Mine", before.text)
    row.email_body_template = "<script>alert(1)</script>"
    row.save()
    page = superuser.get(url("message-kind", events.FRIEND_ORDERED)).content.decode()
    assert "<script>alert(1)" not in page
    row.email_body_template = "{% if %}"
    row.save()
    page = superuser.get(url("message-kind", events.FRIEND_ORDERED)).content.decode()
    assert "its text has a mistake" in page
    superuser.post(url("message-reset", events.FRIEND_ORDERED))
    assert preview(KINDS[events.FRIEND_ORDERED], program.current_version, "en") == before

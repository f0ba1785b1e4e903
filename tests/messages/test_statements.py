"""What the shop's own mail texts state: refused in Oscar's editor, and for the next version."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.sites.models import Site
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from oscar_referrals.messages import events, kinds, texts
from oscar_referrals.messages.statements import (
    refuse_wrong_text,
    refused_in_mails,
    text_of_template,
)
from oscar_referrals.programs.models import StatementWaiver
from oscar_referrals.programs.problems import problems_of
from oscar_referrals.test.factories import UserFactory, draft_version, live_program

pytestmark = pytest.mark.django_db

#: What Django's own way to take tags out gives up on.
ODD = "<x" * 600


@pytest.fixture
def superuser() -> Client:
    client = Client()
    client.force_login(
        UserFactory(is_staff=True, is_superuser=True),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def test_the_words_of_a_template_are_taken_from_its_code() -> None:
    source = """{% extends "base.html" %}{# RM 1 #}<style>p { width: 20% }</style>
    <p>{% if x %}Dear {{ user }}, your friend
    saves RM&nbsp;20.{% else %}{% translate "Nobody saves." %}{% endif %}</p>
    <ul><li>One</li><li>{% blocktranslate %}Two{% endblocktranslate %}</li></ul>"""
    assert text_of_template(source).split("\n") == [
        "Dear *, your friend saves RM 20.",
        "Nobody saves.",
        "One",
        "Two",
    ]


def test_what_is_no_html_is_read_as_text(superuser: Client) -> None:
    live_program()
    row = texts.start_editing(kinds.KINDS[events.JOINED])
    form = {
        "name": row.name,
        "email_subject_template": "Welcome",
        "email_body_template": f"Your friend gets MYR 99 off. {ODD}",
        "email_body_html_template": f"<p>Your friend gets MYR 98 off.</p> {ODD}",
    }
    answer = superuser.post(reverse("dashboard:comms-update", args=[row.code]), form)
    assert answer.status_code == 200
    assert "“MYR 99” is not what" in answer.content.decode()
    assert "“MYR 98” is not what" in answer.content.decode()


def test_oscars_editor_refuses_what_the_program_does_not_say(superuser: Client) -> None:
    live_program()
    row = texts.start_editing(kinds.KINDS[events.JOINED])
    address = reverse("dashboard:comms-update", args=[row.code])

    def save(body: str) -> str:
        form = {
            "name": row.name,
            "email_subject_template": "Welcome",
            "email_body_template": body,
            "email_body_html_template": "<p>Welcome.</p>",
        }
        return superuser.post(address, form, follow=True).content.decode()

    html = save("Hello {{ first_name }}!\n\nYour friend gets MYR 99 off.")
    assert "“MYR 99” is not what" in html
    assert "It stands in: “Your friend gets MYR 99 off.”" in html
    assert "paste the text under “Refused statements”" in html
    row.refresh_from_db()
    assert "MYR 99" not in row.email_body_template
    assert "is not what" not in save("Your friend gets MYR 20 off. Our tea is MYR 33.")
    assert "is not what" not in save("Kawan anda mendapat diskaun MYR 20.")
    row.refresh_from_db()
    assert "MYR 20" in row.email_body_template


def test_a_version_that_a_mail_contradicts_is_not_published(superuser: Client) -> None:
    program = live_program()
    row = texts.start_editing(kinds.KINDS[events.JOINED])
    row.email_body_template = "Ajak teman, dan mereka hemat MYR 20."
    row.save()
    version = program.current_version
    assert list(refused_in_mails(version, False)) == []
    call_command("check_texts", stdout=StringIO())
    page = reverse("oscar_referrals_dashboard:referrals-program-detail", args=[program.pk])
    assert "not what the program says" not in superuser.get(page).content.decode()

    draft = draft_version(program=program, friend={"value": 3000, "minimum": 8000})
    (problem,) = problems_of(draft)
    assert "The e-mail “Welcome to the program” says “MYR 20”" in problem
    out = StringIO()
    with pytest.raises(CommandError, match="1 statements"):
        call_command("check_texts", stdout=out)
    assert "hemat MYR 20" in out.getvalue()

    statements = reverse("oscar_referrals_dashboard:referrals-statements", args=[draft.pk])
    ((_refused, digest),) = superuser.get(statements).context["refused"]
    superuser.post(statements, {"statement": digest, "reason": "Sent before it began."})
    assert StatementWaiver.objects.get().reason == "Sent before it began."
    assert problems_of(draft) == []


def test_of_several_live_programs_one_has_to_bear_a_sentence_out() -> None:
    first = live_program(name="Rimba friends").current_version
    other = Site.objects.create(domain="kopi.example.com", name="Kopi")
    second = live_program(
        site=other, name="Kopi friends", friend={"value": 3300, "minimum": 9900}
    ).current_version
    row = texts.start_editing(kinds.KINDS[events.JOINED])

    def refused(text: str) -> list[str]:
        """The programs whose versions refuse it; the editor refuses where one does."""
        row.email_body_template = text
        row.save()
        found = [
            version.program.name
            for version in (first, second)
            if list(refused_in_mails(version, False))
        ]
        try:
            refuse_wrong_text(text)
        except ValidationError:
            assert found
        else:
            assert not found
        return found

    both = ["Rimba friends", "Kopi friends"]
    assert refused("Refer a friend: they save MYR 20. Refer a friend: they save MYR 33.") == []
    assert refused("Refer a friend: they save MYR 45.") == both
    # What is true of neither as a whole is false.
    assert refused("Your friend saves MYR 20 on orders of at least MYR 99.") == both
    assert refused("With Kopi friends your friend saves MYR 33.") == []
    assert refused("With Kopi friends your friend saves MYR 20.") == ["Kopi friends"]


def test_the_programs_page_tells_of_statements_in_mails(superuser: Client, settings: Any) -> None:
    program = live_program()
    row = texts.start_editing(kinds.KINDS[events.FOLLOW_UP_INVITE])
    row.email_subject_template = "Your friends get MYR 99 off"
    row.save()
    page = reverse("oscar_referrals_dashboard:referrals-program-detail", args=[program.pk])
    html = superuser.get(page).content.decode()
    assert "1 statement on a page or in a mail is not what the program says." in html

"""Refused statements and forbidden phrases in the dashboard."""

from __future__ import annotations

import pytest
from django.urls import reverse

from oscar_referrals.programs.forbidden_phrases import forbidden_in
from oscar_referrals.programs.models import StatementWaiver
from oscar_referrals.programs.waivers import digest_of
from oscar_referrals.test.factories import draft_version

pytestmark = pytest.mark.django_db

NAMESPACE = "oscar_referrals_dashboard"
SEE = ("view_program", "publish_program")


def test_a_statement_is_let_pass_from_the_refusal(staff):
    version = draft_version(terms={"en-gb": "Each friend brings you MYR 45."})
    page = reverse(f"{NAMESPACE}:referrals-statements", args=[version.pk])
    reader = staff(*SEE)
    publish = reader.get(reverse(f"{NAMESPACE}:referrals-version-publish", args=[version.pk]))
    assert page in publish.content.decode()
    html = reader.get(page).content.decode()
    assert "Each friend brings you MYR 45." in html
    assert "Let it pass" not in html
    assert reader.post(page, {"reason": "x"}).status_code == 403

    client = staff(*SEE, "add_statementwaiver")
    ((refused, digest),) = client.get(page).context["refused"]
    assert digest == digest_of(refused.finding)
    answer = client.post(page, {"statement": digest, "reason": ""}, follow=True)
    assert "Please say why" in answer.content.decode()
    answer = client.post(page, {"statement": digest, "reason": "A quotation."}, follow=True)
    html = answer.content.decode()
    assert "A quotation." in html
    assert "No statement is refused." in html
    assert StatementWaiver.objects.get().waived_by == client.user
    answer = client.post(page, {"statement": digest, "reason": "Again"}, follow=True)
    assert "not refused any more" in answer.content.decode()


def test_what_was_let_pass_is_withdrawn_with_a_reason(staff):
    version = draft_version(terms={"en-gb": "Each friend brings you MYR 45."})
    page = reverse(f"{NAMESPACE}:referrals-statements", args=[version.pk])
    editor = staff(*SEE, "add_statementwaiver")
    ((_refused, digest),) = editor.get(page).context["refused"]
    editor.post(page, {"statement": digest, "reason": "A quotation."})
    waiver = StatementWaiver.objects.get()
    form = {"action": "withdraw", "waiver": waiver.pk, "reason": "It is none."}
    assert "Why it is refused again" not in editor.get(page).content.decode()
    assert editor.post(page, form).status_code == 403

    client = staff(*SEE, "add_waiverwithdrawal")
    assert "Why it is refused again" in client.get(page).content.decode()
    assert (
        "Please say why" in client.post(page, form | {"reason": ""}, follow=True).content.decode()
    )
    html = client.post(page, form, follow=True).content.decode()
    assert "is refused in this sentence again" in html
    assert "A quotation." in html
    assert "It is none." in html
    assert waiver.withdrawal.withdrawn_by == client.user
    assert client.post(page, form | {"waiver": "0"}).status_code == 404
    assert [found for _refused, found in client.get(page).context["refused"]] == [digest]


def test_a_text_that_stands_nowhere_is_read(staff):
    version = draft_version()
    page = reverse(f"{NAMESPACE}:referrals-statements", args=[version.pk])
    client = staff(*SEE, "add_statementwaiver")
    text = {"text": "Your friend gets MYR 45 off.", "language": "en-gb"}
    answer = client.post(page, {"action": "check", **text})
    ((refused, digest),) = answer.context["in_text"]
    assert refused.finding.figure == "MYR 45"
    for reason, said in (("", "Please say why"), ("A quotation.", "passes in this sentence")):
        answer = client.post(page, {"statement": digest, "reason": reason, **text})
        html = answer.content.decode()
        assert said in html
        assert "Your friend gets MYR 45 off.</textarea>" in html
    assert "Nothing in this text is refused." in html


def test_phrases_are_forbidden_and_allowed(staff):
    page = reverse(f"{NAMESPACE}:referrals-phrases")
    reader = staff("view_program")
    assert "guaranteed income" in reader.get(page).content.decode()
    assert reader.post(page, {"phrase": "cheap"}).status_code == 403

    client = staff("view_program", "change_program")
    client.post(page, {"language": "ms", "phrase": "Paling murah"})
    assert "paling murah" in forbidden_in("ms")
    assert "paling murah" not in forbidden_in("id")
    client.post(page, {"language": "en-gb", "phrase": "guaranteed income", "action": "allow"})
    assert "guaranteed income" not in forbidden_in("en-us")
    html = client.get(page, {"language": "en-gb"}).content.decode()
    assert "Allowed here" in html
    answer = client.post(page, {"language": "en-gb", "phrase": "*"}, follow=True)
    assert "Write a phrase" in answer.content.decode()

"""Messages: figures from the version, and the disclosure at the end of every one of them."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import translation

from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.summary import seven_facts
from oscar_referrals.sharing.channels import registry
from oscar_referrals.sharing.openings import openings_of, write_opening
from oscar_referrals.sharing.texts import LONGEST_ADDRESS, disclosure, message_for
from oscar_referrals.test.factories import live_program

pytestmark = pytest.mark.django_db
URL = "https://shop.example/r/ABCD/?v=1"


@pytest.fixture
def version():
    return live_program().current_version


def text(version, slug, **more):
    return message_for(channel=registry()[slug], version=version, url=URL, **more).text


def test_every_channel_in_every_language_ends_with_the_disclosure(version):
    for language in ("en-gb", "ms", "id"):
        with translation.override(language):
            for slug in registry():
                for opening in ("", "Hi! {offer} – {url}", "{url}"):
                    said = text(version, slug, opening=opening, note="Try it")
                    assert said.endswith(disclosure()), (language, slug)
                    assert "{" not in said


def test_short_messages_say_the_offer_and_the_link(version):
    with translation.override("en-gb"):
        said = text(version, "whatsapp")
    assert said == (
        "MYR\xa020 off your first order of MYR\xa080 or more at "
        f"{settings.OSCAR_SHOP_NAME}: {URL} (I get a reward too when you order.)"
    )


@pytest.mark.parametrize("language", ["en-gb", "ms", "id"])
def test_a_mail_has_room_for_the_seven_facts(version, language):
    with translation.override(language):
        said = text(version, "email", note="Dear all")
        facts = seven_facts(version, reader="friend")
        conditions = [clause.text for clause in describe(version) if clause.section == "friend"]
    assert said.startswith("Dear all\n\n")
    assert len(facts) == 7
    for fact in facts:
        assert f"\n- {fact.title}: {' '.join(fact.texts)}" in said
    # The first one says what the amount says.
    assert len(conditions) > 3
    for condition in conditions[1:]:
        assert condition in said


def test_a_mail_that_no_program_would_open_leads_to_the_conditions(version):
    channel = registry()["email"]
    with translation.override("en-gb"):
        message = message_for(channel=channel, version=version, url=URL, note="Try it! " * 35)
    assert len(channel.address(message)) <= LONGEST_ADDRESS
    assert "All conditions stand on the page that the link opens." in message.text
    assert message.text.startswith("Try it!")
    assert message.text.endswith(disclosure())


def test_the_app_that_adds_the_link_gets_the_text_without_it(version):
    with translation.override("en-gb"):
        said = text(version, "telegram")
    assert URL not in said
    assert said.endswith("Kedai Ujian (I get a reward too when you order.)")


def test_placeholders_in_what_replaces_them_stay_as_they_are(version, settings):
    settings.OSCAR_SHOP_NAME = "{url} & {offer}"
    assert "{url} & {offer}" in text(version, "whatsapp", opening="{shop}: {url}")


def test_own_words_by_channel_then_for_all_then_ours(version):
    program, channels = version.program, registry()
    write_opening(program=program, language="ms", channel="", opening="Semua {url}")
    write_opening(program=program, language="ms", channel="email", opening="E-mel {url}")
    with translation.override("ms"):
        found = openings_of(program)
        assert found.for_channel(channels["email"]) == "E-mel {url}"
        assert found.for_channel(channels["whatsapp"]) == "Semua {url}"
    with translation.override("en"):
        write_opening(program=program, language="en-gb", channel="", opening="All {url}")
        assert openings_of(program).for_channel(channels["copy"]) == "All {url}"
    write_opening(program=program, language="ms", channel="email", opening="")
    assert openings_of(program, "ms").for_channel(channels["email"]) == "Semua {url}"

"""Channels: what each opens, that nothing in a message becomes a parameter, and a shop's own."""

from __future__ import annotations

from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template
from django.template.loader import get_template

from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.channels import (
    LINK_ICON,
    Channel,
    Message,
    Way,
    channels_of,
    query,
    registry,
)

#: The example of the guide "Add a channel".
GROUP = Channel(
    slug="signal-group",
    label="Our group",
    address=lambda message: query("https://group.example/new", text=message.text),
)
NOT_A_CHANNEL = "not a channel"
WITHOUT_ADDRESS = Channel(slug="nowhere", label="Nowhere")
NO_DRAWING = Channel(
    slug="plain", label="Plain", icon="nowhere.svg", address=lambda message: message.url
)
NO_SLUG = Channel(slug="A b", label="No", address=lambda message: "")

HOSTILE = Message(
    title="A & B\r\nBcc: evil@example.com?subject=x",
    text="50 % & more\r\nCc: you@example.com&bcc=me@example.com#x +1 <b> “ü”",
    url="https://shop.example/r/ABC/?v=1&c=x&p=portal",
)
LINKS = [channel for channel in registry().values() if channel.way == Way.LINK]


@pytest.mark.parametrize("channel", LINKS, ids=lambda channel: channel.slug)
def test_nothing_in_a_message_becomes_a_header_or_parameter(channel):
    address = channel.address(HOSTILE)
    assert "\r" not in address and "\n" not in address and " " not in address
    assert '"' not in address and "<" not in address
    parts = urlsplit(address)
    assert parts.scheme in ("https", "mailto")
    assert parts.fragment == ""
    values = dict(parse_qsl(parts.query, strict_parsing=True))
    expected = {HOSTILE.text, HOSTILE.url, HOSTILE.title}
    assert set(values) <= {"text", "url", "u", "subject", "body"}
    assert set(values.values()) <= expected
    assert (HOSTILE.text in values.values()) == channel.takes_text
    assert "+" not in parts.query


def test_a_mail_has_no_recipient():
    parts = urlsplit(registry()["email"].address(HOSTILE))
    assert parts.path == ""
    assert set(parse_qs(parts.query)) == {"subject", "body"}


@pytest.mark.parametrize("channel", registry().values(), ids=lambda channel: channel.slug)
def test_every_channel_has_a_drawing_of_ours(channel):
    drawing = get_template(channel.icon).render()
    assert drawing.startswith("<svg")
    assert "currentColor" in drawing
    assert "http" not in drawing
    assert 'aria-hidden="true"' in drawing


def test_what_is_on_by_itself_and_what_the_operator_chose():
    own = [channel.slug for channel in channels_of(Program())]
    assert own == ["native", "whatsapp", "email", "copy", "qr", "card"]
    chosen = Program(share_channels=["line", "gone", "email"])
    assert [channel.slug for channel in channels_of(chosen)] == ["line", "email"]
    assert channels_of(Program(share_channels=[])) == []


def test_a_drawing_that_is_missing_keeps_nobody_from_sharing():
    button = Template("{% include channel.icons %}")
    assert button.render(Context({"channel": NO_DRAWING})) == get_template(LINK_ICON).render()


def test_a_shop_adds_its_own(settings):
    settings.OSCAR_REFERRALS = {"SHARE_CHANNELS": ("tests.sharing.test_channels.GROUP",)}
    assert list(registry())[-1] == "signal-group"
    assert GROUP in channels_of(Program())
    address = GROUP.address(HOSTILE)
    assert address.startswith("https://group.example/new?text=50%20%25")


@pytest.mark.parametrize("name", ["NOT_A_CHANNEL", "WITHOUT_ADDRESS", "NO_SLUG"])
def test_what_is_no_channel_is_refused(settings, name):
    settings.OSCAR_REFERRALS = {"SHARE_CHANNELS": (f"tests.sharing.test_channels.{name}",)}
    with pytest.raises(ImproperlyConfigured, match=name):
        registry()

"""The share panel: one link and message per channel, own words without a script, and counting."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from oscar_referrals.account.share import sharing_of
from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.qr import qr_svg
from oscar_referrals.sharing.share_models import Share
from oscar_referrals.test.factories import live_program, referral_code
from tests.shop import Visitor

pytestmark = pytest.mark.django_db
DISCLOSURE = "(I get a reward too when you order.)"


@pytest.fixture
def code():
    return referral_code(live_program())


def share(code, **asked):
    request = RequestFactory().get("/referrals/", asked)
    with translation.override("en-gb"):
        return sharing_of(code=code, version=code.program.current_version, request=request)


def links(sharing):
    return {button.channel.slug: button.message.url for button in sharing.buttons}


def test_every_channel_has_a_link_of_its_own_that_names_nobody(code):
    sharing = share(code, p="product", k="Raya 2026")
    for slug, url in links(sharing).items():
        parts = urlsplit(url)
        assert parts.path == share_path(code)
        assert parse_qs(parts.query) == {
            "v": ["1"],
            "c": [slug],
            "p": ["product"],
            "k": ["Raya 2026"],
        }
        assert "@" not in url


def test_a_link_leads_to_a_page_of_the_shop_only(code):
    (url, *_others) = links(share(code, next="/catalogue/tea_1/?a=b&c=d")).values()
    assert parse_qs(urlsplit(url).query)["next"] == ["/catalogue/tea_1/?a=b&c=d"]
    for evil in ("//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil"):
        assert share(code, next=evil).target == ""


@pytest.mark.parametrize("name", ["qr", "qr-png", "card"])
def test_a_page_that_has_no_room_in_a_picture_is_left_out_of_it(code, name):
    asked = {"next": "/" + "\u8336" * 900, "k": "\U0001f33f" * 60}
    page = Visitor(code.advocate.user).get(f"referrals:{name}", data=asked)
    assert page.status_code == 200
    if name == "qr":
        path = share_path(code, code.program.current_version, channel="qr", placement="portal")
        assert page.content.decode() == qr_svg(f"http://testserver{path}")


def test_where_only_the_link_goes_the_advocate_is_asked_to_paste_the_message(code):
    Program.objects.update(share_channels=["whatsapp", "facebook", "linkedin"])
    page = Visitor(code.advocate.user).get("referrals:portal").content.decode()
    for name in ("Facebook", "LinkedIn"):
        assert f"{name} takes only the link. Copy the message and paste it there" in page
    assert "WhatsApp takes only" not in page
    assert "Copy message" in page


def test_a_place_that_is_none_is_the_account_page(code):
    assert share(code, p='"><script>').placement == "portal"


def test_whatsapp_and_mail_carry_the_message(code):
    buttons = {button.channel.slug: button for button in share(code).buttons}
    whatsapp = parse_qs(urlsplit(buttons["whatsapp"].address).query)
    mail = parse_qs(urlsplit(buttons["email"].address).query)
    assert whatsapp["text"] == [buttons["whatsapp"].message.text]
    assert mail["body"] == [buttons["email"].message.text]
    assert mail["subject"] == [buttons["email"].message.title]
    assert buttons["copy"].address == ""


def test_the_note_stands_in_the_messages_and_nowhere_else(code):
    note = "Try the tea\r\nBcc: x@evil.example&to=y@evil.example <img src=x>"
    sharing = share(code, note=note)
    assert sharing.note == "Try the tea Bcc: x@evil. example&to=y@evil. example"
    assert sharing.note_was_changed
    for button in sharing.buttons:
        assert button.message.text.startswith(sharing.note)
        assert button.message.text.endswith(DISCLOSURE)
        assert "evil" not in button.message.url
        assert "evil" not in button.message.title
        if button.address:
            assert set(parse_qs(urlsplit(button.address).query)) <= {"text", "subject", "body"}


@pytest.mark.parametrize(
    ("note", "wrong"),
    [
        ("You get MYR 99 off, dear!", ("MYR 99",)),
        ("Kamu dapat diskon MYR 99!", ("MYR 99",)),
        ("You get MYR 20 off. My kettle was MYR 249.", ()),
        ("We have known each other for 12 years.", ()),
    ],
)
def test_a_note_that_promises_something_else_is_not_sent(code, note, wrong):
    sharing = share(code, note=note)
    assert sharing.note_contradicts == wrong
    assert sharing.note == ("" if wrong else note)
    assert not sharing.note_was_changed
    for button in sharing.buttons:
        assert ("MYR 99" in button.message.text) is False


def test_the_page_says_why_a_note_is_not_sent(code):
    visitor = Visitor(code.advocate.user)
    page = visitor.get("referrals:portal", data={"note": "You get MYR 99 off, dear!"})
    html = page.content.decode()
    assert "Your words are not sent: the program says something else than MYR 99." in html
    assert "You get MYR 99 off, dear!</textarea>" in html


def test_the_page_with_a_note_needs_no_script(code):
    visitor = Visitor(code.advocate.user)
    asked = {"note": "<script>alert(1)</script> Sedap!", "p": "order-history"}
    page = visitor.get("referrals:portal", data=asked)
    text = page.content.decode()
    assert "alert(1) Sedap!\nMYR" in text
    assert "<script>alert(1)" not in text
    assert "taken out of your words" in text
    assert "p=order-history" in text
    for word in ("Share…", "WhatsApp", "Copy message", "Download QR code"):
        assert word in text


def press(client, **said):
    return client.post(reverse("referrals:shared"), said)


def test_shares_are_counted_by_channel_and_place(code):
    visitor = Visitor(code.advocate.user)
    press(visitor.client, c="whatsapp", p="product", k="Raya")
    press(visitor.client, c="copy")
    press(visitor.client, c="line")
    press(visitor.client, c="x\0<b>")
    assert press(visitor.client).status_code == 204
    assert list(Share.objects.values_list("code", "channel", "placement", "campaign")) == [
        (code.pk, "whatsapp", "product", "Raya"),
        (code.pk, "copy", "portal", ""),
    ]


def test_nobody_else_is_counted_and_no_other_page_can_count(code):
    assert press(Client(), c="copy").status_code == 204
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(code.advocate.user)
    assert press(strict, c="copy").status_code == 403
    assert strict.get(reverse("referrals:shared")).status_code == 405
    assert not Share.objects.exists()


def test_more_than_a_person_shares_is_not_counted(code, settings):
    settings.OSCAR_REFERRALS = settings.OSCAR_REFERRALS | {"SHARE_LIMIT": 3}
    visitor = Visitor(code.advocate.user)
    for _time in range(5):
        press(visitor.client, c="copy")
    assert Share.objects.count() == 3

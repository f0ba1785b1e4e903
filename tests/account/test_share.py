"""The prefilled message: figures from the rules, disclosure at the end, one for all channels."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.utils import translation

from oscar_referrals.account.share import sharing_of
from oscar_referrals.sharing.links import share_path
from oscar_referrals.test.factories import live_program, referral_code

pytestmark = pytest.mark.django_db
DISCLOSURE = "(I get a reward too when you order.)"


@pytest.fixture
def sharing():
    program = live_program()
    code = referral_code(program)
    request = RequestFactory().get("/referrals/")
    with translation.override("en-gb"):
        return sharing_of(code=code, version=program.current_version, request=request)


def test_the_text_has_the_figures_the_link_and_ends_with_the_disclosure(sharing):
    assert sharing.text.startswith("MYR\xa020 off your first order of MYR\xa080 or more")
    assert settings.OSCAR_SHOP_NAME in sharing.text
    assert sharing.url in sharing.text
    assert sharing.text.endswith(DISCLOSURE)


def test_every_channel_carries_exactly_this_text(sharing):
    whatsapp = parse_qs(urlsplit(sharing.whatsapp_url).query)
    mail = parse_qs(urlsplit(sharing.email_url).query)
    assert whatsapp["text"] == [sharing.text]
    assert mail["body"] == [sharing.text]
    assert mail["subject"] == [sharing.title]


def test_the_link_names_a_code_and_nobody(sharing):
    parts = urlsplit(sharing.url)
    assert parts.path == share_path(sharing.code)
    assert "@" not in sharing.url

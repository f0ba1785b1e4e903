"""Words that may not stand in a code or an alias."""

from __future__ import annotations

import pytest

from oscar_referrals.decency import is_decent


@pytest.mark.parametrize(
    "text", ["FARAH2026", "GRAPEFAN", "DICKENS", "BADMINTON", "PEACOCK", "Siti Kopi", "KASUR"]
)
def test_harmless(text):
    assert is_decent(text)


@pytest.mark.parametrize(
    "text",
    ["xfuckx", "5hit", "ADMIN", "admin1", "Admin_9", "Mr Dick", "babi", "K0NTOL7", "Refund"]
    + ["ＡＤＭＩＮ", "Newsletter", "PRODUCTHUNT", "instagram2026", "\U0001d400dmin"],
)
def test_not_decent(text):
    assert not is_decent(text)


def test_the_shops_name_and_its_own_words(settings):
    settings.OSCAR_SHOP_NAME = "Kedai Ujian"
    settings.OSCAR_REFERRALS = {"BLOCKED_WORDS": ("rival-shop",)}
    assert not is_decent("KEDAIUJIAN10")
    assert not is_decent("myRivalShop")
    assert is_decent("KEDAIKU")

from __future__ import annotations

import string
from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from oscar_referrals.programs import reasons

CODES = [
    value
    for name, value in vars(reasons).items()
    if name.isupper() and not name.startswith("_") and isinstance(value, str)
]


@pytest.fixture(autouse=True)
def english(settings):
    settings.OSCAR_REFERRALS = {"CURRENCY_SYMBOLS": {"MYR": "RM"}}
    with override("en-gb"):
        yield


@pytest.mark.parametrize("code", CODES)
def test_every_reason_has_words_for_shoppers_and_for_staff(code: str) -> None:
    assert set(code) <= set(string.ascii_lowercase + "-")
    sentence = reasons.shopper_text(code)
    assert sentence[-1] == "."
    assert "%(" not in sentence
    assert reasons.staff_text(code) not in ("", code)


def test_a_missing_amount_is_said_in_money() -> None:
    text = reasons.shopper_text("below-minimum", missing=1200, currency="MYR", value=2000)
    assert text.replace("\xa0", " ") == "Add RM 12 more to get RM 20 off."
    text = reasons.shopper_text("below-minimum", missing=1250, currency="MYR", percent="15.00")
    assert text.replace("\xa0", " ") == "Add RM 12.50 more to get 15% off."
    text = reasons.shopper_text("below-minimum", missing=1250, currency="MYR")
    assert text.replace("\xa0", " ") == "Add RM 12.50 more to use this discount."


def test_sentences_are_precise_where_figures_are_given() -> None:
    assert reasons.shopper_text("better-offer", rival="Raya sale") == (
        "“Raya sale” saves you more, so it applies instead of this discount."
    )
    assert reasons.shopper_text("not-started", starts_at=datetime(2026, 3, 1, tzinfo=UTC)) == (
        "This offer starts on 1 March 2026."
    )
    assert reasons.shopper_text("currency-not-offered", currency="SGD") == (
        "The discount isn't available for orders in Singapore dollars."
    )
    assert reasons.shopper_text("no-eligible-products", range="Teas") == (
        "The discount applies to these products only: Teas."
    )
    assert "1 minute " in reasons.shopper_text("too-many-tries", minutes=1)
    assert "5 minutes " in reasons.shopper_text("too-many-tries", minutes=5)


def test_a_reason_of_a_shops_own_does_not_break_a_page() -> None:
    assert reasons.shopper_text("something-new", x=1) == reasons.shopper_text("not-available")
    assert reasons.staff_text("something-new") == "something-new"

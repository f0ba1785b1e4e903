"""Arithmetic of money by tables: where a half goes, and that no minor unit is lost."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal, localcontext

import pytest

from oscar_referrals.money import (
    VOUCHER_UNIT,
    in_units,
    is_money,
    percentage,
    proportion,
    share_out,
    to_major,
    to_minor,
)


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("20.00", "MYR", 2000),
        ("2000", "JPY", 2000),
        ("1.234", "KWD", 1234),
        # A half goes to the even neighbour, from either side.
        ("0.005", "MYR", 0),
        ("0.015", "MYR", 2),
        ("0.0151", "MYR", 2),
        ("0.025", "MYR", 2),
        ("-0.015", "MYR", -2),
        ("10.5", "JPY", 10),
        ("11.5", "JPY", 12),
    ],
)
def test_major_units_as_minor_ones(amount: str, currency: str, minor: int) -> None:
    assert to_minor(Decimal(amount), currency) == minor


@pytest.mark.parametrize(
    ("minor", "currency", "amount"),
    [(2000, "MYR", "20.00"), (5, "MYR", "0.05"), (2000, "JPY", "2000"), (-150, "MYR", "-1.50")],
)
def test_minor_units_have_exactly_the_decimals_of_the_currency(
    minor: int, currency: str, amount: str
) -> None:
    assert str(to_major(minor, currency)) == amount


def test_pieces_are_no_money() -> None:
    assert str(in_units(3, VOUCHER_UNIT)) == "3"
    assert str(in_units(3, "wraps")) == "3"
    assert str(in_units(300, "MYR")) == "3.00"
    assert str(in_units(300, "JPY")) == "300"


@pytest.mark.parametrize(
    ("unit", "money"),
    [
        ("MYR", True),
        ("JPY", True),
        ("myr", False),
        ("MYRX", False),
        ("MY", False),
        ("MY1", False),
        ("МҮР", False),
        ("", False),
        (VOUCHER_UNIT, False),
    ],
)
def test_a_unit_is_money_by_the_form_of_its_name(unit: str, money: bool) -> None:
    assert is_money(unit) is money


@pytest.mark.parametrize(
    ("minor", "percent", "part"),
    [
        (19995, "10", 2000),
        (10000, "15", 1500),
        (10, "5", 0),
        (30, "5", 2),
        (50, "5", 2),
        (100, "12.5", 12),
        (300, "12.5", 38),
        (0, "50", 0),
        (99, "100", 99),
    ],
)
def test_a_percentage_goes_to_the_even_neighbour_at_a_half(
    minor: int, percent: str, part: int
) -> None:
    assert percentage(minor, Decimal(percent)) == part


def test_nobodys_decimal_context_changes_where_a_half_goes() -> None:
    with localcontext() as context:
        context.rounding = ROUND_UP
        assert to_minor(Decimal("0.025"), "MYR") == 2
        assert percentage(50, Decimal(5)) == 2


@pytest.mark.parametrize(
    ("amount", "part", "whole", "share"),
    [
        (2000, 70, 100, 1400),
        (2000, 0, 100, 0),
        (2000, 100, 100, 2000),
        # A third, two thirds.
        (100, 1, 3, 33),
        (100, 2, 3, 67),
        # Exactly a half: 0.5, 1.5, 2.5, 3.5.
        (1, 1, 2, 0),
        (3, 1, 2, 2),
        (5, 1, 2, 2),
        (7, 1, 2, 4),
        # Just below and just above one.
        (1, 49, 100, 0),
        (1, 51, 100, 1),
        (3, 49, 100, 1),
        (3, 51, 100, 2),
        # An odd whole has no half: 1/3 is less, 2/3 is more.
        (1, 1, 3, 0),
        (1, 2, 3, 1),
    ],
)
def test_a_proportion_goes_to_the_even_neighbour_at_a_half(
    amount: int, part: int, whole: int, share: int
) -> None:
    assert proportion(amount, part, whole) == share


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (200, [1, 1, 1], [67, 67, 66]),
        # The larger remainder comes first, wherever it stands: 1.4, 1.6.
        (3, [14, 16], [1, 2]),
        (10, [1, 2, 3], [2, 3, 5]),
        (1, [0, 5], [0, 1]),
        (7, [7], [7]),
        (2, [1, 1, 1, 1], [1, 1, 0, 0]),
        (0, [1, 2], [0, 0]),
        (-5, [1, 2], [0, 0]),
        (1, [1, 0], [1, 0]),
        (5, [0, 0], [0, 0]),
        (5, [], []),
    ],
)
def test_a_total_is_shared_out_by_largest_remainder(
    total: int, weights: list[int], shares: list[int]
) -> None:
    assert share_out(total, weights) == shares

"""Where a reward stands in the books, by its figures: worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from oscar_referrals.rewards.books import Standing, difference, position_of, without_zeros


def stands(**figures: Any) -> dict[str, int]:
    standing = Standing(**{"unit": "MYR", "currency": "MYR", **figures})
    return {f"{kind} {unit}": amount for (kind, unit), amount in position_of(standing).items()}


@pytest.mark.parametrize(
    ("state", "account"),
    [
        ("pending", "liability:pending"),
        ("available", "liability:available"),
        ("redeemed", "income:breakage"),
        ("expired", "income:breakage"),
    ],
)
def test_what_is_left_stands_where_its_state_says(state: str, account: str) -> None:
    assert stands(state=state, net=1500) == {f"{account} MYR": -1500, "expense:reward MYR": 1500}
    assert stands(state=state, net=1) == {f"{account} MYR": -1, "expense:reward MYR": 1}


@pytest.mark.parametrize("state", ["voided", "reversed", ""])
def test_nothing_is_left_of_what_was_withdrawn(state: str) -> None:
    assert stands(state=state, net=1500) == {}


def test_every_part_has_its_account() -> None:
    figures = {"net": 2000, "netted": 100, "reserved": 200, "used": 300}
    assert stands(state="available", **figures) == {
        "liability:available MYR": -1400,
        "liability:reserved MYR": -200,
        "contra:redeemed MYR": -300,
        "receivable:clawback MYR": -100,
        "expense:reward MYR": 2000,
    }


def test_more_used_than_owed_leaves_no_rest() -> None:
    assert stands(state="available", net=500, used=700, clawback_money=200) == {
        "contra:redeemed MYR": -700,
        "receivable:clawback MYR": 200,
        "expense:reward MYR": 500,
    }


def test_what_is_given_up_of_a_clawback_becomes_an_expense_of_its_own() -> None:
    assert stands(state="reversed", net=0, used=700, clawback_money=700, written_off_money=250) == {
        "contra:redeemed MYR": -700,
        "receivable:clawback MYR": 450,
        "expense:write-off MYR": 250,
    }


def test_a_clawback_and_what_is_set_off_share_an_account() -> None:
    assert stands(state="reversed", net=0, netted=100, clawback_money=300) == {
        "receivable:clawback MYR": 200,
        "expense:reward MYR": -200,
    }


def test_a_piece_is_booked_as_one_and_what_it_cost_as_money() -> None:
    voucher = {"unit": "vouchers", "net": 1}
    assert stands(state="available", **voucher) == {
        "liability:available vouchers": -1,
        "expense:reward vouchers": 1,
    }
    assert stands(state="redeemed", used=1, used_money=1730, **voucher) == {
        "contra:redeemed vouchers": -1,
        "expense:reward vouchers": 1,
        "contra:redeemed MYR": -1730,
        "expense:reward MYR": 1730,
    }


def test_only_what_differs_is_posted() -> None:
    pending, available, expense = (
        ("liability:pending", "MYR"),
        ("liability:available", "MYR"),
        ("expense:reward", "MYR"),
    )
    wanted = {available: -1500, expense: 1500}
    assert difference(wanted, {pending: -1500, expense: 1500}) == {
        available: -1500,
        pending: 1500,
    }
    assert difference(wanted, {}) == wanted
    assert difference({}, wanted) == {available: 1500, expense: -1500}
    assert difference(wanted, {available: -1000, expense: 1000}) == {
        available: -500,
        expense: 500,
    }
    assert difference(wanted, wanted) == {}
    assert without_zeros({pending: 0, available: -1, expense: 1}) == {available: -1, expense: 1}

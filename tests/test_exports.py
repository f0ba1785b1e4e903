"""No cell that leaves the shop is executed by the spreadsheet that opens it."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscar_referrals.exports import csv_lines, escape_formula


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "＝1",
        '=HYPERLINK("http://x","y")',
        "-2+3+cmd|' /C calc'!A0",
        "-",
        "=",
    ],
)
def test_what_would_be_a_formula_becomes_text(text):
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize(
    "value",
    ["", "Aminah", "a=b", "12.50", "-12.50", "+60123456789", "CDFG-HJKM-NPQ", "a@b.example"],
)
def test_what_is_harmless_stays(value):
    assert escape_formula(value) == value


@pytest.mark.parametrize("value", [0, -5, Decimal("-1.50"), None, True, date(2026, 3, 1)])
def test_what_is_no_text_stays_what_it_is(value):
    assert escape_formula(value) is value


def test_characters_that_no_file_can_hold_are_replaced():
    assert escape_formula("a\x00b\x1f") == "a\ufffdb\ufffd"


@given(st.text())
def test_no_text_begins_like_a_formula_afterwards(text):
    escaped = escape_formula(text)
    number = escaped.lstrip("+-").replace(".", "", 1)
    assert not escaped.startswith(("=", "@", "\t", "\r", "\n"))
    assert not escaped.startswith(("+", "-")) or number.isdecimal()
    assert escape_formula(escaped) == escaped


@given(st.lists(st.lists(st.text(), min_size=1, max_size=4), max_size=5))
def test_a_file_has_one_line_per_row_and_reads_back(rows):
    lines = list(csv_lines(rows))
    assert len(lines) == len(rows)
    text = "".join(lines)
    expected = [[escape_formula(cell) for cell in row] for row in rows]
    assert list(csv.reader(io.StringIO(text, newline=""))) == expected


def test_excel_is_told_the_encoding():
    assert "".join(csv_lines([["é"]], for_excel=True)) == "\ufeffé\r\n"

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from oscar_referrals.sharing.alphabet import (
    ALPHABET,
    BLOCKED,
    LENGTH,
    RANDOM_LENGTH,
    canonical,
    check_character,
    is_wellformed,
    new_code,
    pretty,
)

bodies = st.text(ALPHABET, min_size=RANDOM_LENGTH, max_size=RANDOM_LENGTH)


def test_a_code_cannot_be_guessed_or_misread() -> None:
    assert math.log2(len(ALPHABET)) * RANDOM_LENGTH >= 40
    assert not set("AEIOU01LZ2S58") & set(ALPHABET)
    assert len({new_code() for _ in range(500)}) == 500


def test_no_blocked_word_stands_in_a_code() -> None:
    codes = [new_code(["q", "b7"]) for _ in range(300)]
    assert all(is_wellformed(code) for code in codes)
    assert not any(word in code for code in codes for word in BLOCKED | {"Q", "B7"})


@given(bodies, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(body: str, position: int, wrong: str) -> None:
    code = body + check_character(body)
    slip = code[:position] + wrong + code[position + 1 :]
    assert is_wellformed(slip) == (slip == code)


@given(bodies, st.integers(0, RANDOM_LENGTH - 1))
def test_two_swapped_neighbours_are_noticed(body: str, position: int) -> None:
    code = body + check_character(body)
    swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]
    assert is_wellformed(swapped) == (swapped == code)


@given(bodies)
def test_any_way_of_writing_a_code_is_understood(body: str) -> None:
    code = body + check_character(body)
    assert canonical(pretty(code)) == code
    assert canonical(f"  {pretty(code).lower().replace('-', ' ')} ") == code

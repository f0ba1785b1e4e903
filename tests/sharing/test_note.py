"""An advocate's own words can carry neither HTML nor a link."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscar_referrals.sharing.note import LONGEST, plain_note

#: What an app might open: a scheme, or a dot between letters.
LINK = re.compile(r"//|www\.\w|\w\.[^\W\d_]|\b(?:javascript|data|mailto)\s*:", re.I)


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Their coffee is lovely!", "Their coffee is lovely!"),
        ("  two\r\nlines\t ", "two lines"),
        ("Cuma RM 3.50. Murah!", "Cuma RM 3.50. Murah!"),
        ("<b>bold</b> & <script>alert(1)</script>", "bold & alert(1)"),
        ("<<b>script>", "script"),
        ("see https://evil.example/x?y=1", "see evil. example/x?y=1"),
        ("www.evil.example", "www. evil. example"),
        ("hhttps://ttps://evil.example", "evil. example"),
        ("javascript:alert(1)", "alert(1)"),
        ("Hotel: data: x", "Hotel: x"),
        ("evil。example", "evil. example"),
        ("10.0.0.1/login", "10 0 0 1/login"),
        ("\u202egnp.exe\u200b", "gnp. exe"),
        ("bcc: me\r\nBcc: you@evil.example", "bcc: me Bcc: you@evil. example"),
        ("👩\u200d🍳 masak", "👩\u200d🍳 masak"),
        ("", ""),
    ],
)
def test_words_stay_and_links_go(typed, left):
    assert plain_note(typed).replace("  ", " ") == left


def test_it_has_a_limit():
    assert len(plain_note("a" * 5000)) == LONGEST
    assert plain_note("é" * LONGEST) == "é" * LONGEST


@given(st.text(max_size=400))
def test_whatever_is_typed(typed):
    note = plain_note(typed)
    assert len(note) <= LONGEST
    assert "<" not in note and ">" not in note
    assert "\r" not in note and "\n" not in note
    assert not LINK.search(note)
    assert plain_note(note) == note

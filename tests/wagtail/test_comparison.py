"""What changed between two frozen terms."""

from __future__ import annotations

from wagtail_referrals.comparison import Piece, compare


def terms(**sections: list[str]) -> str:
    """A frozen document with a summary that repeats all of it."""
    parts = "".join(
        f'<section class="terms-section" id="terms-{key}"><h2>{key.capitalize()}</h2><ul>'
        + "".join(f"<li>{line}</li>" for line in lines)
        + "</ul></section>"
        for key, lines in sections.items()
    )
    everything = " ".join(line for lines in sections.values() for line in lines)
    return (
        f'<section class="terms-summary"><h2>In short</h2><p>{everything}</p></section>'
        f'<nav class="terms-contents"><h2>Contents</h2></nav>{parts}'
    )


def test_equal_terms_have_no_changes() -> None:
    assert compare(terms(friend=["A.", "B."]), terms(friend=["A.", "B."])) == []


def test_the_words_that_changed_are_marked() -> None:
    old = terms(friend=["The friend gets RM\u00a020 off.", "Once."])
    new = terms(friend=["The friend gets RM\u00a025 off.", "Once."])
    (section,) = compare(old, new)
    assert section.title == "Friend"
    (row,) = section.rows
    assert row.kind == "changed"
    assert row.before == [
        Piece("The friend gets", False),
        Piece("RM\u00a020", True),
        Piece("off.", False),
    ]
    assert row.after[1] == Piece("RM\u00a025", True)


def test_what_is_new_and_what_is_gone() -> None:
    old = terms(friend=["One thing.", "Quite another matter."], tax=["Gone."])
    new = terms(friend=["A limit of ten a year.", "One thing."], limits=["All new."])
    friend, limits, tax = compare(old, new)
    assert [row.kind for row in friend.rows] == ["added", "removed"]
    assert friend.rows[0].after == [Piece("A limit of ten a year.", True)]
    assert [row.kind for row in limits.rows] == ["added"]
    assert (tax.title, [row.kind for row in tax.rows]) == ("Tax", ["removed"])


def test_terms_from_before_there_were_anchors_are_matched_by_title() -> None:
    old = "<p>Hello.</p><section><h2>Friend</h2><ul><li>A.</li><li>B.</li></ul></section>"
    first, second = compare(old, terms(friend=["A."]))
    assert (first.title, first.rows[0].before) == ("Friend", [Piece("B.", True)])
    assert second.rows[0].before == [Piece("Hello.", True)]

"""What changed between two frozen terms, sentence by sentence and word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from bs4 import BeautifulSoup

from wagtail_referrals.document import as_text

#: Two sentences that have less in common are not one that was changed.
ALIKE = 0.5
#: Set around the key of a section while its text is taken out; no editor can type it.
MARK = "\x00"


@dataclass(frozen=True)
class Piece:
    """Some words, and whether the other side lacks them; a space stands between two pieces."""

    text: str
    differs: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """A sentence that was taken out, put in, or changed: then it has both sides."""

    before: list[Piece] = field(default_factory=list)
    after: list[Piece] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """``changed``, ``removed`` or ``added``."""
        if self.before and self.after:
            return "changed"
        return "removed" if self.before else "added"


@dataclass(frozen=True, kw_only=True)
class ChangedSection:
    """A section in which something is different, under its newest title."""

    title: str
    rows: list[Row]


@dataclass(frozen=True, kw_only=True)
class _Section:
    title: str
    lines: list[str]


def compare(older: str, newer: str) -> list[ChangedSection]:
    """The sections that differ between two frozen HTML documents, in the order of the newer one.

    The summary and the table of contents are left out: they repeat what the sections say. Sections
    are the same if their anchors are, or, in terms from before there were any, their titles.
    """
    before, after = _sections(older), _sections(newer)
    titles = {section.title: key for key, section in after.items()}
    before = {
        key if key in after else titles.get(section.title, key): section
        for key, section in before.items()
    }
    nothing = _Section(title="", lines=[])
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        old, new = before.get(key, nothing), after.get(key, nothing)
        if rows := list(_rows(old.lines, new.lines)):
            found.append(ChangedSection(title=new.title or old.title, rows=rows))
    return found


def _sections(html: str) -> dict[str, _Section]:
    soup = BeautifulSoup(html, "html.parser")
    for summary in soup.select("section.terms-summary"):
        summary.decompose()
    for heading in soup.find_all("h2"):
        section = heading.find_parent("section", id=True)
        key = section["id"] if section else heading.get_text()
        heading.insert(0, f"{MARK}{key}{MARK}")
    found: dict[str, _Section] = {}
    current = _Section(title="", lines=[])
    for line in as_text(str(soup)).splitlines():
        if line.startswith(MARK):
            _, key, title = line.split(MARK, 2)
            current = found.setdefault(key, _Section(title=title, lines=[]))
        else:
            if not found:
                found[""] = current
            current.lines.append(line.removeprefix("- "))
    return found


def _rows(older: list[str], newer: list[str]) -> Iterator[Row]:
    matcher = SequenceMatcher(None, older, newer, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            yield from _pairs(older[i1:i2], newer[j1:j2])


def _pairs(older: list[str], newer: list[str]) -> Iterator[Row]:
    """Each old sentence with the new one it became; what has no other side stands alone."""
    left = list(newer)
    for old in older:
        new = next((line for line in left if _likeness(old, line) >= ALIKE), None)
        if new is None:
            yield Row(before=[Piece(old, differs=True)])
            continue
        # What stands before the sentence that this one became is new.
        for added in left[: left.index(new)]:
            yield Row(after=[Piece(added, differs=True)])
        left = left[left.index(new) + 1 :]
        before, after = _words(old, new)
        yield Row(before=before, after=after)
    for added in left:
        yield Row(after=[Piece(added, differs=True)])


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _words(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    # Plain spaces divide words; the one in "RM 20" never breaks and belongs to the amount.
    before, after = old.split(" "), new.split(" ")
    pieces: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, False).get_opcodes():
        for side, words in zip(pieces, (before[i1:i2], after[j1:j2]), strict=True):
            if words:
                side.append(Piece(" ".join(words), differs=tag != "equal"))
    return pieces

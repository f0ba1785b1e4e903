"""Reading all pages of a website against a version, again and again, while little changes.

A page is read anew when its words have changed, the version's figures, or the phrases that are
refused. Otherwise what was found last is still so; it is kept for everybody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from django.core.cache import caches

import oscar_referrals
from oscar_referrals import conf
from oscar_referrals.programs.contradictions import Reader
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.statements import Finding
from wagtail_referrals.page_words import fingerprint

#: Seconds.
KEPT = 60 * 60


class PageReading:
    """One round through the pages; `keep` at its end what the next one need not read."""

    def __init__(self, version: ProgramVersion, *, name: str) -> None:
        """``name`` tells rounds through other pages apart: a round forgets what it doesn't see."""
        self.reader = Reader(version)
        read = f"{oscar_referrals.__version__}{_in_order(self.reader.facts)}"
        self._key = f"oscar_referrals:pages:{name}:{hashlib.sha256(read.encode()).hexdigest()}"
        self._known: dict[bytes, tuple[Finding, ...]] = self._cache.get(self._key) or {}
        self._seen: dict[bytes, tuple[Finding, ...]] = {}

    def of(self, page: Any, language: str, words: Any) -> tuple[Finding, ...]:
        """What is wrong on the page; ``words`` is called for its text where it has to be read."""
        print_ = fingerprint(page, language, *self.reader.forbidden(language))
        found = self._known.get(print_)
        if found is None:
            text = words()
            found = tuple(self.reader.read(text, language)) if text.strip() else ()
        self._seen[print_] = found
        return found

    def keep(self) -> None:
        """Remember this round, if anything was new in it."""
        if self._seen != self._known:
            self._cache.set(self._key, self._seen, KEPT)

    @property
    def _cache(self) -> Any:
        return caches[conf.get().CACHE_ALIAS]


def _in_order(value: Any) -> str:
    """The same text in every process, for what has sets in it."""
    if is_dataclass(value):
        return "".join(
            f"{one.name}({_in_order(getattr(value, one.name))})" for one in fields(value)
        )
    if isinstance(value, Mapping):
        return ",".join(sorted(f"{key}({_in_order(one)})" for key, one in value.items()))
    if isinstance(value, frozenset):
        return ",".join(sorted(map(_in_order, value)))
    return repr(value)

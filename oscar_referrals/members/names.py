"""Advocates who may be found by their full name, under a key that tells nobody the name."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from oscar_referrals.identity import email_key, person_key
from oscar_referrals.members.models import Advocate

#: Names that are shorter say too little about who is meant.
SHORTEST = 4
#: No first name is longer; a sentence is.
LONGEST_SHOWN = 40
#: What is made a link of: an address, or a word with a dot within, also those of other scripts.
LINKED = re.compile(r"@|//|www\.|\w[.\u3002\uff0e\uff61](?=[^\W\d_]{2})", re.IGNORECASE)
BATCH = 500


def canonical_name(text: str) -> str:
    """The form under which two spellings of one name are equal: case, spaces, signs and accents
    don't count, and every letter does."""
    return "".join(
        character
        for character in unicodedata.normalize("NFKD", text).casefold()
        if character.isalnum()
    )


def shown_name(text: str | None) -> str:
    """A first name as it may stand on a page or in a mail that the shop shows to somebody else.

    On one line; empty for what is no name but a message: too long, or with something that apps and
    mail programs turn into a link.
    """
    name = " ".join("".join(c if c.isprintable() else " " for c in text or "").split())
    return "" if len(name) > LONGEST_SHOWN or LINKED.search(name) else name


def name_key(text: str) -> str:
    """The keyed hash of a full name; empty for none, and for what is too short to be one."""
    name = canonical_name(text)
    return person_key(name) if len(name) >= SHORTEST else ""


def set_findable(*, advocate: Advocate, findable: bool) -> None:
    """What the advocate says; the key is kept only while friends may use it. Idempotent."""
    advocate.findable = findable
    advocate.name_key = name_key(_name_of(advocate.user)) if findable else ""
    advocate.save(update_fields=["findable", "name_key"])


def refresh_names() -> int:
    """Bring all keys up to date: for names that were changed by another way, and a new HMAC key.

    Answers how many had to be changed.
    """
    changed = last = 0
    rows = Advocate.objects.filter(findable=True).select_related("user").order_by("pk")
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        for advocate in batch:
            key = name_key(_name_of(advocate.user))
            if key != advocate.name_key:
                Advocate.objects.filter(pk=advocate.pk).update(name_key=key)
                changed += 1
        last = batch[-1].pk
    return changed


def found_by_name(*, site_id: int, name: str, email: str = "") -> Advocate | None:
    """The one advocate of this exact name who may be found; None if nobody is, or several are.

    ``email`` is a second fact that tells several apart. The same queries are made whatever comes
    of them.
    """
    rows = Advocate.objects.filter(
        program__site=site_id,
        program__status="live",
        findable=True,
        name_key=name_key(name) or "-",
        joined_at__isnull=False,
        left_at=None,
    ).select_related("program__current_version", "user")
    if email:
        rows = rows.filter(email_key=email_key(email) or "-")
    found = list(rows.order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def _name_of(user: Any) -> str:
    if user is None:
        return ""
    return str(user.get_full_name() or "")

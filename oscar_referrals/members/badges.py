"""Badges for advocates: thanks without a value in money, worked out from the number of friends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oscar_referrals import conf


class Badge(NamedTuple):
    """One badge: from how many successful referrals on, and what it is called."""

    number: int
    name: str | Promise


#: The setting ``BADGES`` names another sequence of these.
BADGES: Sequence[Badge] = (
    Badge(1, _("First friend")),
    Badge(3, _("Good company")),
    Badge(10, _("Ambassador")),
    Badge(25, _("Legend")),
)


class Badges(NamedTuple):
    """What somebody has, the highest last, and what comes next."""

    earned: list[Badge]
    next: Badge | None
    #: How many more successful referrals the next one takes.
    missing: int


def badges_for(successful: int) -> Badges:
    """The badges of an advocate with so many successful referrals. No query."""
    badges: Any = conf.get().load("BADGES")
    known: list[Badge] = sorted(badges, key=lambda badge: badge.number)
    ahead = [badge for badge in known if badge.number > successful]
    return Badges(
        earned=[badge for badge in known if badge.number <= successful],
        next=ahead[0] if ahead else None,
        missing=ahead[0].number - successful if ahead else 0,
    )

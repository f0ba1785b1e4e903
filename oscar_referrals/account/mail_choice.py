"""Choosing e-mails, one switch per kind: in the account and, for guests, by a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from oscar_referrals.messages import preferences
from oscar_referrals.messages.kinds import Kind, Purpose
from oscar_referrals.messages.recipients import Recipient

#: In the order in which the pages show them.
SWITCHED = (Purpose.SERVICE, Purpose.RELATIONSHIP)


class MailChoice:
    """What one person gets of some kinds, and keeping what they want. Two queries to look."""

    def __init__(self, person: Recipient, kinds: Sequence[Kind]) -> None:
        self.person = person
        self.kinds = kinds

    @cached_property
    def groups(self) -> list[tuple[Purpose, list[tuple[Kind, bool]]]]:
        """Each purpose with its kinds and whether they are wanted."""
        return [
            (purpose, [(kind, self._gets(kind)) for kind in self.kinds if kind.purpose is purpose])
            for purpose in SWITCHED
        ]

    @property
    def lacks_consent(self) -> bool:
        """The shop knows that the person has not agreed to marketing."""
        return self._consent is False

    def keep(self, chosen: Iterable[str], method: str) -> None:
        """Note what is switched otherwise than it was; ``chosen`` are the events that are on."""
        wanted = set(chosen)
        changed = {}
        for kind in self.kinds:
            if not kind.can_be_switched_off or (kind.needs_consent and self.lacks_consent):
                continue
            wish = kind.event in wanted
            if wish != self._gets(kind):
                changed[kind.event] = wish
        preferences.state(recipient=self.person, wanted=changed, method=method)

    def _gets(self, kind: Kind) -> bool:
        return preferences.wants(kind, self._stated, self._consent)

    @cached_property
    def _stated(self) -> dict[str, bool]:
        return preferences.stated_by(self.person)

    @cached_property
    def _consent(self) -> bool | None:
        return preferences.has_consented(self.person)

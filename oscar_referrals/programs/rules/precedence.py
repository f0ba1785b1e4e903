"""Which of several friends' invitations counts: in the order that the terms say."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.rules.base import Clause


class Way(TextChoices):
    """By which way an invitation reached the friend; what counts most stands first (A03)."""

    STAFF = "staff", gettext_lazy("Entered by staff")
    TYPED = "typed", gettext_lazy("Code typed")
    CLAIMED = "claimed", gettext_lazy("Discount claimed on the link's page")
    SIGNED_IN = "signed-in", gettext_lazy("Taken before, with the same account")
    LINK = "link", gettext_lazy("Link opened")
    NAME = "name", gettext_lazy("Advocate named by the friend")


#: The way's place in the order: the smallest counts.
RANK = {way.value: place for place, way in enumerate(Way)}
#: The same in the words of the terms.
WORDS = {
    Way.STAFF: gettext_lazy("what the shop has decided by hand"),
    Way.TYPED: gettext_lazy("a code that the friend typed"),
    Way.CLAIMED: gettext_lazy("a discount claimed on the link's page"),
    Way.SIGNED_IN: gettext_lazy("a discount that the same account took on another device"),
    Way.LINK: gettext_lazy("a link that was opened"),
    Way.NAME: gettext_lazy("an advocate whom the friend named"),
}


class Precedence:
    """One advocate gets the credit, by the way of the invitation and then by its time."""

    def __init__(self, version: ProgramVersion) -> None:
        self.version = version

    def clauses(self) -> list[Clause]:
        """Two sentences: which invitation counts, and for how long an opened link does."""
        if self.version.credit_model == ProgramVersion.CreditModel.FIRST:
            text = _(
                "If several advocates have invited the same friend, only one of them counts. What "
                "comes first in this list counts: %(ways)s. Of several of the same kind, the "
                "first one counts."
            )
        else:
            text = _(
                "If several advocates have invited the same friend, only one of them counts. What "
                "comes first in this list counts: %(ways)s. Of several of the same kind, the last "
                "one counts."
            )
        ways = format_lazy("; ".join(["{}"] * len(Way)), *(WORDS[way] for way in Way))
        days = self.version.link_days
        link = ngettext(
            "A link that a friend only opened is remembered for %(days)d day, and only if the "
            "friend has agreed to that; the discount then applies by itself.",
            "A link that a friend only opened is remembered for %(days)d days, and only if the "
            "friend has agreed to that; the discount then applies by itself.",
            days,
        )
        return [
            Clause(key="precedence", section="program", text=text % {"ways": ways}),
            Clause(key="link-window", section="program", text=link % {"days": days}),
        ]

"""When the program takes claims, and how long earlier ones are honoured."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oscar_referrals.money import format_day
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.programs.rules.base import Clause, Refusal, TillFacts

Status = Program.Status


class ProgramWindow:
    """Live, paused, ended or stopped, and the version's first and last day.

    A claim made before the program was paused or ended is honoured for the version's wind-down; a
    stopped program honours none, because something has leaked.
    """

    def __init__(self, version: ProgramVersion) -> None:
        self.version = version

    def check(self, facts: TillFacts) -> Refusal | None:
        """`stopped`, `paused`, `ended`, `not-started` or `not-available` (never published)."""
        if facts.program_status == Status.STOPPED:
            return Refusal(reason=reasons.STOPPED)
        if facts.program_status == Status.DRAFT:
            return Refusal(reason=reasons.NOT_AVAILABLE)
        if facts.program_status == Status.PAUSED:
            return self._after(facts.status_changed_at, facts, reasons.PAUSED)
        if facts.program_status == Status.ENDED:
            return self._after(facts.status_changed_at, facts, reasons.ENDED)
        starts_at, ends_at = self.version.starts_at, self.version.ends_at
        if starts_at is not None and facts.now < starts_at:
            return Refusal(reason=reasons.NOT_STARTED, params={"starts_at": starts_at})
        if ends_at is not None and facts.now >= ends_at:
            return self._after(ends_at, facts, reasons.ENDED)
        return None

    def _after(self, end: datetime | None, facts: TillFacts, reason: str) -> Refusal | None:
        if end is not None and facts.claimed_at < end:
            honoured_until = end + timedelta(days=self.version.wind_down_days)
            if facts.now < honoured_until:
                return None
        return Refusal(reason=reason)

    def closes(self, status: str, changed_at: datetime | None) -> datetime | None:
        """When claims that were made in time stop being honoured; None while no end is known."""
        is_over = status in (Status.PAUSED, Status.ENDED)
        end = changed_at if is_over else self.version.ends_at
        return end + timedelta(days=self.version.wind_down_days) if end is not None else None

    def clauses(self) -> list[Clause]:
        """The dates, the wind-down and the emergency stop."""
        return [*self._dates(), self._wind_down(), self._stop()]

    def _dates(self) -> list[Clause]:
        first, last = self.version.starts_at, self.version.ends_at
        # The end is the first moment at which it is over; the last day is the one before it.
        days = {
            "first": format_day(first) if first else "",
            "last": format_day(last - timedelta(microseconds=1)) if last else "",
        }
        if first and last:
            text = _("The program runs from %(first)s to %(last)s.") % days
        elif first:
            text = _("The program starts on %(first)s.") % days
        elif last:
            text = _("The program runs until %(last)s.") % days
        else:
            return []
        return [Clause(key="dates", section="program", text=text)]

    def _wind_down(self) -> Clause:
        days = self.version.wind_down_days
        if days:
            text = ngettext(
                "If the program is paused or ends, a discount claimed before then can still be "
                "used for %(days)d day, unless its own time runs out first.",
                "If the program is paused or ends, a discount claimed before then can still be "
                "used for %(days)d days, unless its own time runs out first.",
                days,
            ) % {"days": days}
        else:
            text = _(
                "If the program is paused or ends, discounts that were claimed before then can no "
                "longer be used."
            )
        return Clause(key="wind-down", section="program", text=text)

    def _stop(self) -> Clause:
        text = _(
            "If the shop has to stop the program because of misuse or a fault, discounts not used "
            "by then can no longer be used. Rewards that were earned before are kept."
        )
        return Clause(key="stop", section="program", text=text)

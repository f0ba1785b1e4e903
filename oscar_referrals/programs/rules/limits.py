"""How much one person gets at most."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oscar_referrals.money import format_money, format_number
from oscar_referrals.programs.models import Limit, ProgramVersion
from oscar_referrals.programs.rules.base import Clause

Scope, Measure, Window = Limit.Scope, Limit.Measure, Limit.Window


class Caps:
    """The limits per advocate and per friend; the budget speaks for itself."""

    def __init__(self, version: ProgramVersion) -> None:
        self.version = version

    def clauses(self) -> list[Clause]:
        """One sentence per limit, and what becomes of what exceeds it."""
        limits = [limit for limit in self.version.limits.all() if limit.scope != Scope.PROGRAM]
        found = [_clause(limit) for limit in limits]
        if found:
            text = _(
                "What would exceed these limits is not paid, and not made up for later; the "
                "friend's discount stays."
            )
            found.append(Clause(key="limit-excess", section="program", text=text))
        return found


def _clause(limit: Limit) -> Clause:
    key = f"limit-{limit.scope}-{limit.window}-{limit.measure}-{limit.currency}".rstrip("-")
    return Clause(key=key, section=limit.scope, text=_text(limit))


def _text(limit: Limit) -> str:
    of_advocate = limit.scope == Scope.ADVOCATE
    values = {"window": _window(limit.window)}
    if limit.measure == Measure.MONEY:
        values["amount"] = format_money(limit.amount, limit.currency)
        text = (
            _("An advocate gets rewards of %(amount)s at most %(window)s.")
            if of_advocate
            else _("A friend gets rewards of %(amount)s at most %(window)s.")
        )
        return text % values
    values["number"] = format_number(limit.amount)
    if of_advocate:
        text = ngettext(
            "An advocate gets %(number)s reward at most %(window)s.",
            "An advocate gets %(number)s rewards at most %(window)s.",
            limit.amount,
        )
    else:
        text = ngettext(
            "A friend gets %(number)s reward at most %(window)s.",
            "A friend gets %(number)s rewards at most %(window)s.",
            limit.amount,
        )
    return text % values


def _window(window: str) -> str:
    return {
        Window.DAY.value: _("in any 24 hours"),
        Window.MONTH.value: _("in any 30 days"),
        Window.YEAR.value: _("in any 12 months"),
        Window.EVER.value: _("in all"),
    }[window]

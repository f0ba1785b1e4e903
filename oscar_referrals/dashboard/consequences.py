"""What pausing, resuming, ending or stopping a program means, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oscar_referrals.insight.standing import Standing
from oscar_referrals.money import format_day, format_number
from oscar_referrals.programs.models import Program


@dataclass(frozen=True)
class Consequence:
    """What happens, to whom."""

    whom: str
    what: str


def consequences_of(
    action: str, program: Program, standing: Standing, now: datetime
) -> list[Consequence]:
    """What ``action`` (pause, resume, end or stop) does to each group of people."""
    tell = {"pause": _pause, "resume": _resume, "end": _end, "stop": _stop}[action]
    return [*tell(program, standing, now), _earned(standing)]


def _pause(program: Program, standing: Standing, now: datetime) -> list[Consequence]:
    return [
        Consequence(
            _("New friends"),
            _("They read that the offer is paused, and cannot take it until you resume."),
        ),
        _claims_run_on(program, standing, now),
        Consequence(
            _members(standing),
            _("They keep their codes and see that the program is paused."),
        ),
    ]


def _resume(program: Program, standing: Standing, now: datetime) -> list[Consequence]:
    version = program.current_version
    return [
        Consequence(
            _("New friends"),
            _("They can take the offer of version %(number)d again, at once.")
            % {"number": version.number if version else 0},
        ),
        Consequence(_members(standing), _("Their codes and links work again.")),
    ]


def _end(program: Program, standing: Standing, now: datetime) -> list[Consequence]:
    return [
        _for_good(),
        Consequence(_("New friends"), _("They read that the offer has ended.")),
        _claims_run_on(program, standing, now),
        Consequence(
            _members(standing),
            _("Their codes bring no new friends any more. Nobody can join."),
        ),
    ]


def _stop(program: Program, standing: Standing, now: datetime) -> list[Consequence]:
    return [
        Consequence(_("The program"), _("You can resume it when the fault is mended.")),
        Consequence(
            _("New friends"), _("They read that the offer is no longer available, at once.")
        ),
        Consequence(
            _claimants(standing),
            _(
                "Their discount is taken out of the basket before payment, with a message. "
                "Whoever is paying at this moment still pays what was shown."
            ),
        ),
        Consequence(
            _members(standing),
            _("Their codes bring no new friends any more. Nobody can join."),
        ),
    ]


def _for_good() -> Consequence:
    return Consequence(
        _("The program"),
        _("It cannot be resumed. To begin again, create a new program; codes are new then, too."),
    )


def _claims_run_on(program: Program, standing: Standing, now: datetime) -> Consequence:
    if not standing.open_claims:
        return Consequence(_claimants(standing), _("Nobody loses anything."))
    published = program.versions.filter(published_at__isnull=False)
    days = published.aggregate(longest=Max("wind_down_days"))["longest"] or 0
    return Consequence(
        _claimants(standing),
        _(
            "They can still use their discount, until %(day)s at the latest, "
            "and their advocates are rewarded for it."
        )
        % {"day": format_day(now + timedelta(days=days))},
    )


def _earned(standing: Standing) -> Consequence:
    return Consequence(
        _("Rewards that were earned"),
        _("Nothing changes: %(pending)s pending and %(available)s available rewards stay.")
        % {
            "pending": format_number(standing.pending_rewards),
            "available": format_number(standing.available_rewards),
        },
    )


def _claimants(standing: Standing) -> str:
    return ngettext(
        "%(number)s friend who has taken the offer",
        "%(number)s friends who have taken the offer",
        standing.open_claims,
    ) % {"number": format_number(standing.open_claims)}


def _members(standing: Standing) -> str:
    return ngettext("%(number)s advocate", "%(number)s advocates", standing.members) % {
        "number": format_number(standing.members)
    }

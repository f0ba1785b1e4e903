"""Which program is live, at most two queries per request however often it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db.models import Case, F, Q, QuerySet, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

from oscar_referrals import conf
from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.in_one_column import (
    as_limits,
    as_tiers,
    limits_of,
    remember,
    tiers_of,
)
from oscar_referrals.programs.models import (
    Incentive,
    IncentiveAmount,
    Program,
    ProgramVersion,
)
from oscar_referrals.programs.offer_sentence import offer_sentence
from oscar_referrals.programs.rules.base import Clause

_CACHE = "_referrals_live_offer"
#: What a request allows besides: a condition on the program, or None. Part of the query that is
#: made anyway. Apps add theirs, under their own name.
CONDITIONS: dict[str, Callable[[HttpRequest], Q | None]] = {}
#: For so many seconds pages go by what `places_switched_off` found last.
ANSWER_KEPT = 60


@dataclass(frozen=True)
class LiveOffer:
    """The program that a visitor can use now, and its sentences. Asking it costs no query."""

    program: Program
    version: ProgramVersion

    def sentence(self, side: str, currency: str | None = None, *, reader: str | None = None) -> str:
        """The offer to ``"friend"`` or ``"advocate"`` in a few words; see `offer_sentence`."""
        return offer_sentence(self.version, side, currency, reader=reader)

    def clauses(self) -> list[Clause]:
        """The whole description in the active language."""
        return describe(self.version)

    @cached_property
    def currencies(self) -> frozenset[str]:
        """The currencies in which the friend gets something."""
        friend = next((i for i in self.version.incentives.all() if i.side == "friend"), None)
        return frozenset(row.currency for row in friend.amounts.all()) if friend else frozenset()


def live_program(site_id: int) -> Program | None:
    """The site's live program with all that its sentences are made of: two queries."""
    return _load(Q(site_id=site_id))


def live_offer(request: HttpRequest | None) -> LiveOffer | None:
    """What a visitor of this request can use now, None if nothing: resolved once per request.

    Outside a request (None) it is the offer of the site in the settings. A program whose first day
    has not come, or whose last day is over, is no offer.
    """
    if request is None:
        return _resolve(None)
    if not hasattr(request, _CACHE):
        setattr(request, _CACHE, _resolve(request))
    found: LiveOffer | None = getattr(request, _CACHE)
    return found


def places_switched_off(request: HttpRequest) -> list[str] | None:
    """The slugs of the places from which the live program doesn't invite; None without one.

    For what stands on many pages: asked with one query, and kept for `ANSWER_KEPT`.
    """
    cache, key = caches[conf.get().CACHE_ALIAS], f"oscar_referrals:places:{request.get_host()}"
    known = cache.get(key)
    if known is None:
        now, version = timezone.now(), "current_version__"
        begun = Q(**{f"{version}starts_at": None}) | Q(**{f"{version}starts_at__lte": now})
        not_over = Q(**{f"{version}ends_at": None}) | Q(**{f"{version}ends_at__gt": now})
        live = Program.objects.filter(
            _site_of(request), begun, not_over, status=Program.Status.LIVE
        )
        known = (live.values_list("placements_off", flat=True).first(),)
        cache.set(key, known, ANSWER_KEPT)
    places: list[str] | None = known[0]
    return places


def latest_program(request: HttpRequest) -> Program | None:
    """The program that a page speaks of whether or not it is live: one query.

    The live one, else the one whose state changed last; never a draft.
    """
    known = Program.objects.filter(_site_of(request) & _conditions(request))
    return (
        known.exclude(status=Program.Status.DRAFT)
        .select_related("current_version")
        .order_by(
            Case(When(status=Program.Status.LIVE, then=0), default=1),
            F("status_changed_at").desc(nulls_last=True),
            "-pk",
        )
        .first()
    )


def claimed_version(claim_id: int, now: datetime) -> ProgramVersion | None:
    """The version that an unused, unexpired claim is pinned to, while its program is live.

    With all that its offer's sentences are made of: one query.
    """
    rows = (
        _figures(
            Q(
                incentive__version__claims=claim_id,
                incentive__version__claims__used_at=None,
                incentive__version__claims__expires_at__gt=now,
                incentive__version__program__status=Program.Status.LIVE,
            )
        )
        .select_related("incentive__version__program")
        .annotate(limits_in_one=limits_of("incentive__version_id"))
    )
    found = list(rows)
    if not found:
        return None
    version = found[0].incentive.version
    column = found[0].__dict__["limits_in_one"]
    remember(version, "limits", as_limits(column, version=version))
    _remember_incentives(version, found)
    return version


def offered_version(
    program: Program, tag: int | None, now: datetime | None = None
) -> ProgramVersion | None:
    """The version that a link with version number ``tag`` offers; None if nothing was published.

    It is the one the link was made under until its wind-down is over, afterwards the current one.
    """
    current = program.current_version
    if tag is None or (current is not None and current.number == tag):
        return current
    tagged = program.versions.filter(number=tag, status=ProgramVersion.Status.SUPERSEDED).first()
    if tagged is None or tagged.superseded_at is None:
        return current
    tagged.program = program
    until = tagged.superseded_at + timedelta(days=tagged.wind_down_days)
    return tagged if (now or timezone.now()) < until else current


def _resolve(request: HttpRequest | None) -> LiveOffer | None:
    program = _load(_site_of(request) & _conditions(request))
    if program is None or program.current_version is None:
        return None
    version = program.current_version
    now = timezone.now()
    started = version.starts_at is None or version.starts_at <= now
    over = version.ends_at is not None and version.ends_at <= now
    return LiveOffer(program, version) if started and not over else None


def _site_of(request: HttpRequest | None) -> Q:
    # Django's Site would be a query of its own without SITE_ID; so the host is joined instead.
    site_id = getattr(settings, "SITE_ID", None)
    if site_id or request is None:
        return Q(site_id=site_id)
    host = request.get_host()
    return Q(site__domain__iexact=host) | Q(site__domain__iexact=host.partition(":")[0])


def _conditions(request: HttpRequest | None) -> Q:
    wanted = Q()
    if request is not None:
        for condition in CONDITIONS.values():
            wanted &= condition(request) or Q()
    return wanted


def _load(site: Q) -> Program | None:
    program = (
        Program.objects.filter(site, status=Program.Status.LIVE)
        .select_related("current_version")
        .annotate(limits_in_one=limits_of("current_version_id"))
        .first()
    )
    if program is not None and program.current_version is not None:
        version = program.current_version
        version.program = program
        remember(version, "limits", as_limits(program.limits_in_one, version=version))
        _load_incentives(version)
    return program


def _load_incentives(version: ProgramVersion) -> None:
    """Incentives, amounts and tiers in one query; a published incentive always has an amount."""
    _remember_incentives(version, _figures(Q(incentive__version=version)))


def _figures(of: Q) -> QuerySet[IncentiveAmount]:
    return (
        IncentiveAmount.objects.filter(of)
        .select_related("incentive")
        .annotate(tiers_in_one=tiers_of("incentive_id"))
        .order_by("incentive__side", "incentive__position", "incentive_id", "currency")
    )


def _remember_incentives(version: ProgramVersion, rows: Iterable[Any]) -> None:
    incentives: dict[int, Incentive] = {}
    amounts: dict[int, list[IncentiveAmount]] = {}
    tiers: dict[int, str] = {}
    for row in rows:
        incentive = incentives.setdefault(row.incentive_id, row.incentive)
        incentive.version = version
        row.incentive = incentive
        amounts.setdefault(row.incentive_id, []).append(row)
        tiers[row.incentive_id] = row.tiers_in_one
    remember(version, "incentives", list(incentives.values()))
    for pk, incentive in incentives.items():
        remember(incentive, "amounts", amounts[pk])
        remember(incentive, "tiers", as_tiers(tiers[pk], incentive=incentive))

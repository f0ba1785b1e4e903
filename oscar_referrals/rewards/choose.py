"""Which of several alternatives an occasion is rewarded with. Pure.

It is asked once, when the reward's row is made; from then on the row itself is the answer, and no
later preference changes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.kinds import UnknownKind, kind_of
from oscar_referrals.rewards.occasions import Case, Occasion, occasions_of


@dataclass(frozen=True, kw_only=True)
class Option:
    """One alternative, and whether it can be given for the occasion at all."""

    incentive: int
    #: It has figures in the currency of the order.
    in_currency: bool
    #: The shop's code still has its kind.
    has_kind: bool

    @property
    def why_not(self) -> str:
        """Why it can't be given; empty if it can."""
        if not self.in_currency:
            return reasons.CURRENCY_NOT_OFFERED
        return "" if self.has_kind else reasons.KIND_GONE


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What was chosen of what, and why. Incentives by their keys, the first named first."""

    incentive: int
    offered: tuple[int, ...]
    #: What the advocate preferred then; None without a preference.
    preferred: int | None
    reason: str
    #: The alternatives as they were; empty for what was decided before they were kept.
    options: tuple[Option, ...] = ()

    def as_inputs(self) -> dict[str, Any]:
        """As it is stored with the decision."""
        plain = asdict(self)
        options = [asdict(option) for option in self.options]
        return plain | {"offered": list(self.offered), "options": options}


class Rewarded(NamedTuple):
    """One occasion, and the incentive that rewards it."""

    incentive: Incentive
    occasion: Occasion
    #: None where there was nothing to choose, and where it was chosen before.
    chosen: Chosen | None


def choose(options: Sequence[Option], preferred: int | None) -> Chosen:
    """The preferred one, else the first named that can be given.

    If none can, the one that lacks the least: its kind may come back, a currency does not.
    """
    wanted = sorted(options, key=lambda option: option.incentive != preferred)
    taken = min(wanted, key=lambda option: (not option.in_currency, not option.has_kind))
    stated = wanted[0].incentive == preferred
    if taken is not wanted[0]:
        reason = wanted[0].why_not
    else:
        reason = reasons.PREFERRED if stated else reasons.NAMED_FIRST
    return Chosen(
        incentive=taken.incentive,
        offered=tuple(option.incentive for option in options),
        preferred=preferred if stated else None,
        reason=reason,
        options=tuple(options),
    )


def rewarded(alternatives: Sequence[Incentive], case: Case) -> Iterator[Rewarded]:
    """What earns one of the alternatives: each occasion once, with the one that rewards it."""
    if len(alternatives) == 1:
        for occasion in occasions_of(alternatives[0], case):
            yield Rewarded(alternatives[0], occasion, None)
        return
    occasions: dict[str, list[tuple[Incentive, Occasion]]] = {}
    for incentive in alternatives:
        for occasion in occasions_of(incentive, case):
            occasions.setdefault(occasion.source, []).append((incentive, occasion))
    for source, candidates in occasions.items():
        fixed = [item for item in candidates if (item[0].pk, source) in case.known]
        if fixed:
            yield Rewarded(*fixed[0], None)
        else:
            yield _chosen(alternatives, _earliest(candidates), case)


def _earliest(candidates: list[tuple[Incentive, Occasion]]) -> Occasion:
    """What happened first, so that settling late finds the same.

    Where alternatives differ in currencies, they may stand on different orders.
    """
    found = [(occasion.happened_at, occasion) for _incentive, occasion in candidates]
    dated = [(moment, occasion) for moment, occasion in found if moment is not None]
    return min(dated, key=lambda pair: pair[0])[1] if dated else found[0][1]


def _chosen(alternatives: Sequence[Incentive], occasion: Occasion, case: Case) -> Rewarded:
    options = [
        Option(
            incentive=incentive.pk,
            in_currency=any(
                figures.currency == occasion.currency for figures in incentive.amounts.all()
            ),
            has_kind=_is_known(incentive.kind),
        )
        for incentive in alternatives
    ]
    preferred = next((item.pk for item in alternatives if item.pk in case.preferred), None)
    chosen = choose(options, preferred)
    incentive = next(item for item in alternatives if item.pk == chosen.incentive)
    return Rewarded(incentive, occasion, chosen)


def _is_known(kind: str) -> bool:
    try:
        kind_of(kind)
    except UnknownKind:
        return False
    return True

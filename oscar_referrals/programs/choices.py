"""Incentives that are alternatives to each other: for one occasion one of them is owed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from oscar_referrals.programs.models import Incentive, ProgramVersion


def groups_of(version: ProgramVersion) -> list[list[Incentive]]:
    """All incentives of the version, each with its alternatives, the first named first.

    Most stand alone. From what is loaded.
    """
    groups: dict[tuple[str, str], list[Incentive]] = {}
    for incentive in sorted(version.incentives.all(), key=lambda item: item.pk):
        alone = "" if incentive.choice else str(incentive.pk)
        groups.setdefault((incentive.choice, alone), []).append(incentive)
    return [sorted(group, key=lambda item: (item.position, item.pk)) for group in groups.values()]


def choices_of(version: ProgramVersion) -> list[list[Incentive]]:
    """The rewards between which an advocate chooses, one list for each question."""
    return [
        group
        for group in groups_of(version)
        if len(group) > 1 and group[0].side == Incentive.Side.ADVOCATE
    ]


def counterpart(preferred: Incentive, alternatives: Iterable[Incentive]) -> Incentive | None:
    """The alternative that is ``preferred``, or in another version what stands for it.

    That is the first of the same kind, rather one of the same type of value. None if there is none.
    """
    alike = [item for item in alternatives if item.kind == preferred.kind]
    return min(
        alike,
        key=lambda item: (item.pk != preferred.pk, item.value_type != preferred.value_type),
        default=None,
    )


def preferred_among(
    alternatives: Sequence[Incentive], preferences: Iterable[Incentive]
) -> Incentive | None:
    """What the person wants of these, by the preferences stated; None without one."""
    for preferred in preferences:
        if preferred.choice == alternatives[0].choice:
            return counterpart(preferred, alternatives)
    return None

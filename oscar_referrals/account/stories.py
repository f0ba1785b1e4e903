"""How each referral stands, in words for the advocate. A friend's name needs their consent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from oscar_referrals.account.reward_story import (
    RewardStory,
    occasion_of,
    reward_story,
)
from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.names import shown_name
from oscar_referrals.money import format_day
from oscar_referrals.programs.models import Incentive
from oscar_referrals.programs.tellable import why_no_reward
from oscar_referrals.rewards.models import Reward

#: What the shop has written about some rewards, by their keys.
Notes = Mapping[str, Sequence[str]]


class Entry(NamedTuple):
    """One reward of a story; what it is for, where there are several to tell apart."""

    occasion: str
    story: RewardStory


class Story(NamedTuple):
    """One friend, or one reward without a friend: a headline, and how each reward stands."""

    title: str
    entries: list[Entry]


def stories_of(
    referrals: Sequence[Referral], notes: Notes | None = None, *, newest: int | None = None
) -> list[Story]:
    """One story per referral with all rewards of the advocate, newest first.

    ``newest`` is the number of the first of them among all friends, counted from the oldest
    (default: as many as there are here). Expects ``friend``, ``claim`` and
    ``rewards__incentive__amounts`` to be loaded.
    """
    first = len(referrals) if newest is None else newest
    return [
        _story(referral, notes or {}, number=first - place)
        for place, referral in enumerate(referrals)
    ]


def own_stories(rewards: Iterable[Reward], notes: Notes | None = None) -> list[Story]:
    """Rewards that no friend of theirs has earned: gifts of the shop, and their own as a friend."""
    found = []
    for reward in rewards:
        occasion = occasion_of(reward)
        title = _("%(occasion)s, %(date)s") % {
            "occasion": occasion,
            "date": format_day(reward.created_at),
        }
        told = reward_story(reward, (notes or {}).get(reward.key, ()))
        found.append(Story(title, [Entry("", told)]))
    return found


def friend_name(referral: Referral) -> str:
    """The friend's first name, if they agreed that the advocate may see it; else empty."""
    claim, friend = referral.claim, referral.friend
    if claim is None or friend is None or not claim.shows_name:
        return ""
    return shown_name(friend.first_name)


def _story(referral: Referral, notes: Notes, *, number: int) -> Story:
    values = {
        "friend": friend_name(referral) or _("Friend %(number)d") % {"number": number},
        "date": format_day(referral.created_at),
    }
    if referral.order_number:
        title = _("%(friend)s, ordered %(date)s") % values
    else:
        title = _("%(friend)s, registered %(date)s") % values
    rewards = [item for item in referral.rewards.all() if item.side == Incentive.Side.ADVOCATE]
    rewards.sort(key=lambda reward: reward.pk or 0)
    if rewards:
        several = len(rewards) > 1
        entries = [
            Entry(
                occasion_of(reward) if several else "",
                reward_story(reward, notes.get(reward.key, ())),
            )
            for reward in rewards
        ]
        return Story(title, entries)
    return Story(title, [Entry("", _without_reward(referral))])


def _without_reward(referral: Referral) -> RewardStory:
    if referral.state != Referral.State.BOUND:
        return RewardStory(why_no_reward(referral.reason), _("No reward"), "gone")
    if not referral.order_number:
        return RewardStory(_("Your friend has not ordered yet."), _("Waiting"), "wait")
    return RewardStory(_("The order is being checked."), _("Waiting"), "wait")

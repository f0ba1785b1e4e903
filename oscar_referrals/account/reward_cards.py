"""A reward that can be spent, as the shopper sees it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from oscar_referrals.money import format_day, format_money
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.words import figures_of, is_free_delivery, value_of
from oscar_referrals.sharing.alphabet import pretty


class RewardCard(NamedTuple):
    """Everything there is to know before using it; empty texts where there is no such limit."""

    pk: int
    value: str
    #: The value is an amount or a percentage that comes off goods.
    is_off_goods: bool
    #: Its voucher can be put into a basket; the shop itself hands out its own kinds of rewards.
    has_voucher: bool
    code: str
    valid_until: str
    minimum: str
    products: str
    is_in_basket: bool


def reward_cards(rewards: Iterable[Reward], *, basket_id: int | None) -> list[RewardCard]:
    """The cards, soonest to expire first; expects ``incentive__amounts`` to be loaded."""
    in_order = sorted(rewards, key=lambda item: (item.expires_at is None, item.expires_at, item.pk))
    return [_card(reward, basket_id) for reward in in_order]


def _card(reward: Reward, basket_id: int | None) -> RewardCard:
    incentive, figures = reward.incentive, figures_of(reward)
    minimum = figures.minimum if figures else 0
    has_voucher = reward.voucher_id is not None
    return RewardCard(
        pk=reward.pk,
        value=value_of(reward),
        is_off_goods=has_voucher and not is_free_delivery(reward),
        has_voucher=has_voucher,
        code=pretty(reward.voucher_code),
        valid_until=format_day(reward.expires_at) if reward.expires_at else "",
        minimum=format_money(minimum, reward.currency) if minimum else "",
        products=incentive.range_name if incentive and incentive.limited_to_products else "",
        is_in_basket=basket_id is not None and reward.basket_id == basket_id,
    )

"""A voucher is worth what its reward is, also where a tier made it more than the rule's amount."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oscar_referrals.programs.models import IncentiveTier
from oscar_referrals.programs.publish import publish
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import advocate, draft_version
from tests.api_client import basket_of, priced
from tests.rewards.cases import pay, referred
from tests.shop import product

pytestmark = pytest.mark.django_db


def test_the_second_friends_voucher_takes_off_what_its_tier_says() -> None:
    draft = draft_version(hold_days=0, advocate={"value": 1500, "validity_days": 90})
    incentive = draft.incentives.get(side="advocate")
    IncentiveTier.objects.create(incentive=incentive, from_number=2, currency="MYR", value=2500)
    program = publish(version=draft).program
    member = advocate(program)
    taken_off = []
    for _friend in range(2):
        referral = referred(program, member=member)
        pay(referral.order)
        settle(referral.pk)
        reward = Reward.objects.get(referral=referral, side="advocate")
        basket = basket_of(member.user, product("80.00"))
        basket.vouchers.add(reward.voucher)
        taken_off.append(priced(basket).total_discount)
    assert taken_off == [Decimal("15.00"), Decimal("25.00")]

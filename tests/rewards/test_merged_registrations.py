"""A friend registers with a code of one row, orders with one of the other: the same advocate."""

from __future__ import annotations

import pytest

from oscar_referrals.attribution.claims import claim_offer, claim_refusal
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.attribution.sign_up import credit_sign_up
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.merge import merge_advocates
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import UserFactory, advocate, live_program
from tests.rewards.cases import referred

pytestmark = pytest.mark.django_db
SIGN_UP = {"side": "advocate", "trigger": "sign_up", "kind": "credit", "value": 300}


@pytest.mark.parametrize("registers", ["before the merge", "after the merge"])
def test_the_order_completes_the_registration(registers, settings):
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True}
    program = live_program(hold_days=0, more=[{**SIGN_UP, "validity_days": 90}])
    kept, merged = advocate(program), advocate(program)
    code, friend = code_for(advocate=merged), UserFactory()
    claim = claim_offer(code=code, method=Claim.Method.TYPED, user=friend)
    if registers == "before the merge":
        made = credit_sign_up(claim=claim, friend=friend)
    merge_advocates(
        kept_id=kept.pk, merged_id=merged.pk, actor=UserFactory(is_staff=True), note="One person"
    )
    claim = Claim.objects.get(pk=claim.pk)
    if registers == "after the merge":
        made = credit_sign_up(claim=claim, friend=friend)
    for own in (code, code_for(advocate=kept)):
        own.refresh_from_db()
        assert not claim_refusal(code=own, version=claim.version, user=friend)
    ordered = referred(program, claim=claim, friend=friend)
    assert (ordered.pk, ordered.state) == (made.pk, "bound")
    assert Referral.objects.count() == 1
    assert audit() == []

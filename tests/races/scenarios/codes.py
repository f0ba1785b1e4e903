"""Codes that are asked for and merged at once."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from oscar.core.loading import get_model

from oscar_referrals.attribution.claims import claim_offer
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.checkout.attach import attach
from oscar_referrals.checkout.models import Pin
from oscar_referrals.checkout.person import Shopper
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs.rules.base import Refusal
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.test.factories import advocate
from tests.api_client import basket_of, place, priced
from tests.races.harness import results, run_together
from tests.races.scenarios.rows import versions_of_goods_and_delivery
from tests.shop import customer, product


def first_code_requested_by_eight(program: Any) -> None:
    """Eight tabs ask for the advocate's first code at once: one code, one voucher."""
    # Joining would make the code already.
    member = Advocate.objects.create(program=program, user=customer())
    codes = results(run_together(*[partial(code_for, advocate=member) for _ in range(8)]))
    assert len({code.pk for code in codes}) == 1
    assert ReferralCode.objects.filter(advocate=member).count() == 1
    assert get_model("voucher", "Voucher").objects.filter(code=codes[0].code).count() == 1


def two_codes_after_a_merge(program: Any) -> None:
    """Two baskets with two codes of one program are merged by two requests at once."""
    account = customer()
    codes = [code_for(advocate=advocate(program)) for _ in range(2)]
    baskets = [basket_of(None, product("100.00")) for _ in codes]
    for basket, code in zip(baskets, codes, strict=True):
        basket.vouchers.add(code.voucher)
    master = basket_of(account)
    run_together(*[partial(_merge, master.pk, basket.pk) for basket in baskets])
    merged = priced(master)
    assert merged.total_discount == Decimal("20.00"), merged.total_discount
    order = place(merged)
    usages = get_model("voucher", "VoucherApplication").objects.filter(order=order)
    assert usages.count() == 1
    assert Referral.objects.filter(order_number=order.number).count() == 1


def two_codes_for_goods_and_delivery(_program: Any = None) -> None:
    """Two codes, each for a discount and free delivery, are put into one basket at once: it has
    both of one of them, though they were claimed under versions that name them the other way
    round."""
    claims = [
        claim_offer(
            code=code_for(advocate=advocate(version.program)),
            method=Claim.Method.TYPED,
            version=version,
        )
        for version in versions_of_goods_and_delivery()
    ]
    basket = basket_of(None, product("100.00"))
    outcomes = run_together(*[partial(_attach, basket.pk, claim) for claim in claims])
    assert None in results(outcomes), "neither code was taken"
    pins = Pin.objects.filter(basket=basket)
    found = {pin.claim_id for pin in pins}
    assert len(found) == 1, f"the basket has pins of {len(found)} codes"
    assert sorted(pin.is_for_delivery for pin in pins) == [False, True]
    [taken] = [claim for claim in claims if claim.pk in found]
    assert list(basket.vouchers.all()) == [taken.code.voucher]
    order = place(priced(basket), guest_email=f"guest{basket.pk}@example.com")
    assert order.total_incl_tax == Decimal("80.00")
    credited = Referral.objects.filter(order_number=order.number)
    assert list(credited.values_list("claim", flat=True)) == [taken.pk]


def _attach(basket_id: int, claim: Claim) -> Refusal | None:
    basket = get_model("basket", "Basket").objects.get(pk=basket_id)
    return attach(basket, claim, Shopper(user=None, email="", key=""))


def _merge(master_id: int, slave_id: int) -> None:
    basket_model = get_model("basket", "Basket")
    basket_model.objects.get(pk=master_id).merge(basket_model.objects.get(pk=slave_id))

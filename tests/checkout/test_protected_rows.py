"""Which vouchers in Oscar's dashboard are ours: one query says so."""

from __future__ import annotations

from typing import Any

import pytest
from oscar.core.loading import get_model

from oscar_referrals.checkout.protected_rows import VIEWS, owner_of
from oscar_referrals.test.factories import live_program, referral_code
from tests.rewards.cases import available
from tests.shop import shop_voucher

pytestmark = pytest.mark.django_db


def asked_by(view: str, voucher: Any) -> dict[str, Any]:
    return {"pk": voucher.voucher_set_id if "set" in view else voucher.pk}


@pytest.fixture(params=["code", "reward"])
def voucher(request: Any) -> Any:
    if request.param == "code":
        found = referral_code(live_program()).voucher
    else:
        found = available(live_program(hold_days=0)).voucher
    assert found is not None
    return found


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_ours_are_known_with_one_query(
    voucher: Any, view: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        program = owner_of(view, asked_by(view, voucher))
    assert program is not None
    assert voucher.offers.get() in (program.friend_offer, program.advocate_offer)


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_the_shops_own_are_nobodys(view: str, django_assert_num_queries: Any) -> None:
    live_program()
    own = shop_voucher("SHOP10", percent=10)
    own.voucher_set = get_model("voucher", "VoucherSet").objects.create(
        name="Own", count=1, start_datetime=own.start_datetime, end_datetime=own.end_datetime
    )
    with django_assert_num_queries(1):
        assert owner_of(view, asked_by(view, own)) is None

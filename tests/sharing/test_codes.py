from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain, repeat
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError
from oscar.core.loading import get_model

from oscar_referrals.sharing import codes
from oscar_referrals.sharing.alphabet import is_wellformed, new_code, pretty
from oscar_referrals.sharing.codes import block, code_for, lookup
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.sharing.voucher_rows import create_voucher
from oscar_referrals.test.factories import advocate, live_program, referral_code

pytestmark = pytest.mark.django_db
Voucher = get_model("voucher", "Voucher")


def test_a_code_is_an_oscar_voucher_on_the_friends_offer() -> None:
    program = live_program()
    code = referral_code(program)
    voucher = code.voucher
    assert is_wellformed(code.code)
    assert voucher.code == code.code
    assert voucher.usage == Voucher.MULTI_USE
    assert voucher.is_active()
    assert list(voucher.offers.all()) == [program.friend_offer]
    assert voucher.voucher_set.name == "Refer a friend: Bring a friend"


def test_asking_again_gives_the_same_code() -> None:
    member = advocate(live_program())
    assert code_for(advocate=member) == code_for(advocate=member)
    assert ReferralCode.objects.count() == Voucher.objects.count() == 1


def test_all_codes_of_a_program_stand_in_one_set() -> None:
    program = live_program(name="Long name " * 9)
    sets = {referral_code(program).voucher.voucher_set for _ in range(3)}
    assert len(sets) == 1
    assert len(sets.pop().name) <= 100


def test_a_code_that_a_voucher_of_the_shop_has_is_not_given_out() -> None:
    program = live_program()
    taken, free = new_code(), new_code()
    Voucher.objects.create(
        name="The shop's own",
        code=taken,
        start_datetime=datetime(2020, 1, 1, tzinfo=UTC),
        end_datetime=datetime(2030, 1, 1, tzinfo=UTC),
    )
    with patch.object(codes, "new_code", side_effect=[taken, free]):
        assert referral_code(program).code == free
    assert ReferralCode.objects.count() == 1


def test_a_blocked_code_is_never_given_out_again() -> None:
    member = advocate(live_program())
    first = block(code=code_for(advocate=member), reason="On a coupon site")
    assert first.blocked_at is not None
    with patch.object(codes, "new_code", side_effect=[first.code, new_code()]):
        second = code_for(advocate=member)
    assert second.code != first.code
    assert ReferralCode.objects.filter(advocate=member, blocked_at=None).get() == second


def test_blocking_again_keeps_the_first_reason() -> None:
    code = block(code=referral_code(live_program()), reason="First")
    assert block(code=code, reason="Second").blocked_reason == "First"


def test_a_lasting_fault_is_not_hidden() -> None:
    program = live_program()
    taken = referral_code(program).code
    member = advocate(program)
    with (
        patch.object(codes, "new_code", side_effect=chain(repeat(taken))),
        pytest.raises(IntegrityError),
    ):
        code_for(advocate=member)


def test_a_deleted_offer_is_made_anew() -> None:
    program = live_program()
    program.friend_offer.delete()
    program.refresh_from_db()
    code = referral_code(program)
    program.refresh_from_db()
    assert program.friend_offer is not None
    assert list(code.voucher.offers.all()) == [program.friend_offer]


def test_a_code_is_found_however_it_is_written(django_assert_num_queries: Any) -> None:
    code = referral_code(live_program())
    for text in (
        code.code,
        code.code.lower(),
        pretty(code.code),
        f" {code.code[:4]} {code.code[4:]}",
    ):
        assert lookup(text) == code
    with django_assert_num_queries(0):
        assert lookup("RAYA") is None
    with django_assert_num_queries(1):
        # Somebody may have chosen it.
        assert lookup("RAYA2026") is None
    with django_assert_num_queries(1):
        assert lookup(new_code()) is None
    with django_assert_num_queries(1):
        found = lookup(code.code)
        assert found.program.current_version.number == 1
        assert found.advocate.user.email


def test_blocked_codes_are_found_as_blocked() -> None:
    code = block(code=referral_code(live_program()), reason="x")
    assert lookup(code.code).blocked_at is not None


def test_making_a_voucher_does_not_count_the_others(django_assert_max_num_queries: Any) -> None:
    program = live_program()
    referral_code(program)
    with django_assert_max_num_queries(4):
        create_voucher(
            code=new_code(),
            offer=program.friend_offer,
            set_name="Refer a friend: Bring a friend",
        )

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from oscar.core.loading import get_model
from oscar.test.factories import create_order

from oscar_referrals.members.models import Advocate
from oscar_referrals.sharing import bulk_codes
from oscar_referrals.sharing.alphabet import new_code
from oscar_referrals.sharing.bulk_codes import create_codes_for_everyone, rows_for_newsletter
from oscar_referrals.sharing.codes import block
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.test.factories import (
    UserFactory,
    advocate,
    draft_version,
    live_program,
    referral_code,
)

pytestmark = pytest.mark.django_db
Voucher = get_model("voucher", "Voucher")


def test_every_customer_gets_one_code() -> None:
    program = live_program()
    member = referral_code(program)
    UserFactory.create_batch(7)
    UserFactory(is_active=False)
    steps: list[tuple[int, int]] = []
    made = create_codes_for_everyone(
        program=program, batch=3, progress=lambda *step: steps.append(step)
    )
    assert made == 7
    assert steps == [(3, 8), (6, 8), (8, 8)]
    assert ReferralCode.objects.count() == 8
    assert ReferralCode.objects.filter(advocate=member.advocate).get() == member
    assert Voucher.objects.filter(offers=program.friend_offer).count() == 8
    assert create_codes_for_everyone(program=program) == 0


def test_nobody_joins_by_getting_a_code() -> None:
    program = live_program()
    user = UserFactory()
    create_codes_for_everyone(program=program)
    row = Advocate.objects.get(user=user)
    assert not row.is_member
    assert row.email_key
    assert advocate(program, user=user) == row


def test_only_those_who_may_join() -> None:
    program = live_program(may_join="customers")
    UserFactory()
    buyer = UserFactory()
    create_order(user=buyer)
    create_codes_for_everyone(program=program)
    assert ReferralCode.objects.get().advocate.user == buyer


def test_a_blocked_code_is_replaced() -> None:
    program = live_program()
    block(code=referral_code(program), reason="x")
    assert create_codes_for_everyone(program=program) == 1


def test_a_taken_code_costs_only_another_try() -> None:
    program = live_program()
    taken = referral_code(program).code
    UserFactory.create_batch(2)
    with patch.object(bulk_codes, "new_code", side_effect=[new_code(), taken, *map(_new, "ab")]):
        assert create_codes_for_everyone(program=program) == 2
    assert Voucher.objects.count() == 3


def _new(_letter: str) -> str:
    return new_code()


def test_a_batch_costs_the_same_number_of_statements(
    django_assert_max_num_queries: Any,
) -> None:
    program = live_program()
    UserFactory.create_batch(150)
    with django_assert_max_num_queries(20):
        create_codes_for_everyone(program=program)


def test_rows_for_a_newsletter() -> None:
    program = live_program()
    code = referral_code(program, user=UserFactory(email="+siti@shop.example", username="siti"))
    block(code=referral_code(program), reason="x")
    gone = referral_code(program)
    get_user_model().objects.filter(pk=gone.advocate.user_id).update(is_active=False)
    (row,) = rows_for_newsletter(program, "https://shop.example/")
    assert row.email == "'+siti@shop.example"
    assert row.code == code.code
    assert row.link.startswith("https://shop.example/")
    assert row.link.endswith(f"/r/{code.code}/?v=1")


def test_the_command_writes_the_file(tmp_path: Path, capsys: Any) -> None:
    program = live_program()
    UserFactory.create_batch(3)
    path = tmp_path / "codes.csv"
    call_command("referrals_create_codes", program.slug, csv=path, base_url="https://shop.example")
    assert "3 codes created." in capsys.readouterr().out
    with path.open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert {line["code"] for line in lines} == set(
        ReferralCode.objects.values_list("code", flat=True)
    )


def test_the_command_refuses_what_it_cannot_do() -> None:
    with pytest.raises(CommandError, match="no program"):
        call_command("referrals_create_codes", "nothing")
    version = draft_version()
    with pytest.raises(CommandError, match="not been published"):
        call_command("referrals_create_codes", version.program.slug)

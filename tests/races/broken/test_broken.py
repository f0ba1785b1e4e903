"""Each race once more, with the one thing taken away that keeps it clean: a lock, a constraint.

A race that finds no fault here would not see it in the code either.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from oscar_referrals.attribution.models import Referral
from oscar_referrals.checkout.models import Pin
from oscar_referrals.members.models import Advocate
from oscar_referrals.members.preferences import preferences_of
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.entitlements import Entitlement
from oscar_referrals.rewards.limited import Limiter
from oscar_referrals.rewards.models import Reward
from tests.races.scenarios import (
    codes,
    counting,
    crediting,
    jobs,
    outside,
    proving,
    publishing,
    settling,
    till,
)
from tests.races.trials import faults_of_broken as faults_of


@contextmanager
def without_unique(name: str, table: str) -> Iterator[None]:
    """Take a unique constraint or index away, and put it back on an emptied table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name]
        )
        constraint = cursor.fetchone()
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [name])
        [index] = cursor.fetchone()
        if constraint:
            drop = f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"'
            restore = f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {constraint[0]}'
        else:
            drop, restore = f'DROP INDEX "{name}"', index
        cursor.execute(drop)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'TRUNCATE "{table}" CASCADE')
            cursor.execute(restore)


def test_a_first_code_without_its_constraint() -> None:
    with without_unique("rf_one_active_code", "oscar_referrals_referralcode"):
        assert faults_of(codes.first_code_requested_by_eight)


def test_crediting_by_hand_without_its_constraint() -> None:
    with without_unique("rf_referral_order_once", "oscar_referrals_referral"):
        assert faults_of(crediting.order_credited_by_six)


def test_counting_days_without_its_constraint() -> None:
    with without_unique("rf_touch_count", "oscar_referrals_touchcount"):
        assert faults_of(counting.days_counted_by_four)


def unlocked(referral_id: int) -> tuple[Referral, list[Reward]]:
    referral = Referral.objects.select_related("program", "version", "advocate", "order").get(
        pk=referral_id
    )
    return referral, list(Reward.objects.filter(referral=referral_id).order_by("pk"))


def test_settling_without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscar_referrals.rewards.settle.lock", unlocked)
    assert faults_of(settling.order_paid_eight_times)


def test_refund_and_release_without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscar_referrals.rewards.settle.lock", unlocked)
    assert faults_of(settling.refund_and_release)


def test_reminding_without_claiming(monkeypatch: pytest.MonkeyPatch) -> None:
    unclaimed = SimpleNamespace(features=SimpleNamespace(has_select_for_update_skip_locked=False))
    monkeypatch.setattr("oscar_referrals.messages.reminders.connection", unclaimed)
    assert faults_of(jobs.reminded_by_four)


def test_telling_of_a_change_without_its_constraint() -> None:
    name = "oscar_referrals_outboxmessage_key_key"
    with without_unique(name, "oscar_referrals_outboxmessage"):
        assert faults_of(jobs.change_told_by_four)


def row_of_everybody(rows: QuerySet[Any], pk: int) -> Any:
    return rows.filter(pk=pk).first()


def test_a_turn_that_everybody_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscar_referrals.messages.pace._is_free", lambda now: Q())
    assert faults_of(jobs.one_turn_taken_by_four)


def test_repairing_without_the_constraints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscar_referrals.upkeep.claiming.claim", row_of_everybody)
    table = "oscar_referrals_referral"
    # Either of them alone keeps it clean.
    with (
        without_unique("rf_referral_order_once", table),
        without_unique("rf_friend_bound_once", table),
    ):
        assert faults_of(jobs.order_repaired_by_four)


def test_adding_a_source_without_claiming_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscar_referrals.upkeep.claiming.claim", row_of_everybody)
    assert faults_of(jobs.source_added_by_four)


def test_spending_a_reward_without_binding_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscar_referrals.checkout.standing._reward_refusal", lambda *args: None)
    assert faults_of(till.reward_in_six_baskets)


def test_taking_a_reward_from_a_frozen_basket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "oscar_referrals.rewards.spend._not_in_payment", lambda rewards, *, besides=None: rewards
    )
    assert faults_of(till.reward_beside_a_frozen_basket)


def lots_without_lock(condition: Any) -> dict[int, Reward]:
    return {reward.pk: reward for reward in Reward.objects.filter(condition).order_by("pk")}


def test_a_wallet_without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("credit.wallet", "credit.payment"):
        monkeypatch.setattr(f"oscar_referrals.rewards.{module}.lock_lots", lots_without_lock)
    assert faults_of(till.wallet_spent_by_fifty)


def ours_before_the_voucher(referral_id: int) -> tuple[Referral, list[Reward]]:
    referral = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("program")
        .get(pk=referral_id)
    )
    rewards = list(Reward.objects.select_for_update().filter(referral=referral_id).order_by("pk"))
    for reward in rewards:
        if reward.voucher_id:
            type(reward.voucher).objects.select_for_update().get(pk=reward.voucher_id)
    return referral, rewards


def test_locking_our_rows_before_the_voucher(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscar_referrals.rewards.settle.lock", ours_before_the_voucher)
    assert faults_of(till.binding_against_placement)


def move_without_looking(*, pin_ids: Iterable[int], basket: Any) -> bool:
    return bool(Pin.objects.filter(pk__in=list(pin_ids)).update(basket_id=basket.id))


def test_two_codes_without_one_pin_per_offer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscar_referrals.checkout.voucher_moves.move_pins", move_without_looking)
    # The order would else take back the use of the second code, which is the net below the pins.
    monkeypatch.setattr("oscar_referrals.checkout.placement.unburn", lambda **kwargs: None)
    with without_unique("rf_pin_once_per_offer", "oscar_referrals_pin"):
        assert faults_of(codes.two_codes_after_a_merge)


def test_two_codes_for_goods_and_delivery_without_one_pin_per_offer() -> None:
    with without_unique("rf_pin_once_per_offer", "oscar_referrals_pin"):
        assert faults_of(codes.two_codes_for_goods_and_delivery)


def test_pinning_goods_and_delivery_as_their_version_names_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("oscar_referrals.checkout.pins._one_after_the_other", list)
    assert faults_of(codes.two_codes_for_goods_and_delivery)


def test_revoking_what_the_till_does_not_ask_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscar_referrals.checkout.voucher_moves.spendable", lambda reward: None)
    monkeypatch.setattr("oscar_referrals.checkout.voucher_moves.hold_for", lambda **kwargs: True)
    monkeypatch.setattr("oscar_referrals.checkout.standing._reward_refusal", lambda *args: None)
    # Nothing is left of a revoked reward, which is the net below the question.
    monkeypatch.setattr(Reward, "left", property(lambda reward: reward.amount))
    assert faults_of(till.revoked_while_an_order_is_in_flight)


def test_a_preview_that_nobody_guards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "oscar_referrals.checkout.middleware.guard.check_charged", lambda *args: None
    )
    assert faults_of(till.revoked_between_preview_and_post)


def test_publishing_without_looking_and_without_constraint(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("oscar_referrals.programs.publish.problems_of", lambda *args, **kw: [])
    with without_unique("rf_one_live_program_per_site", "oscar_referrals_program"):
        assert faults_of(publishing.published_by_six)


def test_letting_a_statement_pass_without_its_constraint() -> None:
    with without_unique("rf_waived_in_turn", "oscar_referrals_statementwaiver"):
        assert faults_of(publishing.statement_waived_by_six)


def test_proving_an_address_without_its_constraint() -> None:
    with without_unique("rf_proved_once", "oscar_referrals_provedaddress"):
        assert faults_of(proving.address_confirmed_by_four)


def test_paying_outside_without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscar_referrals.rewards.settle.lock", unlocked)
    monkeypatch.setattr("oscar_referrals.rewards.by_hand.lock", unlocked)
    with without_unique("rf_settled_outside_once", "oscar_referrals_outsidesettlement"):
        assert faults_of(outside.paid_outside_by_three_and_claimed)


def unclaimed(now: Any, size: int, **kwargs: Any) -> list[OutboxMessage]:
    with transaction.atomic():
        waiting = OutboxMessage.objects.filter(state="waiting", next_attempt_at__lte=now)
        rows = list(waiting.select_related("user", "reward")[:size])
    # As long as a mail server takes to answer.
    time.sleep(0.05)
    return rows


def due_for_everybody(now: Any, size: int) -> list[int]:
    due = Referral.objects.filter(settle_due_at__lte=now).order_by("pk")
    return list(due.values_list("pk", flat=True)[:size])


def test_sending_without_claiming(monkeypatch: pytest.MonkeyPatch) -> None:
    # Otherwise the worker that settles all of them is the only one with mails to send.
    monkeypatch.setattr("oscar_referrals.rewards.due._claim", due_for_everybody)
    monkeypatch.setattr("oscar_referrals.messages.outbox._claim", unclaimed)
    assert faults_of(jobs.work_by_four)


def lock_without_the_advocate(referral_id: int) -> tuple[Referral, list[Reward]]:
    Referral.objects.select_for_update(no_key=True).values_list("pk").get(pk=referral_id)
    return unlocked(referral_id)


def test_capping_without_the_lock_of_the_advocate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscar_referrals.rewards.settle.lock", lock_without_the_advocate)
    assert faults_of(settling.five_orders_of_an_advocate_below_the_cap)


def test_settling_without_the_lock_of_the_guest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscar_referrals.rewards.settle.lock", lock_without_the_guest)
    assert faults_of(settling.rewards_of_a_guest_who_joined)


def lock_without_the_guest(referral_id: int) -> tuple[Referral, list[Reward]]:
    own = Referral.objects.filter(pk=referral_id).values("advocate")
    list(Advocate.objects.select_for_update(no_key=True).filter(pk__in=own).values_list("pk"))
    return lock_without_the_advocate(referral_id)


def test_two_rows_for_one_guest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oscar_referrals.rewards.beneficiary._one_at_a_time", lambda program: None)
    assert faults_of(settling.two_orders_of_a_guest)


def test_counting_the_budget_without_the_lock_of_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Limiter, "_lock", staticmethod(lambda program_id: None))
    assert faults_of(settling.twenty_orders_at_the_end_of_the_budget)


def test_a_preference_that_does_not_wait_for_settling(monkeypatch: pytest.MonkeyPatch) -> None:
    was_read = threading.Event()

    def read_long_before_writing(advocate_id: int) -> list[Incentive]:
        found = preferences_of(advocate_id)
        was_read.set()
        time.sleep(0.2)
        return found

    def wait_for_nothing_but_the_reading(advocate: Advocate) -> None:
        was_read.wait(10)

    monkeypatch.setattr("oscar_referrals.rewards.case.preferences_of", read_long_before_writing)
    monkeypatch.setattr(
        "oscar_referrals.members.preferences._wait_for_settling", wait_for_nothing_but_the_reading
    )
    assert faults_of(settling.preference_changed_while_settled)


def test_alternatives_with_keys_of_their_own_and_without_locks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("oscar_referrals.rewards.settle.lock", unlocked)
    own = property(lambda it: f"{it.source}:{it.incentive.pk}:{it.incentive.side}")
    monkeypatch.setattr(Entitlement, "business", own)
    assert faults_of(settling.preference_changed_while_settled)

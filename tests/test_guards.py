"""Promises and bookings stay as they were written: the database itself refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models.signals import pre_migrate
from django.utils import timezone
from oscar.core.loading import get_model
from oscar.test.factories import create_product

from oscar_referrals import guards
from oscar_referrals.attribution.models import Decision
from oscar_referrals.frozen import Frozen
from oscar_referrals.guards.rows import GUARDS
from oscar_referrals.identity import email_key
from oscar_referrals.members.proofs import ProvedAddress, prove
from oscar_referrals.programs.drafts import discard_draft, draft_of
from oscar_referrals.programs.models import (
    Incentive,
    IncentiveAmount,
    IncentiveProduct,
    Program,
    ProgramVersion,
    TermsVersion,
)
from oscar_referrals.programs.publish import publish
from oscar_referrals.rewards.models import (
    CreditUse,
    LedgerAccount,
    LedgerEntry,
    Posting,
    Reward,
    SetOff,
)
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.models import ReferralCode, Touch
from oscar_referrals.test.factories import (
    UserFactory,
    advocate,
    draft_version,
    live_program,
    referral_code,
)
from tests.rewards.cases import referred

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Program:
    chosen = get_model("offer", "Range").objects.create(name="Teas")
    chosen.add_product(create_product())
    return live_program(friend={"value": 2000, "range": chosen})


def refused(write: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError, match="frozen|never changed"), transaction.atomic():
        write()


def test_all_tables_are_guarded() -> None:
    assert guards.missing(connection) == []


def test_a_published_version_does_not_change(program: Program) -> None:
    versions = ProgramVersion.objects.filter(pk=program.current_version_id)
    refused(lambda: versions.update(hold_days=1))
    refused(lambda: versions.update(number=9))
    refused(lambda: versions.update(status="draft"))
    refused(lambda: versions._raw_delete(versions.db))
    versions.update(status="superseded", superseded_at=timezone.now())
    refused(lambda: versions.update(hold_days=1))


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Incentive, {"validity_days": 7}),
        (IncentiveAmount, {"value": 1}),
        (IncentiveProduct, {"title": "Other"}),
    ],
)
def test_nor_do_its_figures_and_products(
    program: Program, model: Any, change: dict[str, Any]
) -> None:
    rows = model.objects.all()
    assert rows.exists()
    refused(lambda: rows.update(**change))
    refused(lambda: rows._raw_delete(rows.db))


def test_nothing_is_added_to_it(program: Program) -> None:
    incentive = Incentive.objects.first()
    refused(
        lambda: IncentiveAmount.objects.bulk_create(
            [IncentiveAmount(incentive=incentive, currency="SGD", value=1)]
        )
    )
    refused(
        lambda: IncentiveProduct.objects.bulk_create(
            [IncentiveProduct(incentive=incentive, product_id=1)]
        )
    )


def test_nothing_is_moved_to_it(program: Program) -> None:
    draft = draft_of(program=program)
    published = program.current_version.incentives.get(side="friend")
    amounts = IncentiveAmount.objects.filter(incentive__version=draft, incentive__side="friend")
    amounts.update(currency="SGD")
    refused(lambda: amounts.update(incentive=published))


def test_what_it_points_to_can_be_deleted(program: Program) -> None:
    actor = UserFactory()
    version = ProgramVersion.objects.get(pk=program.current_version_id)
    guards.remove(connection)
    ProgramVersion.objects.filter(pk=version.pk).update(published_by=actor)
    guards.install(connection)
    actor.delete()
    get_model("offer", "Range").objects.all().delete()
    version.refresh_from_db()
    assert version.published_by is None
    assert version.incentives.get(side="friend").range is None
    assert version.incentives.get(side="friend").range_name == "Teas"


def test_a_draft_is_edited_and_thrown_away_freely(program: Program) -> None:
    version = draft_of(program=program)
    version.hold_days = 3
    version.save()
    version.incentives.all().update(validity_days=5)
    discard_draft(version=version)
    assert not Incentive.objects.filter(version=version.pk).exists()


def test_receipts_and_codes_stay(program: Program) -> None:
    code = referral_code(program)
    receipts = code.advocate.acceptances.all()
    refused(lambda: receipts.update(language="xx"))
    refused(lambda: receipts._raw_delete(receipts.db))
    refused(lambda: TermsVersion.objects.update(html="other"))
    codes = ReferralCode.objects.all()
    refused(lambda: codes.update(code="BCDFGHJKMNP"))
    refused(lambda: codes._raw_delete(codes.db))
    codes.update(blocked_at=timezone.now())


def test_a_voucher_behind_a_code_may_vanish(program: Program) -> None:
    code = referral_code(program)
    ReferralCode.objects.filter(pk=code.pk).update(voucher=None)


def test_the_proof_of_an_address_stays_what_it_was_and_goes_with_the_account() -> None:
    """By it a guest's reward was handed out."""
    user, other = UserFactory(), UserFactory()
    assert prove(user, email_key(user.email))
    proof = ProvedAddress.objects.filter(user=user)
    refused(lambda: proof.update(user=other))
    refused(lambda: proof.update(email_key=email_key(other.email)))
    refused(lambda: proof.update(proved_at=timezone.now()))
    proof.update(ended_at=timezone.now())
    refused(lambda: proof.update(ended_at=None))
    user.delete()
    assert not ProvedAddress.objects.exists()


def test_decisions_keep_everything_but_the_actor(program: Program) -> None:
    staff = UserFactory()
    decision = Decision.objects.create(
        program=program,
        subject="order:1",
        verdict="granted",
        reason="first-order",
        rule_version=1,
        actor=staff,
        decided_at=timezone.now(),
    )
    staff.delete()
    decision.refresh_from_db()
    assert decision.actor is None
    decisions = Decision.objects.all()
    refused(lambda: decisions.update(reason="own-code"))
    refused(lambda: decisions.update(inputs={"x": 1}))
    refused(lambda: decisions.update(actor=UserFactory()))
    refused(lambda: decisions._raw_delete(decisions.db))


def test_touches_are_not_changed_but_expire(program: Program) -> None:
    code = referral_code(program)
    touch = Touch.objects.create(
        program=program, code=code, method="link", occurred_at=timezone.now()
    )
    with pytest.raises(Frozen):
        touch.save()
    refused(lambda: Touch.objects.update(method="typed"))
    Touch.objects.all().delete()


def test_python_says_it_before_the_database_does(program: Program) -> None:
    version = ProgramVersion.objects.get(pk=program.current_version_id)
    with pytest.raises(Frozen, match="published"):
        version.save()
    with pytest.raises(Frozen):
        version.delete()
    incentive = version.incentives.first()
    with pytest.raises(Frozen):
        incentive.save()
    with pytest.raises(Frozen):
        incentive.amounts.first().save()
    terms = version.terms_versions.first()
    with pytest.raises(Frozen):
        terms.save()
    with pytest.raises(Frozen):
        terms.delete()
    with pytest.raises(Frozen):
        advocate(program).acceptances.first().save()


def test_the_version_just_published_is_frozen_in_memory_too() -> None:
    version = draft_version()
    version.save()
    published = publish(version=version)
    with pytest.raises(Frozen):
        published.save()


def test_they_can_be_taken_off_and_put_on_again() -> None:
    guards.remove(connection)
    assert len(guards.missing(connection)) == len(GUARDS)
    guards.install(connection)
    guards.install(connection)
    assert guards.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_every_migrate_puts_them_on() -> None:
    guards.remove(connection)
    call_command("migrate", "oscar_referrals", verbosity=0)
    assert guards.missing(connection) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL alters tables in place")
def test_a_migration_can_rebuild_a_guarded_table() -> None:
    """SQLite would refuse, as triggers of other tables mention it, were they not taken off."""
    config = apps.get_app_config("oscar_referrals")
    old = ProgramVersion._meta.get_field("hold_days")
    new = models.PositiveIntegerField(null=True)
    new.set_attributes_from_name("hold_days")
    new.model = ProgramVersion
    pre_migrate.send(
        sender=config, app_config=config, verbosity=0, using="default", plan=[("one", False)]
    )
    with connection.schema_editor() as editor:
        editor.alter_field(ProgramVersion, old, new)
    with connection.schema_editor() as editor:
        editor.alter_field(ProgramVersion, new, old)
    call_command("migrate", "oscar_referrals", verbosity=0)
    assert guards.missing(connection) == []


@pytest.fixture
def reward(program: Program) -> Reward:
    """An advocate's reward with its first entry in the books."""
    referral = referred(program)
    settle(referral.pk)
    return Reward.objects.get(referral=referral, side="advocate")


def test_bookings_stay(reward: Reward) -> None:
    for rows, change in (
        (LedgerEntry.objects.all(), {"reason": "other"}),
        (LedgerEntry.objects.all(), {"booked_at": timezone.now()}),
        (Posting.objects.all(), {"amount": 1}),
    ):
        refused(lambda rows=rows, change=change: rows.update(**change))
        refused(lambda rows=rows: rows._raw_delete(rows.db))
    with pytest.raises(Frozen):
        reward.entries.get().delete()
    with pytest.raises(Frozen):
        reward.entries.get().postings.first().save()


def test_an_account_changes_nothing_but_its_balance(reward: Reward) -> None:
    accounts = LedgerAccount.objects.all()
    refused(lambda: accounts.update(unit="SGD"))
    refused(lambda: accounts.filter(kind="liability:pending").update(kind="liability:available"))
    empty = LedgerAccount.objects.create(program=reward.program, kind="contra:redeemed", unit="X")
    refused(lambda: LedgerAccount.objects.filter(pk=empty.pk).delete())
    accounts.update(balance=5)


def test_what_a_reward_is_read_off_stays(reward: Reward) -> None:
    rewards = Reward.objects.filter(pk=reward.pk)
    refused(lambda: rewards.update(created_at=timezone.now()))
    refused(lambda: rewards.update(currency="SGD"))
    refused(lambda: rewards.update(unit="vouchers"))
    refused(lambda: rewards.update(key="reward:other"))
    rewards.update(state="voided", reason="order-cancelled")


def test_credit_that_an_order_was_paid_with_stays(reward: Reward) -> None:
    moments = {"created_at": timezone.now(), "changed_at": timezone.now()}
    use = CreditUse.objects.create(reward=reward, state="reserved", amount=500, **moments)
    uses = CreditUse.objects.filter(pk=use.pk)
    uses.update(amount=400)
    uses.update(state="captured", order_number="1")
    refused(lambda: uses.update(amount=300))
    refused(lambda: uses.update(order_number="2"))
    refused(lambda: uses._raw_delete(uses.db))
    uses.update(restored=100, changed_at=timezone.now())
    other = CreditUse.objects.create(reward=reward, state="reserved", amount=500, **moments)
    CreditUse.objects.filter(pk=other.pk).delete()


def test_a_set_off_stays_between_its_two_rewards(reward: Reward) -> None:
    later = referred(reward.program)
    settle(later.pk)
    by = later.rewards.get(side="advocate")
    SetOff.objects.create(debt=reward, by=by, amount=5, made_at=timezone.now())
    refused(lambda: SetOff.objects.update(debt=by, by=reward))
    SetOff.objects.update(amount=3)
    SetOff.objects.all().delete()

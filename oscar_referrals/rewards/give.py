"""Giving store credit by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oscar_referrals import conf
from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive, Program, ProgramVersion
from oscar_referrals.rewards.by_hand import (
    NotPossible,
    note_to_customer,
    record,
    refuse_own,
    require_reason,
    used_form,
)
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.codes import code_for


def give(
    *,
    program: Program,
    user: Any,
    amount: int,
    currency: str,
    actor: Any,
    note: str,
    customer_note: str = "",
    hold_days: int = 0,
    validity_days: int | None = None,
    token: str = "",
    now: datetime | None = None,
) -> Reward:
    """Give ``user`` store credit of ``amount`` minor units, available after ``hold_days``.

    It can be used for ``validity_days`` from then on, or for ever. Nobody need have joined, and no
    cap or budget is in its way; it is counted in both. ``token`` names the gift: the same one given
    again is the reward that was made then. ``customer_note`` is shown to the customer, ``note`` is
    not. Raises NotPossible without a reason (``note``), for the actor's own account or a closed
    one, while the program has no published version, and for a token that names another gift (I5).
    """
    moment, why = now or timezone.now(), require_reason(note)
    told = note_to_customer(customer_note)
    refuse_own(actor, user)
    version = program.current_version
    if version is None:
        raise NotPossible(_("This program has not been published yet."))
    if amount <= 0 or currency not in conf.get().currencies:
        raise NotPossible(_("Enter an amount in one of the shop's currencies."))
    if not user.is_active:
        raise NotPossible(_("This account is closed."))
    source = f"given-{token or uuid4().hex}"
    known = Reward.objects.filter(key=_key(source)).first()
    if known is not None:
        return _same(known, program, user, amount, currency)
    try:
        with transaction.atomic():
            reward = _store(version, user, amount, currency, source, moment)
            record(
                reward=reward,
                reason=reasons.GIVEN_BY_STAFF,
                actor=actor,
                note=why,
                now=moment,
                amount=amount,
                currency=currency,
                hold_days=hold_days,
                validity_days=validity_days,
                **told,
            )
            settle(reward.referral_id, now=moment, actor=actor)
    except IntegrityError:
        # The button was pressed twice.
        known = Reward.objects.get(key=_key(source))
        return _same(known, program, user, amount, currency)
    reward.refresh_from_db()
    return reward


def _same(known: Reward, program: Program, user: Any, amount: int, currency: str) -> Reward:
    """The reward that the token names, if it is what is being given."""
    wanted = (program.pk, user.pk, amount, currency)
    if (known.program_id, known.owner_id, known.amount, known.currency) != wanted:
        raise used_form()
    return known


def _store(
    version: ProgramVersion, user: Any, amount: int, currency: str, source: str, now: datetime
) -> Reward:
    program = version.program
    advocate, _created = Advocate.objects.get_or_create(program=program, user=user)
    referral = Referral.objects.create(
        program=program,
        version=version,
        code=code_for(advocate=advocate),
        advocate=advocate,
        currency=currency,
        order_total=0,
        state=Referral.State.BOUND,
        reason=reasons.GIVEN_BY_STAFF,
        created_at=now,
        settle_due_at=now,
    )
    return Reward.objects.create(
        key=_key(source),
        source=source,
        program=program,
        referral=referral,
        incentive=None,
        side=Incentive.Side.ADVOCATE,
        advocate=advocate,
        owner=user,
        kind="credit",
        state="",
        unit=currency,
        amount=amount,
        currency=currency,
        created_at=now,
    )


def _key(source: str) -> str:
    return f"reward:{source}:0:{Incentive.Side.ADVOCATE}"

"""Taking a reward off the books that staff paid outside the shop, while its owner waited.

By bank transfer, in cash, in goods over the counter. A guest who proves the address afterwards
finds it in their history, and is not paid a second time. Above a value another person has to
agree; until then nobody gets the reward.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oscar_referrals.attribution.models import Decision
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.by_hand import (
    CUSTOMER_NOTE,
    NotPossible,
    locked_reward,
    note_to_customer,
    record,
    refuse_own,
    refuse_own_part,
    require_reason,
    used_form,
)
from oscar_referrals.rewards.models import OutsideSettlement, Reward
from oscar_referrals.rewards.settle import settle
from oscar_referrals.rewards.stakes import needs_another

State = OutsideSettlement.State
#: Why a reward waits that is due, and that its owner alone keeps from being handed out.
WAITS_FOR_OWNER = (reasons.NO_ACCOUNT, reasons.TERMS_NOT_ACCEPTED)
#: The most characters of a reference.
LONGEST_REFERENCE = 200


def may_be_settled_outside(reward: Reward) -> bool:
    """It is due, and waits for its owner."""
    return (
        reward.state == Reward.State.PENDING
        and reward.reason in WAITS_FOR_OWNER
        and not reward.settlement_asked
    )


@transaction.atomic
def settle_outside(
    *,
    reward_id: int,
    actor: Any,
    note: str,
    reference: str,
    amount: int | None = None,
    customer_note: str = "",
    token: str = "",
    now: datetime | None = None,
) -> OutsideSettlement:
    """Book that the reward was paid outside the shop; above ``ASSIGN_ALONE`` ask for it only.

    ``reference`` is by what the payment is found in the shop's own records. ``amount`` is what a
    reward that is no money came to, in minor units of its currency; one that is money is paid as
    it is owed, in full. ``token`` names the form: with the same one it is done once. Raises
    NotPossible without a reason (``note``) or a reference, for the actor's own reward, for one
    that is not due or does not wait for its owner, for an amount that is none, and for a token
    that names another payment.
    """
    moment, why = now or timezone.now(), require_reason(note)
    told = note_to_customer(customer_note)
    found_by = " ".join(reference.split())[:LONGEST_REFERENCE]
    if not found_by:
        raise NotPossible(_("Write down by what the payment can be found; nothing was changed."))
    referral_id = Reward.objects.values_list("referral_id", flat=True).get(pk=reward_id)
    # Whoever proved the address, or cancelled the order, in this moment counts first.
    settle(referral_id, now=moment, actor=actor)
    reward = locked_reward(reward_id)
    _refuse_own(actor, reward)
    known = OutsideSettlement.objects.filter(token=token).first() if token else None
    if known is not None:
        if known.reward_id != reward.pk or amount not in (None, known.value):
            raise used_form()
        return known
    if not may_be_settled_outside(reward):
        raise NotPossible(
            _("Only a reward that is due and waits for its owner can be settled outside the shop.")
        )
    asked = OutsideSettlement.objects.create(
        reward=reward,
        value=_value(reward, amount),
        currency=reward.currency,
        reference=found_by,
        note=why[:500],
        customer_note=told.get(CUSTOMER_NOTE, ""),
        token=token,
        requested_by=actor,
        requested_at=moment,
    )
    if needs_another(asked.value, asked.currency):
        reward.settlement_asked = True
        reward.save(update_fields=["settlement_asked"])
        _record(asked, reward, reasons.SETTLEMENT_ASKED, actor, why, moment)
        settle(referral_id, now=moment, actor=actor)
    else:
        _carry_out(asked, reward, actor, moment)
    return asked


@transaction.atomic
def approve_settlement(
    *, settlement_id: int, actor: Any, now: datetime | None = None
) -> OutsideSettlement:
    """A second person agrees: it is booked now. Once, however many press the button.

    It was paid, so it is booked also if the order has been undone since: what it should not have
    been is then a clawback. Raises NotPossible for whoever asked, and for the person's own reward.
    """
    moment = now or timezone.now()
    asked, reward = _waiting(settlement_id, actor)
    if asked.requested_by_id == actor.pk:
        raise NotPossible(_("You have asked for it yourself. Another person has to agree."))
    _carry_out(asked, reward, actor, moment)
    return asked


@transaction.atomic
def refuse_settlement(
    *, settlement_id: int, actor: Any, note: str, now: datetime | None = None
) -> OutsideSettlement:
    """Say no, or take back what one has asked for oneself: the reward waits for its owner again.

    Raises NotPossible without a reason, and for the person's own reward.
    """
    moment, why = now or timezone.now(), require_reason(note)
    asked, reward = _waiting(settlement_id, actor)
    reward.settlement_asked = False
    reward.save(update_fields=["settlement_asked"])
    _close(asked, State.REFUSED, actor, moment, note=why)
    _record(asked, reward, reasons.SETTLEMENT_REFUSED, actor, why, moment)
    settle(reward.referral_id, now=moment, actor=actor)
    return asked


def _value(reward: Reward, amount: int | None) -> int:
    if reward.unit == reward.currency:
        if amount not in (None, reward.net):
            raise NotPossible(_("A reward that is an amount of money is settled in full."))
        return reward.net
    if amount is None or amount <= 0:
        raise NotPossible(_("Enter what it came to."))
    return amount


def _refuse_own(actor: Any, reward: Reward) -> None:
    """Neither the account that has it, nor the mailbox that a guest ordered with."""
    refuse_own(actor, reward.owner)
    if reward.advocate is not None:
        refuse_own_part(actor, reward.advocate)


def _waiting(settlement_id: int, actor: Any) -> tuple[OutsideSettlement, Reward]:
    """Both rows, locked: of two who decide at once the second one finds it decided."""
    reward_id = OutsideSettlement.objects.values_list("reward_id", flat=True).get(pk=settlement_id)
    reward = locked_reward(reward_id)
    _refuse_own(actor, reward)
    asked = OutsideSettlement.objects.get(pk=settlement_id)
    if asked.state != State.WAITING:
        raise NotPossible(_("Somebody has decided about this already."))
    return asked, reward


def _carry_out(asked: OutsideSettlement, reward: Reward, actor: Any, now: datetime) -> None:
    reward.settled_amount, reward.settlement_asked = asked.value, False
    # From now on it is somebody's: what undoes it takes back what was given.
    reward.available_at = now
    reward.save(update_fields=["settled_amount", "settlement_asked", "available_at"])
    _close(asked, State.DONE, actor, now)
    _record(asked, reward, reasons.SETTLED_OUTSIDE, actor, asked.note, now)
    settle(reward.referral_id, now=now, actor=actor)


def _close(
    asked: OutsideSettlement, state: str, actor: Any, now: datetime, *, note: str = ""
) -> None:
    asked.state, asked.decided_by, asked.decided_at = state, actor, now
    asked.decision_note = note[:500]
    asked.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])


#: What is said of a reward by what staff did.
VERDICTS = {
    reasons.SETTLED_OUTSIDE: Decision.Verdict.GRANTED,
    reasons.SETTLEMENT_ASKED: Decision.Verdict.HELD,
    reasons.SETTLEMENT_REFUSED: Decision.Verdict.REFUSED,
}


def _record(
    asked: OutsideSettlement, reward: Reward, reason: str, actor: Any, note: str, now: datetime
) -> None:
    told = {CUSTOMER_NOTE: asked.customer_note} if asked.customer_note else {}
    record(
        reward=reward,
        reason=reason,
        verdict=VERDICTS[reason],
        actor=actor,
        note=note,
        now=now,
        value=asked.value,
        currency=asked.currency,
        reference=asked.reference,
        **(told if reason == reasons.SETTLED_OUTSIDE else {}),
    )

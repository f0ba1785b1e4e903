"""What staff may do to rewards by hand has in common: a reason, a name, and never for oneself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from oscar_referrals.attribution.models import Decision
from oscar_referrals.identity import email_key
from oscar_referrals.members.merged import is_person
from oscar_referrals.members.models import Advocate
from oscar_referrals.rewards.locked import VouchersChanged, lock
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.target import RULE_VERSION

#: A voucher is issued once and deleted rarely; more than one new start in a row is a fault.
ATTEMPTS = 5
#: The most characters of a note to the customer.
LONGEST_NOTE = 300
#: Where a decision keeps that note among its inputs.
CUSTOMER_NOTE = "customer_note"


class NotPossible(Exception):
    """It can't be done, for the reason that is its text, translated."""


def require_reason(note: str) -> str:
    """The reason without spaces around it. Raises NotPossible for none."""
    text = note.strip()
    if not text:
        raise NotPossible(_("Write down why you do this; nothing was changed."))
    return text


def note_to_customer(text: str) -> dict[str, str]:
    """The note as an input of the decision, on one line; empty for none.

    Raises NotPossible for one that is too long. It is plain text: whoever shows it escapes it.
    """
    note = " ".join(text.split())
    if len(note) > LONGEST_NOTE:
        raise NotPossible(
            _("The note to the customer is too long: %(most)d characters at most.")
            % {"most": LONGEST_NOTE}
        )
    return {CUSTOMER_NOTE: note} if note else {}


def refuse_own(actor: Any, owner: Any) -> None:
    """Raises NotPossible when staff would do something to their own rewards: those of the same
    account, or of another one with an e-mail of the same mailbox (F02)."""
    if owner is None:
        return
    key = email_key(actor.email)
    if actor.pk == owner.pk or (key and key == email_key(owner.email)):
        raise _own()


def refuse_own_part(actor: Any, *advocates: Advocate) -> None:
    """Raises NotPossible when staff would do something to their own part in a program: that of
    their account or mailbox, or one that was merged with it."""
    key = email_key(actor.email)
    if any(is_person(advocate, user=actor, key=key) for advocate in advocates):
        raise _own()


def _own() -> NotPossible:
    return NotPossible(_("This is your own account. Ask a colleague to do it."))


def locked_reward(reward_id: int) -> Reward:
    """The reward, with the locks of its referral held as `settle` holds them.

    Must run inside a transaction. Raises Reward.DoesNotExist, VouchersChanged.
    """
    referral_id = Reward.objects.values_list("referral_id", flat=True).get(pk=reward_id)
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                referral, rewards = lock(referral_id)
        except VouchersChanged:
            continue
        found = next(reward for reward in rewards if reward.pk == reward_id)
        found.referral = referral
        return found
    raise VouchersChanged(f"The vouchers of referral {referral_id} kept changing")


def used_form() -> NotPossible:
    """The token of a form names something else that was done."""
    return NotPossible(_("This form has been used for something else already. Open it anew."))


def record(
    *,
    reward: Reward,
    reason: str,
    actor: Any,
    note: str,
    now: datetime,
    verdict: str = Decision.Verdict.GRANTED,
    **inputs: Any,
) -> Decision:
    """Store what was done, by whom and why; ``inputs`` are its figures, ready for JSON."""
    return Decision.objects.create(
        program_id=reward.program_id,
        referral=reward.referral,
        subject=reward.key,
        order_number=reward.referral.order_number,
        verdict=verdict,
        reason=reason,
        inputs={**inputs, "note": note},
        rule_version=RULE_VERSION,
        actor=actor,
        decided_at=now,
    )

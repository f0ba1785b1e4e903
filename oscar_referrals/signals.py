"""What the system tells the shop's own code. Receivers run after commit and cannot undo anything.

Each is sent with ``send_robust``: a receiver that fails is logged and harms nobody. The rooms of
the system itself listen to `happening`, which is sent inside the transaction of the change.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import Signal

logger = logging.getLogger(__name__)

#: A version is about to go live. Arguments: ``version``. Sent inside the transaction: a receiver
#: may write what the version needs, or refuse by raising `programs.publish.PublishRefused`.
publishing = Signal()
#: A version went live. Arguments: ``version``.
version_published = Signal()
#: A program was paused, resumed, ended or stopped. Arguments: ``program``, ``status``.
program_status_changed = Signal()
#: What a live program offers is another than before: its first or last day came, its budget was
#: used up or has room again, or a version went live. Arguments: ``program``, ``state`` ("waiting",
#: "open", "used-up" or "over"). Sent by ``referrals_work``, so not before its next run.
offer_changed = Signal()
#: Somebody joined. Arguments: ``advocate``.
advocate_joined = Signal()
#: Somebody accepted terms, by joining or later; once for the same words. Arguments: ``acceptance``.
terms_accepted = Signal()
#: A friend took the offer. Arguments: ``claim``.
offer_claimed = Signal()
#: A friend who had taken the offer without an account has one now. Arguments: ``claim``.
claim_recognised = Signal()
#: An order was credited to an advocate. Arguments: ``referral``.
referral_made = Signal()
#: A referral was refused or released. Arguments: ``referral``, ``reason``.
referral_lost = Signal()
#: A reward is owed and waits: for payment, for its hold or for the terms. Arguments: ``reward``.
reward_pending = Signal()
#: A reward can be spent. Arguments: ``reward``.
reward_available = Signal()
#: A reward was spent. Arguments: ``reward``.
reward_redeemed = Signal()
#: A reward was voided, reversed or expired. Arguments: ``reward``, ``reason``.
reward_withdrawn = Signal()

#: Four fifths of a program's budget are given or promised; once for each budget. Arguments:
#: ``program``, ``currency``, and in its minor units ``committed`` and ``budget``.
budget_alert = Signal()

#: Staff have decided about what a friend said after the order. Arguments: ``late_claim``, and the
#: ``referral`` that came of it; None if it was declined.
late_claim_decided = Signal()

#: Any of the above, inside the transaction that makes the change, with that signal as sender and
#: its arguments. For this system's own rooms: what they write is committed with the change.
happening = Signal()
#: A program's offers are missing in Oscar; `checkout` makes them anew at once, in the same
#: transaction. Arguments: ``program``.
offers_missing = Signal()


def announce(signal: Signal, **arguments: Any) -> None:
    """Send ``signal`` to the shop's code once the current transaction is committed.

    The system's own rooms hear of it at once, through `happening`.
    """
    happening.send(sender=signal, **arguments)
    transaction.on_commit(partial(_send, signal, arguments))


def _send(signal: Signal, arguments: dict[str, Any]) -> None:
    for receiver, answer in signal.send_robust(sender=None, **arguments):
        if isinstance(answer, Exception):
            logger.error("A receiver of a referral signal failed: %r", receiver, exc_info=answer)

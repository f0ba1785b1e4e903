"""What calls `settle` when something happened to an order: at once, or by the periodic work.

A caller that must not fail (a receiver of Oscar's signals) uses these: nothing here raises for a
fault of ours, and what could not be done stays noted as due.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.members.models import Advocate, KnownOrder
from oscar_referrals.members.proofs import proven_key
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.failures import note_failure
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.occasions import FOLLOWING
from oscar_referrals.rewards.settle import settle

logger = logging.getLogger(__name__)

#: Somebody who joins sees this many waiting rewards at once; the work brings the others.
AT_ONCE = 5


def settle_order(
    order: Any, *, now: datetime | None = None, actor: Any = None, at_once: int | None = None
) -> None:
    """Settle all that depends on ``order``, once the current transaction is committed.

    That is the referral it made, and those whose rewards were spent with it. One query for an
    order that has nothing to do with referrals. Of more than ``at_once`` the others are left to the
    periodic work.
    """
    ids = mark_due(str(order.number), now=now)
    for pk in ids[:at_once]:
        transaction.on_commit(partial(try_settle, pk, now=now, actor=actor))


def mark_due(order_number: str, *, now: datetime | None = None) -> list[int]:
    """Note that all that depends on an order is to be settled; the ids of the referrals.

    Part of the current transaction, so that nothing is forgotten when the process dies after it.
    """
    ids = _depending_on(order_number)
    if ids:
        moment = now or timezone.now()
        # A savepoint, for Oscar's own transaction to survive a fault here (ATOMIC_REQUESTS).
        with transaction.atomic():
            Referral.objects.filter(pk__in=ids).update(settle_due_at=moment)
    return ids


def settle_waiting(advocate: Advocate, *, now: datetime | None = None) -> None:
    """Settle the rewards that waited for ``advocate`` to join, after the current transaction."""
    waiting = Referral.objects.filter(
        rewards__advocate=advocate,
        rewards__state=Reward.State.PENDING,
        rewards__reason=reasons.TERMS_NOT_ACCEPTED,
    )
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return
    Referral.objects.filter(pk__in=ids).update(settle_due_at=now or timezone.now())
    for pk in ids[:AT_ONCE]:
        transaction.on_commit(partial(try_settle, pk, now=now))


def settle_guest(user: Any, *, now: datetime | None = None) -> None:
    """Settle what waited for a guest to prove this account's address, after the transaction.

    A shop calls it when an address was confirmed; when somebody registers it is called already.
    One query for an account that has proved nothing, and one more, by the keyed e-mail, for one
    that nothing waited for.
    """
    key = proven_key(user)
    if not key:
        return
    waiting = Referral.objects.filter(
        friend_key=key,
        friend=None,
        rewards__side=Incentive.Side.FRIEND,
        rewards__owner=None,
    ).filter(
        # What was paid outside the shop is in the history of whoever got it.
        Q(rewards__state=Reward.State.PENDING) | Q(rewards__settled_amount__isnull=False)
    )
    ids = sorted(set(waiting.order_by().values_list("pk", flat=True)))
    if not ids:
        return
    Referral.objects.filter(pk__in=ids).update(settle_due_at=now or timezone.now())
    for pk in ids[:AT_ONCE]:
        transaction.on_commit(partial(try_settle, pk, now=now))


def try_settle(referral_id: int, *, now: datetime | None = None, actor: Any = None) -> bool:
    """Settle; False, and logged, if that failed: the referral then stays due."""
    try:
        settle(referral_id, now=now, actor=actor)
    except Exception as error:
        logger.exception("Referral %s could not be settled; the work repeats it", referral_id)
        _note(referral_id, error, now or timezone.now())
        return False
    return True


def _note(referral_id: int, error: Exception, now: datetime) -> None:
    """For the operator to see, if the database is well enough to take it."""
    try:
        with transaction.atomic():
            note_failure(referral_id, error, now=now)
    except Exception:
        logger.exception("The failure of referral %s could not be noted", referral_id)


def _depending_on(order_number: str) -> list[int]:
    """One query: the order's own referral, and what it spent, gave back or was given twice; and the
    referral of whoever placed it, if that goes by later orders.
    """
    own = Referral.objects.filter(order_number=order_number).values_list("pk")
    spent = Reward.objects.filter(spent_order_number=order_number).values_list("referral_id")
    given_back = Decision.objects.filter(
        order_number=order_number, reason__in=(reasons.RESTORED, reasons.SPENT_TWICE)
    ).values_list("referral_id")
    paid_with = Reward.objects.filter(uses__order_number=order_number).values_list("referral_id")
    found: Iterable[tuple[int | None]] = own.order_by().union(
        spent.order_by(), given_back.order_by(), paid_with.order_by(), *_followed(order_number)
    )
    return sorted({pk for (pk,) in found if pk is not None})


def _followed(order_number: str) -> list[QuerySet]:
    """Referrals of the person who placed the order, by account and by keyed e-mail."""
    follows = Incentive.objects.filter(version=OuterRef("version"), trigger__in=FOLLOWING)
    bound = Referral.objects.filter(Exists(follows), state=Referral.State.BOUND).order_by()
    order = get_model("order", "Order")._default_manager.filter(number=order_number)
    known = KnownOrder.objects.filter(order_number=order_number).exclude(email_key="")
    return [
        bound.filter(friend__in=order.values("user")).values_list("pk"),
        bound.filter(friend_key__in=known.values("email_key")).values_list("pk"),
    ]

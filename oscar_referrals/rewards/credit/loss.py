"""Credit that an order was paid with although it had been spent elsewhere: booked as a loss.

A loss stands as long as the order has more of the credit than its lot can give, and is taken back
by an entry of its own when that is no longer so.
"""

from __future__ import annotations

from django.db.models import Count, Sum

from oscar_referrals.programs import reasons
from oscar_referrals.rewards.ledger import LOSS, LOSS_REVERSAL, LOSSES, Booking
from oscar_referrals.rewards.models import LedgerAccount, Posting, Reward

EXPENSE, REDEEMED = LedgerAccount.Kind.EXPENSE.value, LedgerAccount.Kind.REDEEMED.value


def change_of_loss(lot: Reward, order_number: str, wanted: int) -> list[Booking]:
    """What has to be booked for the order's loss of this lot to be ``wanted``; one query."""
    business = f"{order_number}:credit-{lot.pk}"
    booked = Posting.objects.filter(
        entry__reward=lot,
        entry__event__in=LOSSES,
        entry__key__contains=f":{business}:",
        account__kind=EXPENSE,
    ).aggregate(total=Sum("amount", default=0), times=Count("pk"))
    amount = wanted - booked["total"]
    if not amount:
        return []
    event = LOSS if amount > 0 else LOSS_REVERSAL
    return [
        Booking(
            key=f"{event}:{business}:{booked['times']}",
            reward=lot,
            event=event,
            reason=reasons.SPENT_TWICE if amount > 0 else reasons.SPENT,
            legs={(EXPENSE, lot.currency): amount, (REDEEMED, lot.currency): -amount},
        )
    ]

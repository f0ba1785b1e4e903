"""What the history of an order's status says."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any


def since_status(
    order: Any, wanted: Collection[str], ended: Collection[str]
) -> tuple[bool, datetime | None]:
    """Has the order had one of ``wanted`` since it last had one of ``ended``, and since when?

    A pipeline goes on after "Paid" or "Shipped", so the statuses before the present one count as
    well. The time is None where the shop changes statuses without a history.
    """
    if not wanted:
        return False, None
    history: list[tuple[str, datetime]] = []
    changes = order.status_changes.order_by("date_created", "pk")
    for before, after, moment in changes.values_list("old_status", "new_status", "date_created"):
        history += [(after, moment)] if history else [(before, order.date_placed), (after, moment)]
    since: datetime | None = None
    for status, moment in history:
        if status in ended:
            since = None
        elif status in wanted and since is None:
            since = moment
    return since is not None or order.status in wanted, since

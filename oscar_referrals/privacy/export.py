"""Everything that is stored about one person, as advocate and as friend."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone

from oscar_referrals.attribution import own_data as attribution
from oscar_referrals.checkout import own_data as checkout
from oscar_referrals.members import own_data as members
from oscar_referrals.messages import own_data as messages
from oscar_referrals.own_data import Section
from oscar_referrals.rewards import own_data as rewards
from oscar_referrals.sharing import own_data as sharing

#: One function for each room that keeps something about people.
ROOMS: tuple[Callable[[Any], list[Section]], ...] = (
    members.own_data,
    sharing.own_data,
    attribution.own_data,
    rewards.own_data,
    checkout.own_data,
    messages.own_data,
)


def data_about(user: Any) -> list[Section]:
    """The sections of all rooms, empty ones too, in the active language.

    The number of queries depends on nothing; the rows are as many as there are.
    """
    # On a copy: whoever is asked about later may have proved an address since.
    person = copy(user)
    prefetch_related_objects([person], "referral_proofs")
    return [section for room in ROOMS for section in room(person)]


def as_values(user: Any, *, now: datetime | None = None) -> dict[str, Any]:
    """The same for a machine: plain values, moments in ISO 8601, amounts in minor units.

    Keys never depend on the language, so that two files can be compared.
    """
    return {
        "format": 1,
        "shop": str(settings.OSCAR_SHOP_NAME),
        "made_at": (now or timezone.now()).isoformat(),
        "account": {"email": user.email},
        "sections": {
            section.key: [{item.name: item.value for item in row} for row in section.rows]
            for section in data_about(user)
        },
    }

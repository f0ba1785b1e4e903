"""Two rows of one person: whom a code earns for, and whose rewards are counted together.

What was recorded stays where it is. Only what comes after the merge goes to the row that was kept.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from oscar_referrals.members.models import Advocate


def credited_to(advocate: Advocate) -> int:
    """Key of the advocate whom a code of ``advocate`` earns for. No query.

    A merge points at the row that is kept, never at one that was merged itself.
    """
    return advocate.merged_into_id or advocate.pk


def family(advocate: Advocate) -> list[int]:
    """Keys of all rows of the same person. No query unless there is more than one."""
    if advocate.merged_into_id is None and not advocate.has_merged:
        return [advocate.pk]
    kept = credited_to(advocate)
    rows = Advocate.objects.filter(Q(pk=kept) | Q(merged_into=kept)).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def is_person(advocate: Advocate, *, user: Any, key: str) -> bool:
    """Is it the advocate: the same account, or an e-mail of the same mailbox (F01, F02)?

    All rows of a person are asked about; that costs a query only if there are several.
    """
    if user is not None and advocate.user_id == user.pk:
        return True
    if key and key == advocate.email_key:
        return True
    others = [pk for pk in family(advocate) if pk != advocate.pk]
    if not others:
        return False
    person = Q(user=user.pk) if user is not None else Q()
    if key:
        person |= Q(email_key=key)
    return bool(person) and Advocate.objects.filter(person, pk__in=others).exists()

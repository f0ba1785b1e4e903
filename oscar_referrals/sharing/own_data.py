"""What is kept about a person's codes. Who opened or typed them is somebody else's business."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from oscar_referrals.own_data import Section, item, record, section
from oscar_referrals.sharing.models import ReferralCode, Touch
from oscar_referrals.sharing.share_models import Share


def own_data(user: Any) -> list[Section]:
    """Codes with how often each was used, and how the person has shared them."""
    touches = Touch.objects.filter(code=OuterRef("pk")).order_by().values("code")
    codes = (
        ReferralCode.objects.filter(advocate__user=user)
        .annotate(
            times=Coalesce(Subquery(touches.annotate(n=Count("pk")).values("n"), IntegerField()), 0)
        )
        .order_by("pk")
    )
    shares = Share.objects.filter(code__advocate__user=user).select_related("code").order_by("pk")
    return [
        section("codes", _("My codes"), map(_code, codes)),
        section("shares", _("How I have shared"), map(_share, shares)),
    ]


def _code(row: Any) -> list[Any]:
    """Without the reason of a block, which staff write for each other."""
    return [
        *record(
            row,
            "code",
            "created_at",
            "is_primary",
            "retires_at",
            "blocked_at",
        ),
        item("contacts", _("times that it was opened, typed or claimed"), row.times),
    ]


def _share(row: Share) -> list[Any]:
    return [
        item("code", _("Code"), row.code.code),
        *record(row, "shared_at", "channel", "placement", "campaign"),
    ]

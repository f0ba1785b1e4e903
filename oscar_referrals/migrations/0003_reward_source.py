"""Name what earned each reward there is: the order of its referral."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery

BATCH = 5000


def name_sources(apps: Any, schema_editor: Any) -> None:
    """In batches of ids, so that a live table is never locked for long."""
    rewards = apps.get_model("oscar_referrals", "Reward").objects
    referrals = apps.get_model("oscar_referrals", "Referral").objects
    number = referrals.filter(pk=OuterRef("referral")).values("order_number")
    last = 0
    while ids := list(
        rewards.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        rewards.filter(pk__in=ids, source="").update(source=Subquery(number))
        last = ids[-1]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("oscar_referrals", "0002_money")]

    operations = [migrations.RunPython(name_sources, migrations.RunPython.noop)]

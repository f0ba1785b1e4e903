"""Name the program of each message there is; of an answer to a claim it is asked for as before."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

BATCH = 5000
#: In the order in which a message is looked at for its program.
SUBJECTS = ("reward", "referral", "claim", "advocate")


def name_programs(apps: Any, schema_editor: Any) -> None:
    """In batches of ids, so that a live table is never locked for long."""
    messages = apps.get_model("oscar_referrals", "OutboxMessage").objects
    program = Coalesce(
        *(
            Subquery(
                apps.get_model("oscar_referrals", name)
                .objects.filter(pk=OuterRef(name))
                .order_by()
                .values("program")
            )
            for name in SUBJECTS
        )
    )
    last = 0
    while ids := list(
        messages.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        messages.filter(pk__in=ids, program=None).update(program=program)
        last = ids[-1]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("oscar_referrals", "0019_message_program")]

    operations = [migrations.RunPython(name_programs, migrations.RunPython.noop)]

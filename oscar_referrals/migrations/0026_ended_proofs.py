"""The proof of an address ends when the account takes another one, and can be given anew."""

from typing import Any

from django.conf import settings
from django.db import migrations, models


def forget_ended(apps: Any, schema_editor: Any) -> None:
    """On the way back: before this, an account had one row for a mailbox, and each counted."""
    proofs = apps.get_model("oscar_referrals", "ProvedAddress").objects
    proofs.using(schema_editor.connection.alias).filter(ended_at__isnull=False).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("oscar_referrals", "0025_settled_outside"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="provedaddress",
            name="rf_proved_once",
        ),
        migrations.AddField(
            model_name="provedaddress",
            name="ended_at",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="no longer counts since"
            ),
        ),
        migrations.AddConstraint(
            model_name="provedaddress",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("user", "email_key"),
                name="rf_proved_once",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_ended),
    ]

"""Who wants which mails, when a person last got one, and what a program does not send."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oscar_referrals", "0015_by_hand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LastMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email_key", models.CharField(blank=True, max_length=64)),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
            ],
            options={
                "verbose_name": "last mail",
                "verbose_name_plural": "last mails",
            },
        ),
        migrations.CreateModel(
            name="MessagePreference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email_key", models.CharField(blank=True, max_length=64)),
                ("event", models.CharField(max_length=40, verbose_name="event")),
                ("wanted", models.BooleanField(verbose_name="wanted")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("account", "In the account"),
                            ("link", "By the link in a mail"),
                            ("one-click", "By the mail program's button"),
                        ],
                        max_length=10,
                        verbose_name="method",
                    ),
                ),
                ("stated_at", models.DateTimeField(verbose_name="stated")),
            ],
            options={
                "verbose_name": "wanted message",
                "verbose_name_plural": "wanted messages",
            },
        ),
        migrations.CreateModel(
            name="MessageSwitch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event", models.CharField(max_length=40, verbose_name="event")),
                (
                    "switched_off_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="switched off"),
                ),
            ],
            options={
                "verbose_name": "message that is switched off",
                "verbose_name_plural": "messages that are switched off",
            },
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to="oscar_referrals.claim",
            ),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="due_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="due"),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("sent", "Sent"),
                    ("failed", "Given up"),
                    ("held", "Not sent"),
                ],
                default="waiting",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(fields=["created_at"], name="rf_outbox_time"),
        ),
        migrations.AddField(
            model_name="lastmail",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="messagepreference",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="messageswitch",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="oscar_referrals.program",
            ),
        ),
        migrations.AddField(
            model_name="messageswitch",
            name="switched_off_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="lastmail",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("user",),
                name="rf_last_mail_user",
            ),
        ),
        migrations.AddConstraint(
            model_name="lastmail",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", True)),
                fields=("email_key",),
                name="rf_last_mail_guest",
            ),
        ),
        migrations.AddConstraint(
            model_name="messagepreference",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("user", "event"),
                name="rf_wanted_by_user",
            ),
        ),
        migrations.AddConstraint(
            model_name="messagepreference",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", True)),
                fields=("email_key", "event"),
                name="rf_wanted_by_guest",
            ),
        ),
        migrations.AddConstraint(
            model_name="messageswitch",
            constraint=models.UniqueConstraint(
                fields=("program", "event"), name="rf_message_off_once"
            ),
        ),
    ]

"""Whose name may be seen: a friend's by their advocate, an advocate's alias by everybody."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oscar_referrals", "0011_sharing"),
    ]

    operations = [
        migrations.AddField(
            model_name="advocate",
            name="alias",
            field=models.CharField(
                blank=True, max_length=30, verbose_name="name on the leaderboard"
            ),
        ),
        migrations.AddField(
            model_name="advocate",
            name="alias_hidden_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="hidden by staff"),
        ),
        migrations.AddField(
            model_name="advocate",
            name="alias_hidden_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="reason"),
        ),
        migrations.AddField(
            model_name="advocate",
            name="on_leaderboard",
            field=models.BooleanField(default=False, verbose_name="show me on the leaderboard"),
        ),
        migrations.AddField(
            model_name="claim",
            name="shows_name",
            field=models.BooleanField(
                default=False, verbose_name="the advocate may see my first name"
            ),
        ),
        migrations.AddIndex(
            model_name="advocate",
            index=models.Index(
                condition=models.Q(("on_leaderboard", True)),
                fields=["program"],
                name="rf_advocate_board",
            ),
        ),
        migrations.AddConstraint(
            model_name="advocate",
            constraint=models.UniqueConstraint(
                models.F("program"),
                django.db.models.functions.text.Lower("alias"),
                condition=models.Q(("alias", ""), _negated=True),
                name="rf_alias_once",
            ),
        ),
    ]

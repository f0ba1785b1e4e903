"""A claim of a link that was only opened, when one was taken last, and all of one visitor."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oscar_referrals", "0013_share_kit"),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="taken_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="taken again"),
        ),
        migrations.AlterField(
            model_name="claim",
            name="method",
            field=models.CharField(
                choices=[
                    ("typed", "Code typed"),
                    ("link", "Offer claimed on the link's page"),
                    ("visit", "Link opened, with the visitor's consent"),
                    ("name", "Advocate named by the friend"),
                    ("late", "Asked for after the order"),
                    ("staff", "Entered by staff"),
                ],
                max_length=10,
                verbose_name="method",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("visitor", ""), _negated=True),
                fields=["visitor"],
                name="rf_claim_visitor",
            ),
        ),
        migrations.AddIndex(
            model_name="touch",
            index=models.Index(
                condition=models.Q(("visitor", ""), _negated=True),
                fields=["visitor", "occurred_at"],
                name="rf_touch_visitor",
            ),
        ),
    ]

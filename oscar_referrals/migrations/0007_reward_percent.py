"""The percentage that a reward was promised, which may be a tier's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oscar_referrals", "0006_free_shipping")]

    operations = [
        migrations.AddField(
            model_name="reward",
            name="percent",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="percentage"
            ),
        ),
    ]

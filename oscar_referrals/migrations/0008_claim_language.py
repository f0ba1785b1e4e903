"""What a friend read the shop in when they took the offer: their mails are written in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oscar_referrals", "0007_reward_percent")]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="language",
            field=models.CharField(blank=True, default="", max_length=15, verbose_name="language"),
            preserve_default=False,
        ),
    ]

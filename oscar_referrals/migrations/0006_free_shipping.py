"""What a friend saved on delivery, and what delivery costs a basket with free shipping in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oscar_referrals", "0005_upkeep")]

    operations = [
        migrations.AddField(
            model_name="pin",
            name="delivery",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="shipping_discount",
            field=models.BigIntegerField(default=0, verbose_name="friend's discount on delivery"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("shipping_discount__gte", 0)),
                name="rf_shipping_discount_not_negative",
            ),
        ),
    ]

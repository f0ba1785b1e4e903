"""Reward kinds, triggers, limits, and the figures of refunds, credit and clawbacks."""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("basket", "__first__"),
        ("offer", "__first__"),
        ("order", "__first__"),
        ("oscar_referrals", "0001_initial"),
        ("voucher", "__first__"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CreditUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "order_number",
                    models.CharField(blank=True, max_length=128, verbose_name="order"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reserved", "Reserved for a basket"),
                            ("paying", "Part of a payment"),
                            ("captured", "Paid with"),
                            ("released", "Released"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="amount")),
                ("restored", models.BigIntegerField(default=0, verbose_name="given back")),
                ("created_at", models.DateTimeField(verbose_name="reserved")),
                ("changed_at", models.DateTimeField(verbose_name="last changed")),
            ],
            options={
                "verbose_name": "use of credit",
                "verbose_name_plural": "uses of credit",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="IncentiveTier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_number",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(2)],
                        verbose_name="from referral number",
                    ),
                ),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                (
                    "value",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="amount"),
                ),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0.01),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="percentage",
                    ),
                ),
            ],
            options={
                "verbose_name": "tier",
                "verbose_name_plural": "tiers",
                "ordering": ["incentive", "from_number", "currency"],
            },
        ),
        migrations.CreateModel(
            name="Limit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("advocate", "each advocate"),
                            ("friend", "each friend"),
                            ("program", "the whole program"),
                        ],
                        max_length=10,
                        verbose_name="for",
                    ),
                ),
                (
                    "window",
                    models.CharField(
                        choices=[
                            ("day", "in 24 hours"),
                            ("month", "in 30 days"),
                            ("year", "in 12 months"),
                            ("ever", "in all"),
                        ],
                        default="ever",
                        max_length=10,
                        verbose_name="period",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[("count", "number of rewards"), ("money", "amount of money")],
                        max_length=10,
                        verbose_name="counts",
                    ),
                ),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                ("amount", models.PositiveBigIntegerField(verbose_name="at most")),
            ],
            options={
                "verbose_name": "limit",
                "verbose_name_plural": "limits",
                "ordering": ["version", "scope", "window", "measure", "currency"],
            },
        ),
        migrations.CreateModel(
            name="SetOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="amount")),
                ("made_at", models.DateTimeField(verbose_name="set off at")),
            ],
            options={
                "verbose_name": "set-off",
                "verbose_name_plural": "set-offs",
                "ordering": ["id"],
            },
        ),
        migrations.AlterModelOptions(
            name="incentive",
            options={
                "ordering": ["version", "side", "position", "id"],
                "verbose_name": "incentive",
                "verbose_name_plural": "incentives",
            },
        ),
        migrations.AlterModelOptions(
            name="program",
            options={
                "ordering": ["-id"],
                "permissions": [
                    ("publish_program", "Can publish, pause, resume, end and stop programs"),
                    ("view_referral_report", "Can see the referral report"),
                    ("adjust_reward", "Can give, adjust and extend rewards by hand"),
                ],
                "verbose_name": "program",
                "verbose_name_plural": "programs",
            },
        ),
        migrations.RemoveConstraint(
            model_name="incentive",
            name="rf_one_incentive_per_side",
        ),
        migrations.RemoveConstraint(
            model_name="reward",
            name="rf_reward_once",
        ),
        migrations.RemoveIndex(
            model_name="reward",
            name="rf_reward_unissued",
        ),
        migrations.AddField(
            model_name="incentive",
            name="choice",
            field=models.SlugField(blank=True, max_length=30, verbose_name="choice"),
        ),
        migrations.AddField(
            model_name="incentive",
            name="number",
            field=models.PositiveIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="number",
            ),
        ),
        migrations.AddField(
            model_name="incentive",
            name="position",
            field=models.PositiveIntegerField(default=0, verbose_name="position"),
        ),
        migrations.AddField(
            model_name="incentiveamount",
            name="threshold",
            field=models.PositiveBigIntegerField(default=0, verbose_name="order of at least"),
        ),
        migrations.AddField(
            model_name="pin",
            name="quoted_worth",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="program",
            name="advocate_shipping_offer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="offer.conditionaloffer",
            ),
        ),
        migrations.AddField(
            model_name="program",
            name="friend_shipping_offer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="offer.conditionaloffer",
            ),
        ),
        migrations.AddField(
            model_name="programversion",
            name="below_minimum",
            field=models.CharField(
                choices=[("keep", "keeps its reward"), ("lose", "loses its reward")],
                default="keep",
                max_length=4,
                verbose_name="an order that a refund takes below its minimum",
            ),
        ),
        migrations.AddField(
            model_name="programversion",
            name="hold_from",
            field=models.CharField(
                choices=[
                    ("payment", "payment"),
                    ("shipment", "shipment"),
                    ("delivery", "delivery"),
                ],
                default="payment",
                max_length=10,
                verbose_name="the hold begins with",
            ),
        ),
        migrations.AddField(
            model_name="programversion",
            name="partial_refunds",
            field=models.CharField(
                choices=[
                    ("keep", "change nothing"),
                    ("proportional", "reduce a fixed reward in proportion"),
                ],
                default="keep",
                help_text="A reward that is a percentage of the order is always reduced in proportion.",
                max_length=12,
                verbose_name="partial refunds of the friend's order",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="basis",
            field=models.BigIntegerField(
                blank=True, null=True, verbose_name="goods after discounts"
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="counted_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="successful since"),
        ),
        migrations.AddField(
            model_name="referral",
            name="ordinal",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="number"),
        ),
        migrations.AddField(
            model_name="referral",
            name="signed_up_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="registered"),
        ),
        migrations.AddField(
            model_name="reward",
            name="adjusted",
            field=models.BigIntegerField(default=0, verbose_name="adjusted by staff"),
        ),
        migrations.AddField(
            model_name="reward",
            name="clawback",
            field=models.BigIntegerField(default=0, verbose_name="clawback"),
        ),
        migrations.AddField(
            model_name="reward",
            name="clawback_since",
            field=models.DateTimeField(blank=True, null=True, verbose_name="clawback since"),
        ),
        migrations.AddField(
            model_name="reward",
            name="netted",
            field=models.BigIntegerField(default=0, verbose_name="set off"),
        ),
        migrations.AddField(
            model_name="reward",
            name="reduced",
            field=models.BigIntegerField(default=0, verbose_name="taken back"),
        ),
        migrations.AddField(
            model_name="reward",
            name="reduced_reason",
            field=models.CharField(blank=True, max_length=40, verbose_name="taken back because"),
        ),
        migrations.AddField(
            model_name="reward",
            name="reserved",
            field=models.BigIntegerField(default=0, verbose_name="reserved"),
        ),
        migrations.AddField(
            model_name="reward",
            name="source",
            field=models.CharField(blank=True, max_length=128, verbose_name="earned by"),
        ),
        migrations.AddField(
            model_name="reward",
            name="used",
            field=models.BigIntegerField(default=0, verbose_name="used"),
        ),
        migrations.AddField(
            model_name="reward",
            name="written_off",
            field=models.BigIntegerField(default=0, verbose_name="written off"),
        ),
        migrations.AlterField(
            model_name="incentive",
            name="kind",
            field=models.CharField(default="voucher", max_length=128, verbose_name="kind"),
        ),
        migrations.AlterField(
            model_name="incentive",
            name="trigger",
            field=models.CharField(
                choices=[
                    ("first_order", "Friend's first order"),
                    ("sign_up", "Friend's registration"),
                    ("nth_order", "Friend's nth order"),
                    ("order_over", "Friend's first order over an amount"),
                    ("milestone", "A number of successful referrals"),
                    ("every_nth", "Every nth successful referral"),
                ],
                default="first_order",
                max_length=20,
                verbose_name="trigger",
            ),
        ),
        migrations.AlterField(
            model_name="ledgeraccount",
            name="kind",
            field=models.CharField(
                choices=[
                    ("expense:reward", "Expense: rewards"),
                    ("liability:pending", "Liability: pending rewards"),
                    ("liability:available", "Liability: available rewards"),
                    ("liability:reserved", "Liability: reserved in baskets"),
                    ("contra:redeemed", "Redeemed"),
                    ("income:breakage", "Breakage"),
                    ("receivable:clawback", "Receivable: clawback"),
                    ("expense:write-off", "Expense: clawback written off"),
                ],
                max_length=30,
                verbose_name="account",
            ),
        ),
        migrations.AlterField(
            model_name="referral",
            name="order_number",
            field=models.CharField(blank=True, db_index=True, max_length=128, verbose_name="order"),
        ),
        migrations.AlterField(
            model_name="reward",
            name="incentive",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rewards",
                to="oscar_referrals.incentive",
            ),
        ),
        migrations.AlterField(
            model_name="reward",
            name="kind",
            field=models.CharField(max_length=128, verbose_name="kind"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("counted_at__isnull", False)),
                fields=["program", "advocate"],
                name="rf_referral_counted",
            ),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(
                condition=models.Q(
                    ("state", "available"),
                    ("voucher__isnull", True),
                    ("kind__in", ["voucher", "free_shipping"]),
                ),
                fields=["referral"],
                name="rf_reward_unissued",
            ),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(
                condition=models.Q(("clawback__gt", 0)),
                fields=["advocate", "currency"],
                name="rf_reward_clawback",
            ),
        ),
        migrations.AddConstraint(
            model_name="incentive",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind__in", ["voucher", "free_shipping"]),
                    ("side", "friend"),
                    ("trigger", "first_order"),
                ),
                fields=("version", "kind"),
                name="rf_one_till_incentive",
            ),
        ),
        migrations.AddConstraint(
            model_name="incentive",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("number__gte", 1), ("trigger__in", ["nth_order", "milestone", "every_nth"])
                    ),
                    models.Q(
                        ("number__isnull", True),
                        ("trigger__in", ["first_order", "sign_up", "order_over"]),
                    ),
                    _connector="OR",
                ),
                name="rf_number_for_triggers",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(("order_number", ""), _negated=True),
                fields=("order_number",),
                name="rf_referral_order_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.UniqueConstraint(
                fields=("referral", "incentive", "side", "source"), name="rf_reward_per_occasion"
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("clawback__gte", models.F("written_off")),
                    ("netted__gte", 0),
                    ("reduced__gte", 0),
                    ("reserved__gte", 0),
                    ("used__gte", 0),
                    ("written_off__gte", 0),
                ),
                name="rf_reward_figures",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "amount__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("used"), "+", models.F("reserved")
                                ),
                                "+",
                                models.F("netted"),
                            ),
                            "-",
                            models.F("adjusted"),
                        ),
                    )
                ),
                name="rf_reward_not_overspent",
            ),
        ),
        migrations.AddField(
            model_name="credituse",
            name="basket",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="basket.basket",
            ),
        ),
        migrations.AddField(
            model_name="credituse",
            name="reward",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uses",
                to="oscar_referrals.reward",
            ),
        ),
        migrations.AddField(
            model_name="incentivetier",
            name="incentive",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tiers",
                to="oscar_referrals.incentive",
            ),
        ),
        migrations.AddField(
            model_name="limit",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="limits",
                to="oscar_referrals.programversion",
            ),
        ),
        migrations.AddField(
            model_name="setoff",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="paid_debts",
                to="oscar_referrals.reward",
            ),
        ),
        migrations.AddField(
            model_name="setoff",
            name="debt",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="set_offs",
                to="oscar_referrals.reward",
            ),
        ),
        migrations.AddIndex(
            model_name="credituse",
            index=models.Index(fields=["order_number"], name="rf_credit_order"),
        ),
        migrations.AddIndex(
            model_name="credituse",
            index=models.Index(
                condition=models.Q(("state__in", ["reserved", "paying"])),
                fields=["changed_at"],
                name="rf_credit_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="credituse",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["reserved", "paying"])),
                fields=("reward", "basket"),
                name="rf_credit_once_per_basket",
            ),
        ),
        migrations.AddConstraint(
            model_name="credituse",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="rf_credit_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="credituse",
            constraint=models.CheckConstraint(
                condition=models.Q(("restored__gte", 0), ("restored__lte", models.F("amount"))),
                name="rf_credit_restored",
            ),
        ),
        migrations.AddConstraint(
            model_name="incentivetier",
            constraint=models.UniqueConstraint(
                fields=("incentive", "from_number", "currency"), name="rf_tier_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="incentivetier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("percent__isnull", True),
                        ("value__gt", 0),
                        models.Q(("currency", ""), _negated=True),
                    ),
                    models.Q(
                        ("currency", ""),
                        ("percent__gt", 0),
                        ("percent__lte", 100),
                        ("value__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="rf_tier_value_or_percent",
            ),
        ),
        migrations.AddConstraint(
            model_name="limit",
            constraint=models.UniqueConstraint(
                fields=("version", "scope", "window", "measure", "currency"), name="rf_limit_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="limit",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="rf_limit_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="limit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("currency", ""), ("measure", "count")),
                    models.Q(("measure", "money"), models.Q(("currency", ""), _negated=True)),
                    _connector="OR",
                ),
                name="rf_limit_currency_for_money",
            ),
        ),
        migrations.AddConstraint(
            model_name="limit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scope", "program"), _negated=True),
                    models.Q(("measure", "money"), ("window", "ever")),
                    _connector="OR",
                ),
                name="rf_budget_is_money_for_ever",
            ),
        ),
        migrations.AddConstraint(
            model_name="setoff",
            constraint=models.UniqueConstraint(fields=("debt", "by"), name="rf_set_off_once"),
        ),
        migrations.AddConstraint(
            model_name="setoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="rf_set_off_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="setoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("debt", models.F("by")), _negated=True),
                name="rf_set_off_two_rewards",
            ),
        ),
    ]

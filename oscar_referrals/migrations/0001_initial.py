import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("basket", "__first__"),
        ("offer", "__first__"),
        ("order", "__first__"),
        ("sites", "__first__"),
        ("voucher", "__first__"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JobRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=64, unique=True, verbose_name="name")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished"),
                ),
                ("handled", models.PositiveIntegerField(default=0, verbose_name="rows handled")),
                ("failed", models.PositiveIntegerField(default=0, verbose_name="rows that failed")),
                ("error", models.TextField(blank=True, verbose_name="last error")),
                ("cursor", models.CharField(blank=True, max_length=64, verbose_name="cursor")),
                ("complete", models.BooleanField(default=False, verbose_name="complete")),
            ],
            options={
                "verbose_name": "job run",
                "verbose_name_plural": "job runs",
            },
        ),
        migrations.CreateModel(
            name="KnownOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email_key", models.CharField(db_index=True, max_length=64)),
                ("order_number", models.CharField(max_length=128, unique=True)),
                ("placed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "known order",
                "verbose_name_plural": "known orders",
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=220, unique=True, verbose_name="business key")),
                ("event", models.CharField(max_length=20, verbose_name="event")),
                ("reason", models.CharField(blank=True, max_length=40, verbose_name="reason")),
                ("booked_at", models.DateTimeField(verbose_name="booked")),
            ],
            options={
                "verbose_name": "ledger entry",
                "verbose_name_plural": "ledger entries",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ReferralCondition",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("offer.condition",),
        ),
        migrations.CreateModel(
            name="ReferralBenefit",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("offer.benefit",),
        ),
        migrations.CreateModel(
            name="Advocate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email_key", models.CharField(blank=True, db_index=True, max_length=64)),
                ("language", models.CharField(blank=True, max_length=15, verbose_name="language")),
                ("joined_at", models.DateTimeField(blank=True, null=True, verbose_name="joined")),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="left")),
                (
                    "show_name",
                    models.BooleanField(
                        default=False, verbose_name="friends may see my first name"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="referral_memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "advocate",
                "verbose_name_plural": "advocates",
            },
        ),
        migrations.CreateModel(
            name="Incentive",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("friend", "Friend"), ("advocate", "Advocate")],
                        max_length=10,
                        verbose_name="who gets it",
                    ),
                ),
                (
                    "trigger",
                    models.CharField(
                        choices=[("first_order", "Friend's first order")],
                        default="first_order",
                        max_length=20,
                        verbose_name="trigger",
                    ),
                ),
                ("kind", models.CharField(default="voucher", max_length=64, verbose_name="kind")),
                (
                    "value_type",
                    models.CharField(
                        choices=[("percent", "Percentage"), ("fixed", "Fixed amount")],
                        max_length=10,
                        verbose_name="type",
                    ),
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
                (
                    "validity_days",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="days the voucher is valid",
                    ),
                ),
                ("range_name", models.CharField(blank=True, editable=False, max_length=128)),
                ("limited_to_products", models.BooleanField(default=False, editable=False)),
                (
                    "range",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="offer.range",
                        verbose_name="only for products of the range",
                    ),
                ),
            ],
            options={
                "verbose_name": "incentive",
                "verbose_name_plural": "incentives",
                "ordering": ["version", "side"],
            },
        ),
        migrations.CreateModel(
            name="IncentiveAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "value",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="amount"),
                ),
                (
                    "minimum",
                    models.PositiveBigIntegerField(default=0, verbose_name="minimum spend"),
                ),
                (
                    "maximum",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="maximum discount"
                    ),
                ),
                (
                    "incentive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amounts",
                        to="oscar_referrals.incentive",
                    ),
                ),
            ],
            options={
                "verbose_name": "amount",
                "verbose_name_plural": "amounts",
                "ordering": ["incentive", "currency"],
            },
        ),
        migrations.CreateModel(
            name="IncentiveProduct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("product_id", models.BigIntegerField(verbose_name="product")),
                ("title", models.CharField(blank=True, max_length=255, verbose_name="title")),
                (
                    "incentive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="products",
                        to="oscar_referrals.incentive",
                    ),
                ),
            ],
            options={
                "verbose_name": "product of an incentive",
                "verbose_name_plural": "products of an incentive",
            },
        ),
        migrations.CreateModel(
            name="LedgerAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("expense:reward", "Expense: rewards"),
                            ("liability:pending", "Liability: pending rewards"),
                            ("liability:available", "Liability: available rewards"),
                            ("contra:redeemed", "Redeemed"),
                            ("income:breakage", "Breakage"),
                        ],
                        max_length=30,
                        verbose_name="account",
                    ),
                ),
                ("unit", models.CharField(max_length=8, verbose_name="unit")),
                ("balance", models.BigIntegerField(default=0, verbose_name="balance")),
                (
                    "advocate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="oscar_referrals.advocate",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger account",
                "verbose_name_plural": "ledger accounts",
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="amount")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="oscar_referrals.ledgeraccount",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="oscar_referrals.ledgerentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "posting",
                "verbose_name_plural": "postings",
            },
        ),
        migrations.CreateModel(
            name="Program",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="slug")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("live", "Live"),
                            ("paused", "Paused"),
                            ("ended", "Ended"),
                            ("stopped", "Stopped"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "status_changed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="status changed"),
                ),
                ("status_reason", models.TextField(blank=True, verbose_name="reason")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "advocate_offer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="offer.conditionaloffer",
                    ),
                ),
                (
                    "friend_offer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="offer.conditionaloffer",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.site",
                    ),
                ),
            ],
            options={
                "verbose_name": "program",
                "verbose_name_plural": "programs",
                "ordering": ["-id"],
                "permissions": [
                    ("publish_program", "Can publish, pause, resume, end and stop programs"),
                    ("view_referral_report", "Can see the referral report"),
                ],
            },
        ),
        migrations.AddField(
            model_name="ledgeraccount",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="accounts",
                to="oscar_referrals.program",
            ),
        ),
        migrations.AddField(
            model_name="advocate",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="advocates",
                to="oscar_referrals.program",
            ),
        ),
        migrations.CreateModel(
            name="ProgramVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("superseded", "Superseded"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="published"),
                ),
                (
                    "superseded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="superseded"),
                ),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="starts")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends")),
                (
                    "may_join",
                    models.CharField(
                        choices=[
                            ("anyone", "Any signed-in customer"),
                            ("customers", "Customers who have placed an order"),
                        ],
                        default="anyone",
                        max_length=10,
                        verbose_name="who may join",
                    ),
                ),
                (
                    "new_customers_only",
                    models.BooleanField(
                        default=True,
                        help_text="A friend who has ordered before gets no discount.",
                        verbose_name="friends must be new customers",
                    ),
                ),
                (
                    "cancelled_orders_count",
                    models.BooleanField(
                        default=False, verbose_name="a cancelled order makes an existing customer"
                    ),
                ),
                (
                    "combinable",
                    models.BooleanField(
                        default=False,
                        help_text="If not, the better offer applies and the shopper is told which.",
                        verbose_name="may be combined with other offers",
                    ),
                ),
                (
                    "claim_on_visit",
                    models.BooleanField(
                        default=False,
                        help_text="Only for visitors for whom the shop's consent setting says yes.",
                        verbose_name="claim when the link is opened",
                    ),
                ),
                (
                    "attribution_days",
                    models.PositiveIntegerField(
                        default=30,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="days a claim stays valid",
                    ),
                ),
                (
                    "hold_days",
                    models.PositiveIntegerField(
                        default=14,
                        validators=[django.core.validators.MaxValueValidator(365)],
                        verbose_name="days a reward is held after payment",
                    ),
                ),
                (
                    "wind_down_days",
                    models.PositiveIntegerField(
                        default=30,
                        validators=[django.core.validators.MaxValueValidator(365)],
                        verbose_name="days claims are honoured after the program ended",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="oscar_referrals.program",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "program version",
                "verbose_name_plural": "program versions",
                "ordering": ["program", "-number"],
            },
        ),
        migrations.AddField(
            model_name="program",
            name="current_version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="oscar_referrals.programversion",
            ),
        ),
        migrations.AddField(
            model_name="incentive",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="incentives",
                to="oscar_referrals.programversion",
            ),
        ),
        migrations.CreateModel(
            name="DraftTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=15, verbose_name="language")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft_terms",
                        to="oscar_referrals.programversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "typed terms",
                "verbose_name_plural": "typed terms",
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("typed", "Code typed"),
                            ("link", "Offer claimed on the link's page"),
                            ("staff", "Entered by staff"),
                        ],
                        max_length=10,
                        verbose_name="method",
                    ),
                ),
                ("claimed_at", models.DateTimeField(verbose_name="claimed")),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="used")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="oscar_referrals.program",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="oscar_referrals.programversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("friend_key", models.CharField(blank=True, max_length=64)),
                (
                    "order_number",
                    models.CharField(max_length=128, unique=True, verbose_name="order"),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("order_total", models.BigIntegerField(verbose_name="order total")),
                (
                    "friend_discount",
                    models.BigIntegerField(default=0, verbose_name="friend's discount"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("bound", "Credited"),
                            ("refused", "Refused"),
                            ("released", "Released"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40, verbose_name="reason")),
                ("created_at", models.DateTimeField(verbose_name="ordered")),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last settled"),
                ),
                (
                    "settle_due_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="next settlement"),
                ),
                (
                    "advocate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="oscar_referrals.advocate",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="oscar_referrals.claim",
                    ),
                ),
                (
                    "friend",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="referrals_as_friend",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="order.order",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="oscar_referrals.program",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="oscar_referrals.programversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "referral",
                "verbose_name_plural": "referrals",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=160, verbose_name="subject")),
                (
                    "order_number",
                    models.CharField(
                        blank=True, db_index=True, max_length=128, verbose_name="order"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("granted", "Granted"),
                            ("held", "Held"),
                            ("limited", "Limited"),
                            ("refused", "Refused"),
                        ],
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                ("reason", models.CharField(max_length=40, verbose_name="reason")),
                ("inputs", models.JSONField(default=dict, verbose_name="inputs")),
                ("rule_version", models.PositiveIntegerField(verbose_name="rule version")),
                ("decided_at", models.DateTimeField(verbose_name="decided")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="oscar_referrals.program",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="oscar_referrals.referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ReferralCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=32, unique=True, verbose_name="code")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("blocked_at", models.DateTimeField(blank=True, null=True, verbose_name="blocked")),
                (
                    "blocked_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason"),
                ),
                (
                    "advocate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="oscar_referrals.advocate",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="oscar_referrals.program",
                    ),
                ),
                (
                    "voucher",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="voucher.voucher",
                    ),
                ),
            ],
            options={
                "verbose_name": "referral code",
                "verbose_name_plural": "referral codes",
            },
        ),
        migrations.AddField(
            model_name="referral",
            name="code",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals",
                to="oscar_referrals.referralcode",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="code",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="oscar_referrals.referralcode",
            ),
        ),
        migrations.CreateModel(
            name="Reward",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                (
                    "side",
                    models.CharField(
                        choices=[("friend", "Friend"), ("advocate", "Advocate")],
                        max_length=10,
                        verbose_name="who gets it",
                    ),
                ),
                ("kind", models.CharField(max_length=64, verbose_name="kind")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("available", "Available"),
                            ("redeemed", "Redeemed"),
                            ("voided", "Voided"),
                            ("reversed", "Reversed"),
                            ("expired", "Expired"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40, verbose_name="reason")),
                ("unit", models.CharField(max_length=8, verbose_name="unit")),
                ("amount", models.BigIntegerField(verbose_name="amount")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                (
                    "hold_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="held until"),
                ),
                (
                    "available_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="available since"),
                ),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="expires")),
                (
                    "voucher_code",
                    models.CharField(blank=True, max_length=32, verbose_name="voucher code"),
                ),
                ("basket_since", models.DateTimeField(blank=True, null=True)),
                (
                    "spent_order_number",
                    models.CharField(blank=True, max_length=128, verbose_name="spent with order"),
                ),
                (
                    "spent_amount",
                    models.BigIntegerField(blank=True, null=True, verbose_name="discount given"),
                ),
                ("spent_at", models.DateTimeField(blank=True, null=True, verbose_name="spent")),
                (
                    "advocate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rewards",
                        to="oscar_referrals.advocate",
                    ),
                ),
                (
                    "basket",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="basket.basket",
                    ),
                ),
                (
                    "incentive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rewards",
                        to="oscar_referrals.incentive",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="referral_rewards",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rewards",
                        to="oscar_referrals.program",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rewards",
                        to="oscar_referrals.referral",
                    ),
                ),
                (
                    "voucher",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="voucher.voucher",
                    ),
                ),
            ],
            options={
                "verbose_name": "reward",
                "verbose_name_plural": "rewards",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Pin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("refusal", models.CharField(blank=True, max_length=40)),
                ("checked_key", models.CharField(blank=True, max_length=64)),
                (
                    "rival",
                    models.CharField(blank=True, max_length=128, verbose_name="better offer"),
                ),
                ("compared_for", models.CharField(blank=True, max_length=32)),
                ("compared_at", models.DateTimeField(null=True)),
                ("quoted_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "basket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="basket.basket",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pins",
                        to="oscar_referrals.claim",
                    ),
                ),
                (
                    "figures",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="oscar_referrals.incentiveamount",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="offer.conditionaloffer",
                    ),
                ),
                (
                    "voucher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="voucher.voucher",
                    ),
                ),
                (
                    "reward",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pins",
                        to="oscar_referrals.reward",
                    ),
                ),
            ],
            options={
                "verbose_name": "pin",
                "verbose_name_plural": "pins",
            },
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("event", models.CharField(max_length=40, verbose_name="event")),
                ("language", models.CharField(blank=True, max_length=15, verbose_name="language")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("sent", "Sent"), ("failed", "Given up")],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                ("next_attempt_at", models.DateTimeField(verbose_name="next attempt")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("error", models.CharField(blank=True, max_length=200, verbose_name="last error")),
                (
                    "advocate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="oscar_referrals.advocate",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="oscar_referrals.referral",
                    ),
                ),
                (
                    "reward",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="oscar_referrals.reward",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "permissions": [("resend_outboxmessage", "Can send a message again")],
            },
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="reward",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="oscar_referrals.reward",
            ),
        ),
        migrations.CreateModel(
            name="TermsVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=15, verbose_name="language")),
                ("sequence", models.PositiveIntegerField(default=1, verbose_name="edition")),
                ("html", models.TextField(verbose_name="HTML")),
                ("text", models.TextField(verbose_name="text")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("frozen_at", models.DateTimeField(verbose_name="frozen")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms_versions",
                        to="oscar_referrals.programversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "terms version",
                "verbose_name_plural": "terms versions",
                "ordering": ["version", "language", "-sequence"],
            },
        ),
        migrations.CreateModel(
            name="TermsAcceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("accepted_at", models.DateTimeField(verbose_name="accepted")),
                ("language", models.CharField(max_length=15, verbose_name="language")),
                ("method", models.CharField(max_length=30, verbose_name="method")),
                (
                    "advocate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acceptances",
                        to="oscar_referrals.advocate",
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acceptances",
                        to="oscar_referrals.termsversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "acceptance of terms",
                "verbose_name_plural": "acceptances of terms",
                "ordering": ["-accepted_at"],
            },
        ),
        migrations.CreateModel(
            name="Touch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("link", "Link opened"),
                            ("typed", "Code typed"),
                            ("claim", "Offer claimed"),
                        ],
                        max_length=10,
                        verbose_name="method",
                    ),
                ),
                ("occurred_at", models.DateTimeField(verbose_name="time")),
                ("visitor", models.CharField(blank=True, max_length=32)),
                (
                    "code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="touches",
                        to="oscar_referrals.referralcode",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="oscar_referrals.program",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="oscar_referrals.programversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "touch",
                "verbose_name_plural": "touches",
            },
        ),
        migrations.AddConstraint(
            model_name="incentiveamount",
            constraint=models.UniqueConstraint(
                fields=("incentive", "currency"), name="rf_amount_currency"
            ),
        ),
        migrations.AddConstraint(
            model_name="incentiveamount",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__isnull", True), ("value__gt", 0), _connector="OR"),
                name="rf_amount_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="incentiveamount",
            constraint=models.CheckConstraint(
                condition=models.Q(("maximum__isnull", True), ("maximum__gt", 0), _connector="OR"),
                name="rf_maximum_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="incentiveproduct",
            constraint=models.UniqueConstraint(
                fields=("incentive", "product_id"), name="rf_incentive_product"
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(
                fields=("entry", "account"), name="rf_one_leg_per_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", 0), _negated=True), name="rf_posting_not_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgeraccount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("advocate__isnull", False)),
                fields=("kind", "program", "advocate", "unit"),
                name="rf_account_of_advocate",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgeraccount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("advocate__isnull", True)),
                fields=("kind", "program", "unit"),
                name="rf_account_of_program",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgeraccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__startswith", "liability:"), _negated=True),
                    ("balance__gte", 0),
                    _connector="OR",
                ),
                name="rf_liability_not_negative",
            ),
        ),
        migrations.AddIndex(
            model_name="advocate",
            index=models.Index(fields=["user", "joined_at"], name="rf_advocate_user"),
        ),
        migrations.AddConstraint(
            model_name="advocate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("program", "user"),
                name="rf_one_membership",
            ),
        ),
        migrations.AddConstraint(
            model_name="programversion",
            constraint=models.UniqueConstraint(
                fields=("program", "number"), name="rf_version_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="programversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "draft")),
                fields=("program",),
                name="rf_one_draft_per_program",
            ),
        ),
        migrations.AddConstraint(
            model_name="programversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "published")),
                fields=("program",),
                name="rf_one_published_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="programversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_at__isnull", True),
                    ("ends_at__isnull", True),
                    ("ends_at__gt", models.F("starts_at")),
                    _connector="OR",
                ),
                name="rf_version_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="program",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "live")),
                fields=("site",),
                name="rf_one_live_program_per_site",
            ),
        ),
        migrations.AddConstraint(
            model_name="incentive",
            constraint=models.UniqueConstraint(
                fields=("version", "side"), name="rf_one_incentive_per_side"
            ),
        ),
        migrations.AddConstraint(
            model_name="incentive",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("percent__isnull", True), ("value_type", "fixed")),
                    models.Q(("percent__gt", 0), ("percent__lte", 100), ("value_type", "percent")),
                    _connector="OR",
                ),
                name="rf_percent_for_percentages",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftterms",
            constraint=models.UniqueConstraint(
                fields=("version", "language"), name="rf_typed_terms"
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["program", "decided_at"], name="rf_decision_time"),
        ),
        migrations.AddConstraint(
            model_name="referralcode",
            constraint=models.UniqueConstraint(
                condition=models.Q(("blocked_at__isnull", True)),
                fields=("advocate",),
                name="rf_one_active_code",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["settle_due_at"], name="rf_settle_due"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["program", "created_at"], name="rf_referral_time"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["friend_key"], name="rf_referral_friend_key"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "bound"), models.Q(("friend_key", ""), _negated=True)),
                fields=("program", "friend_key"),
                name="rf_friend_bound_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(("friend__isnull", False), ("state", "bound")),
                fields=("program", "friend"),
                name="rf_friend_user_bound_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("friend_discount__gte", 0)),
                name="rf_friend_discount_not_negative",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["program", "claimed_at"], name="rf_claim_time"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["user", "used_at"], name="rf_claim_user"),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(fields=["owner", "state"], name="rf_reward_owner"),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(fields=["state", "hold_until"], name="rf_reward_hold"),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(fields=["state", "expires_at"], name="rf_reward_expiry"),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(fields=["spent_order_number"], name="rf_reward_spent"),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(fields=["program", "created_at"], name="rf_reward_time"),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(
                condition=models.Q(("spent_at__isnull", False)),
                fields=["program", "spent_at"],
                name="rf_reward_spent_time",
            ),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(
                condition=models.Q(("state", "available"), ("voucher__isnull", True)),
                fields=["referral"],
                name="rf_reward_unissued",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.UniqueConstraint(
                fields=("referral", "incentive", "side"), name="rf_reward_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voucher_code", ""), _negated=True),
                fields=("voucher_code",),
                name="rf_reward_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="rf_reward_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="pin",
            constraint=models.UniqueConstraint(
                fields=("basket", "offer"), name="rf_pin_once_per_offer"
            ),
        ),
        migrations.AddConstraint(
            model_name="pin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claim__isnull", False), ("reward__isnull", True)),
                    models.Q(("claim__isnull", True), ("reward__isnull", False)),
                    _connector="OR",
                ),
                name="rf_pin_claim_or_reward",
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(fields=["state", "next_attempt_at"], name="rf_outbox_due"),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["booked_at"], name="rf_entry_time"),
        ),
        migrations.AddConstraint(
            model_name="termsversion",
            constraint=models.UniqueConstraint(
                fields=("version", "language", "sequence"), name="rf_terms_sequence"
            ),
        ),
        migrations.AddConstraint(
            model_name="termsacceptance",
            constraint=models.UniqueConstraint(
                fields=("advocate", "terms"), name="rf_accepted_once"
            ),
        ),
        migrations.AddIndex(
            model_name="touch",
            index=models.Index(fields=["program", "occurred_at"], name="rf_touch_time"),
        ),
        migrations.AddIndex(
            model_name="touch",
            index=models.Index(fields=["code", "occurred_at"], name="rf_touch_code"),
        ),
    ]

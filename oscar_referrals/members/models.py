"""Advocate, the terms each accepted, and the index of customers known by keyed e-mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from oscar_referrals.frozen import AppendOnly
from oscar_referrals.programs.models import Incentive, Program, TermsVersion


class Advocate(models.Model):
    """A person who takes part in a program; exists before joining when codes are made in bulk.

    The row outlives the account: money points here, so `user` becomes NULL and nothing cascades.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="advocates")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="referral_memberships",
    )
    email_key = models.CharField(max_length=64, blank=True, db_index=True)
    language = models.CharField(_("language"), max_length=15, blank=True)
    joined_at = models.DateTimeField(_("joined"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    show_name = models.BooleanField(
        _("friends may see my first name"),
        default=False,
    )
    # What others read on the leaderboard instead of a name; plain text of the person's choice.
    alias = models.CharField(_("name on the leaderboard"), max_length=30, blank=True)
    on_leaderboard = models.BooleanField(_("show me on the leaderboard"), default=False)
    alias_hidden_at = models.DateTimeField(_("hidden by staff"), null=True, blank=True)
    alias_hidden_reason = models.CharField(_("reason"), max_length=200, blank=True)
    # May be found by friends who type the full name; and the keyed hash of that name.
    findable = models.BooleanField(_("friends may find me by my full name"), default=False)
    name_key = models.CharField(max_length=64, blank=True)
    # Two rows of one person: what this one's codes earn from then on is the other's.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    merged_at = models.DateTimeField(_("merged"), null=True, blank=True)
    # Others were merged into it; else nobody need look for them.
    has_merged = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("advocate")
        verbose_name_plural = _("advocates")
        constraints = [
            models.UniqueConstraint(
                "program",
                Lower("alias"),
                condition=~Q(alias=""),
                name="rf_alias_once",
            ),
            models.UniqueConstraint(
                fields=["program", "user"],
                condition=Q(user__isnull=False),
                name="rf_one_membership",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "joined_at"], name="rf_advocate_user"),
            models.Index(
                fields=["program", "name_key"], condition=Q(findable=True), name="rf_advocate_name"
            ),
            # Few take part in the leaderboard.
            models.Index(
                fields=["program"], condition=Q(on_leaderboard=True), name="rf_advocate_board"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user) if self.user_id else _("Erased account %(id)d") % {"id": self.pk}

    @property
    def is_member(self) -> bool:
        """Has joined and not left."""
        return self.joined_at is not None and self.left_at is None


class TermsAcceptance(AppendOnly):
    """A receipt: this advocate accepted exactly these words, then and in this way."""

    advocate = models.ForeignKey(Advocate, on_delete=models.PROTECT, related_name="acceptances")
    terms = models.ForeignKey(TermsVersion, on_delete=models.PROTECT, related_name="acceptances")
    accepted_at = models.DateTimeField(_("accepted"))
    language = models.CharField(_("language"), max_length=15)
    method = models.CharField(_("method"), max_length=30)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("acceptance of terms")
        verbose_name_plural = _("acceptances of terms")
        ordering = ["-accepted_at"]
        constraints = [
            models.UniqueConstraint(fields=["advocate", "terms"], name="rf_accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.advocate}: {self.terms}"


class RewardPreference(models.Model):
    """Which of several alternatives an advocate wants; it holds for rewards still to be recorded.

    In another version what stands for the incentive is meant: see `programs.choices`.
    """

    advocate = models.ForeignKey(Advocate, on_delete=models.PROTECT, related_name="preferences")
    # The word that the alternatives share.
    choice = models.SlugField(_("choice"), max_length=30)
    incentive = models.ForeignKey(Incentive, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(_("stated"))

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("preferred reward")
        verbose_name_plural = _("preferred rewards")
        constraints = [
            models.UniqueConstraint(fields=["advocate", "choice"], name="rf_one_preference"),
        ]

    def __str__(self) -> str:
        return f"{self.advocate}: {self.incentive}"


class KnownOrder(models.Model):
    """That an order exists for a keyed e-mail: the index behind the new-customer rule (F20).

    Holds no address; survives the deletion of the order and of the account.
    """

    email_key = models.CharField(max_length=64, db_index=True)
    order_number = models.CharField(max_length=128, unique=True)
    placed_at = models.DateTimeField()

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("known order")
        verbose_name_plural = _("known orders")

    def __str__(self) -> str:
        return self.order_number

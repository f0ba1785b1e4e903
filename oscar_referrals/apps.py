"""Wiring only: what connects the rooms to Django and Oscar."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OscarReferralsConfig(AppConfig):
    """The referral system."""

    name = "oscar_referrals"
    verbose_name = _("Referrals")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers, checks and reports."""
        from oscar_referrals import checks, guards
        from oscar_referrals.checkout import receivers
        from oscar_referrals.members import receivers as member_receivers
        from oscar_referrals.messages import receivers as mail_receivers
        from oscar_referrals.messages import statements as mail_statements
        from oscar_referrals.programs.refused import READERS
        from oscar_referrals.rewards import receivers as reward_receivers

        checks.connect()
        guards.connect(self)
        receivers.connect()
        member_receivers.connect()
        reward_receivers.connect()
        mail_receivers.connect()
        mail_statements.connect()
        READERS["mails"] = mail_statements.refused_in_mails

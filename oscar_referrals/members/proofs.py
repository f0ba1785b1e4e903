"""Which account has proved that its e-mail address is its own, and the link that proves it.

Whoever opens a link that went to one mailbox alone reads that mailbox. The link names the mailbox
by its keyed HMAC, never by the address (C24).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oscar_referrals import conf
from oscar_referrals.identity import email_key

SALT = "oscar_referrals.members.proofs"


class ProvedAddress(models.Model):
    """This account has opened a link that was sent to the mailbox with this key.

    It counts until the account takes an address of another mailbox, and is deleted with the
    account.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="referral_proofs",
        verbose_name=_("user"),
    )
    email_key = models.CharField(_("keyed fingerprint of the e-mail"), max_length=64, db_index=True)
    proved_at = models.DateTimeField(_("proved"))
    # The account took another address: whoever has the mailbox later may be somebody else.
    ended_at = models.DateTimeField(_("no longer counts since"), null=True, blank=True)

    class Meta:
        app_label = "oscar_referrals"
        verbose_name = _("proved address")
        verbose_name_plural = _("proved addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "email_key"],
                condition=Q(ended_at__isnull=True),
                name="rf_proved_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


def proven_key(user: Any) -> str:
    """`email_key` of an account that has proved its present address, else empty.

    By this and nothing else an account is shown what an address did: anybody can register with
    somebody else's, or with another spelling of it. One query where the shop's own
    ``EMAIL_IS_VERIFIED`` doesn't say yes, and none for who is not stored.
    """
    key = email_key(user.email)
    if not key or is_proved_by_shop(user):
        return key
    if user.pk is None:
        return ""
    # All of them, which are few, so that they can be read once for whoever asks more than once.
    proofs = user.referral_proofs.all()
    return key if any(row.email_key == key and row.ended_at is None for row in proofs) else ""


def proved_rows(user: Any, column: str) -> Q:
    """The rows whose ``column`` is `proven_key` of the account, for a query that is made anyway:
    no query of its own."""
    key = email_key(user.email)
    if not key or user.pk is None:
        return Q(pk__in=[])
    rows = Q(**{column: key})
    if is_proved_by_shop(user):
        return rows
    proofs = ProvedAddress.objects.filter(user=user.pk, email_key=key, ended_at=None)
    return rows & Q(Exists(proofs))


def is_proved_by_shop(user: Any) -> bool:
    """The shop's own word for it (``EMAIL_IS_VERIFIED``); False where it has none. No query of
    ours."""
    shop = conf.get()
    return shop.EMAIL_IS_VERIFIED is not None and bool(shop.load("EMAIL_IS_VERIFIED")(user))


def prove(user: Any, key: str, *, now: datetime | None = None) -> bool:
    """Note that the account reads the mailbox with this key; False if its address is another's.

    As often as one likes: the first time stays.
    """
    if not key or email_key(user.email) != key:
        return False
    ProvedAddress.objects.get_or_create(
        user=user,
        email_key=key,
        ended_at=None,
        defaults={"proved_at": now or timezone.now()},
    )
    return True


def end_former(user: Any, *, now: datetime | None = None) -> int:
    """Let no proof count any more of a mailbox that the account's address is not of; how many.

    One query. Whoever takes the address again proves it again, as with a new one.
    """
    former = ProvedAddress.objects.filter(user=user, ended_at=None)
    return former.exclude(email_key=email_key(user.email)).update(ended_at=now or timezone.now())


def token_for(key: str) -> str:
    """What proves the mailbox with this key, for a link in a mail that goes to it alone."""
    return signing.TimestampSigner(salt=SALT).sign(key)


def key_in(token: str, *, within: timedelta) -> str:
    """The key that the token proves; empty, without a query, if it is none of ours or older."""
    try:
        return signing.TimestampSigner(salt=SALT).unsign(token, max_age=within)
    except signing.BadSignature:
        return ""

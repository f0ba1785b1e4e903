"""Who wants which messages: what people have switched, consent, and what a program sends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from oscar_referrals import conf
from oscar_referrals.messages.kinds import KINDS, Kind
from oscar_referrals.messages.models import MessagePreference, MessageSwitch
from oscar_referrals.messages.recipients import Recipient
from oscar_referrals.programs.models import Program


def has_consented(recipient: Recipient) -> bool | None:
    """What the shop says of the person's consent to marketing; None where it was not asked to."""
    if conf.get().MARKETING_CONSENT is None:
        return None
    if recipient.user is None:
        return False
    return bool(conf.get().load("MARKETING_CONSENT")(recipient.user))


def stated_by(recipient: Recipient) -> dict[str, bool]:
    """What the person has said of kinds of messages, by event. One query.

    Where they have said two things, as a guest and with an account, the later one counts.
    """
    rows = MessagePreference.objects.filter(recipient.rows()).order_by("stated_at", "pk")
    return dict(rows.values_list("event", "wanted"))


def wants(kind: Kind, stated: Mapping[str, bool], consent: bool | None) -> bool:
    """Does somebody with these answers get this kind? Pure.

    A message about a reward is always sent, a switched-off one never. What keeps in touch needs
    consent: the shop's answer where it gives one, else that the person has switched it on.
    """
    if not kind.can_be_switched_off:
        return True
    switched = stated.get(kind.event)
    if kind.needs_consent:
        return switched is True if consent is None else consent and switched is not False
    return switched is not False


def is_wanted(kind: Kind, recipient: Recipient) -> bool:
    """Does the person want this kind now? No query for what can't be switched off."""
    if not kind.can_be_switched_off:
        return True
    consent = has_consented(recipient) if kind.needs_consent else None
    return wants(kind, stated_by(recipient), consent)


def state(
    *,
    recipient: Recipient,
    wanted: Mapping[str, bool],
    method: str,
    now: datetime | None = None,
) -> None:
    """Keep what the person says of some kinds; what can't be switched off is passed over.

    Says it of the account, or of the guest's address if there is no account. Idempotent.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        for event, wish in wanted.items():
            kind = KINDS.get(event)
            if kind is None or not kind.can_be_switched_off:
                continue
            MessagePreference.objects.update_or_create(
                **recipient.identity,
                event=event,
                defaults={"wanted": wish, "method": method, "stated_at": moment},
            )


def switchable(sides: Iterable[str]) -> list[Kind]:
    """The kinds for some sides that a person can switch."""
    wanted = set(sides)
    return [kind for kind in KINDS.values() if kind.can_be_switched_off and kind.to in wanted]


def is_off(program: Program, event: str) -> bool:
    """Has the program switched this kind off? One query."""
    return MessageSwitch.objects.filter(program=program, event=event).exists()

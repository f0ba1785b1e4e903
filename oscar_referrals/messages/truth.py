"""Would a message tell the truth now? Between owing and sending it, things may change."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import CharField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, LPad
from django.utils import timezone

from oscar_referrals.attribution.claims import claim_refusal
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.members.terms_change import GOING_ON, change_since, last_acceptance
from oscar_referrals.messages import events
from oscar_referrals.messages.given_up import NOBODYS_FAULT
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.models import Touch

State = Reward.State

#: In which states of its reward a message still tells the truth.
TRUE_WHILE = {
    events.FRIEND_ORDERED: {State.PENDING},
    events.REWARD_AVAILABLE: {State.AVAILABLE},
    events.FRIEND_REWARD_EARNED: {State.PENDING},
    events.FRIEND_REWARD_AVAILABLE: {State.AVAILABLE},
}
#: In which states a reward is withdrawn.
WITHDRAWN_STATES = {State.VOIDED, State.REVERSED}
#: The order itself is no more. Whoever has heard nothing of a reward for it misses nothing.
ORDER_UNDONE = frozenset({reasons.ORDER_CANCELLED, reasons.ORDER_REFUNDED, reasons.ORDER_DELETED})
#: As many digits as the number of a row can have.
KEY_DIGITS = 19
#: Programs that take no claims any more, and honour none either.
CLOSED = (Program.Status.DRAFT, Program.Status.STOPPED)


def is_still_true(message: OutboxMessage) -> bool:
    """Asked right before a message is sent."""
    if message.event in TRUE_WHILE:
        reward = message.reward
        return reward is not None and reward.state in TRUE_WHILE[message.event]
    rule = _RULES.get(message.event)
    return rule is None or rule(message)


def reminder_key(reward: Reward) -> str:
    """Names the reminder of the reward's present date of expiry."""
    until = reward.expires_at
    return f"{events.REWARD_EXPIRING}:{reward.key}:{int(until.timestamp()) if until else 0}"


def terms_notice_key(version: ProgramVersion, advocate: Advocate) -> str:
    """Names the notice of one version to one member.

    Keys of a version sort by member, so that the last one says how far the notices have come.
    """
    return f"{terms_notice_prefix(version)}{advocate.pk:0{KEY_DIGITS}d}"


def terms_notice_keys(version: ProgramVersion) -> Concat:
    """The same key in a subquery, of the member whom the query around it is about."""
    number = Cast(OuterRef("pk"), CharField())
    return Concat(Value(terms_notice_prefix(version)), LPad(number, KEY_DIGITS, Value("0")))


def terms_notice_prefix(version: ProgramVersion) -> str:
    """What all keys of a version's notices begin with, and no others."""
    return f"{events.TERMS_CHANGED}:{version.pk}:"


def open_claims_of(advocate: Advocate) -> QuerySet[Claim]:
    """Offers of this advocate that friends have taken and not used yet."""
    return Claim.objects.filter(
        code__advocate=advocate, used_at=None, expires_at__gt=timezone.now()
    )


def _is_member(message: OutboxMessage) -> bool:
    return message.advocate is not None and message.advocate.is_member


def _terms_are_news(message: OutboxMessage) -> bool:
    """The version that it tells of is still the current one, and the member has not accepted it."""
    advocate = message.advocate
    if advocate is None or not advocate.is_member or advocate.program.status not in GOING_ON:
        return False
    version = advocate.program.current_version
    if version is None or message.key != terms_notice_key(version, advocate):
        return False
    return change_since(last_acceptance(advocate), version, None) is not None


def _has_not_shared(message: OutboxMessage) -> bool:
    """Nobody has come by any of the advocate's codes, and the program still takes friends."""
    advocate = message.advocate
    if advocate is None or not advocate.is_member:
        return False
    if advocate.program.status != Program.Status.LIVE:
        return False
    came = Q(code__advocate=advocate)
    return not (Touch.objects.filter(came).exists() or Claim.objects.filter(came).exists())


def _somebody_may_order(message: OutboxMessage) -> bool:
    advocate = message.advocate
    if advocate is None or not advocate.is_member or advocate.program.status in CLOSED:
        return False
    return open_claims_of(advocate).exists()


def _can_be_used(message: OutboxMessage) -> bool:
    """Also by this very person: a guest who turns out to be a customer is not welcomed."""
    claim = message.claim
    return (
        claim is not None
        and claim.used_at is None
        and claim.expires_at > timezone.now()
        and claim.code.blocked_at is None
        and claim.program.status not in CLOSED
        and claim_refusal(code=claim.code, version=claim.version, claim=claim, user=message.user)
        is None
    )


def _is_withdrawn(message: OutboxMessage) -> bool:
    """What was announced is taken back; an order undone before that is no news."""
    reward = message.reward
    if reward is None or reward.state not in WITHDRAWN_STATES:
        return False
    if reward.reason not in ORDER_UNDONE:
        return True
    heard = _heard_of(reward).exclude(pk=message.pk)
    last = heard.order_by("pk").values_list("event", flat=True).last()
    return last is not None and last not in events.WITHDRAWN


def _heard_of(reward: Reward) -> QuerySet[OutboxMessage]:
    """Messages about a reward that have reached its owner, or may have."""
    sent = Q(state=OutboxMessage.State.SENT)
    # What a mail server complained of may have arrived.
    tried = Q(attempts__gt=0) & ~Q(error__in=NOBODYS_FAULT)
    return OutboxMessage.objects.filter(sent | tried, reward=reward)


def _is_declined(message: OutboxMessage) -> bool:
    return message.referral is not None and message.referral.state != Referral.State.BOUND


def _is_decided(message: OutboxMessage) -> bool:
    return message.late_claim is not None and message.late_claim.decided_at is not None


def _counts(message: OutboxMessage) -> bool:
    return message.referral is not None and message.referral.state == Referral.State.BOUND


def _may_recommend(message: OutboxMessage) -> bool:
    """Whoever takes part already needs no invitation to it."""
    if not _counts(message) or message.referral is None or message.user is None:
        return False
    program = message.referral.program
    return (
        program.status == Program.Status.LIVE
        and not (
            Advocate.objects.filter(program=program, user=message.user, joined_at__isnull=False)
        ).exists()
    )


def _expires_soon(message: OutboxMessage) -> bool:
    """It can still be spent, and until the very date that the reminder is about."""
    reward = message.reward
    return (
        reward is not None
        and reward.state == State.AVAILABLE
        and not reward.spent_order_number
        and reward.left > 0
        and reward.expires_at is not None
        and reward.expires_at > timezone.now()
        and reminder_key(reward) == message.key
    )


_RULES: dict[str, Callable[[OutboxMessage], bool]] = {
    events.JOINED: _is_member,
    events.TERMS_CHANGED: _terms_are_news,
    events.SHARE_REMINDER: _has_not_shared,
    events.FRIEND_CLAIMED: _somebody_may_order,
    events.REFERRAL_DECLINED: _is_declined,
    events.FRIEND_DECLINED: _is_declined,
    events.FRIEND_ANSWER: _is_decided,
    events.REWARD_WITHDRAWN: _is_withdrawn,
    events.FRIEND_REWARD_WITHDRAWN: _is_withdrawn,
    events.REWARD_EXPIRING: _expires_soon,
    events.FRIEND_REWARD_EXPIRING: _expires_soon,
    events.FRIEND_WELCOME: _can_be_used,
    events.FOLLOW_UP_THANKS: _counts,
    events.FOLLOW_UP_HELP: _counts,
    events.FOLLOW_UP_INVITE: _may_recommend,
}

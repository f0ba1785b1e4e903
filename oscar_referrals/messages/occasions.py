"""What owes whom a mail. Each is an insert under a key that names the occasion."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from oscar_referrals.attribution.assignments import LateClaim
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.members.models import Advocate, TermsAcceptance
from oscar_referrals.messages import events, friends, kinds
from oscar_referrals.messages.about_reward import event_for
from oscar_referrals.messages.about_terms import receipt_key
from oscar_referrals.messages.follow_ups import follow_ups, share_reminder
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.messages.outbox import put_all
from oscar_referrals.messages.preferences import is_off, is_wanted
from oscar_referrals.messages.recipients import Recipient
from oscar_referrals.messages.subjects import program_asked
from oscar_referrals.messages.truth import ORDER_UNDONE
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.rewards.models import Reward

logger = logging.getLogger(__name__)

#: So long after a claim it is told of; who orders at once hears of the order instead.
AFTER_CLAIM = timedelta(hours=1)
#: An order that was undone before anybody heard of it is no news; nor is one's own code.
NO_NEWS = ORDER_UNDONE | {reasons.OWN_CODE}
#: Ways to get the credit that no page has told the friend about.
DECIDED_LATER = frozenset({Claim.Method.NAME, Claim.Method.LATE, Claim.Method.STAFF})


def apart(owe: Callable[[Any], None], subject: Any) -> None:
    """Owe mails within a claim or an order, neither of which may fail for them."""
    try:
        with transaction.atomic():
            owe(subject)
    except Exception:
        logger.exception("A mail about %s is not owed", subject)


def joined(advocate: Advocate) -> None:
    """Welcome, once: who leaves and comes back knows the way. And a reminder to share."""
    welcome = _mail(
        events.JOINED,
        str(advocate.pk),
        user=advocate.user,
        language=advocate.language,
        advocate=advocate,
    )
    put_all([welcome, *share_reminder(advocate)])


def accepted(acceptance: TermsAcceptance) -> None:
    """The receipt by mail, once. Where a welcome is sent, it has the first one."""
    advocate = acceptance.advocate
    is_first = not advocate.acceptances.exclude(pk=acceptance.pk).exists()
    if is_first and _is_welcomed(advocate):
        return
    receipt = _mail(
        events.TERMS_ACCEPTED,
        "",
        user=advocate.user,
        language=acceptance.language,
        advocate=advocate,
    )
    receipt.key = receipt_key(acceptance)
    put_all([receipt])


def _is_welcomed(advocate: Advocate) -> bool:
    """Neither the program nor the person has switched the welcome off."""
    recipient = Recipient(user=advocate.user)
    return not is_off(advocate.program, events.JOINED) and is_wanted(
        kinds.KINDS[events.JOINED], recipient
    )


def claimed(claim: Claim) -> None:
    """The advocate hears of it once a day; the friend if there is an account to write to."""
    advocate = claim.code.advocate
    due = claim.claimed_at + AFTER_CLAIM
    found = []
    if advocate.is_member:
        found.append(
            _mail(
                events.FRIEND_CLAIMED,
                f"{advocate.pk}:{claim.claimed_at:%Y-%m-%d}",
                user=advocate.user,
                language=advocate.language,
                advocate=advocate,
                claim=claim,
                due_at=due,
            )
        )
    if claim.user is not None:
        found.append(_friend_welcome(claim, due))
    put_all(found)


def recognised(claim: Claim) -> None:
    """Whoever had taken the offer as a guest has an account: welcome, once for each claim."""
    put_all([_friend_welcome(claim, timezone.now() + AFTER_CLAIM)])


def _friend_welcome(claim: Claim, due: datetime) -> OutboxMessage:
    return _mail(
        events.FRIEND_WELCOME,
        str(claim.pk),
        user=claim.user,
        language=claim.language,
        claim=claim,
        due_at=due,
    )


def credited(referral: Referral) -> None:
    """Follow-ups to the friend; a registration without an order has none."""
    if referral.order_number:
        put_all(follow_ups(referral))


def lost(referral: Referral) -> None:
    """Why an order does not count, to whoever has not heard of it otherwise.

    The advocate once a day for each reason, unless a mail about a reward of that order has told
    them already. The friend saw it at the till, unless it was decided later.
    """
    if referral.reason in NO_NEWS or not referral.order_number:
        return
    if OutboxMessage.objects.filter(referral=referral, reward__isnull=False).exists():
        return
    found = []
    advocate = referral.advocate
    if advocate.is_member:
        found.append(
            _mail(
                events.REFERRAL_DECLINED,
                f"{advocate.pk}:{referral.reason}:{timezone.now():%Y-%m-%d}",
                user=advocate.user,
                language=advocate.language,
                advocate=advocate,
                referral=referral,
            )
        )
    claim = referral.claim
    by_staff = referral.reason == reasons.RELEASED_BY_STAFF
    is_later = claim is not None and claim.method in DECIDED_LATER
    if by_staff or (is_later and referral.reason != reasons.REASSIGNED):
        found.append(
            _mail(
                events.FRIEND_DECLINED,
                f"{referral.pk}",
                user=referral.friend,
                language=claim.language if claim is not None else "",
                referral=referral,
            )
        )
    put_all(found)


def late_claim_decided(late_claim: LateClaim) -> None:
    """The answer to the friend, who may be a guest."""
    program = program_asked(late_claim)
    if program is not None:
        answer = _mail(
            events.FRIEND_ANSWER,
            str(late_claim.pk),
            user=late_claim.user,
            language=late_claim.language,
            late_claim=late_claim,
            program=program,
        )
        put_all([answer])


def reward_pending(reward: Reward, **kwargs: Any) -> None:
    """The reward is earned and on its way. What staff give is announced later."""
    if reward.incentive_id is not None:
        _tell(reward, events.FRIEND_ORDERED)


def reward_available(reward: Reward, **kwargs: Any) -> None:
    """The reward can be spent."""
    _tell(reward, events.REWARD_AVAILABLE)


def reward_withdrawn(reward: Reward, **kwargs: Any) -> None:
    """A reward that somebody was told of will not come, or is taken back.

    One that expires is no news: the mail that announced it named the day.
    """
    expired = reward.state == Reward.State.EXPIRED
    if not expired and OutboxMessage.objects.filter(reward=reward).exists():
        _tell(reward, events.REWARD_WITHDRAWN)


def _tell(reward: Reward, event: str) -> None:
    """Owe the mail about the state that the reward has come to, to whose reward it is.

    The friend's discount at the till is nobody's reward: it came off the order.

    A reward may come to a state more than once (withdrawn, then owed again), and each time is one
    occasion. The number of its entries in the books counts them.
    """
    if reward.advocate is None:
        return
    to_friend = reward.side == Incentive.Side.FRIEND
    own = event_for(reward, event)
    message = _mail(
        own,
        "",
        user=reward.owner if to_friend else reward.advocate.user,
        language=friends.language_of(reward),
        advocate=reward.advocate,
        referral=reward.referral,
        reward=reward,
    )
    message.key = f"{event}:{reward.key}:{reward.entries.count()}"
    put_all([message])


def _mail(event: str, occasion: str, **about: Any) -> OutboxMessage:
    """A mail that is due at once, if ``due_at`` does not say otherwise."""
    about.setdefault("due_at", timezone.now())
    return OutboxMessage(
        key=f"{event}:{occasion}", event=event, next_attempt_at=about["due_at"], **about
    )

"""What a mail says that is about no reward: a membership, an offer taken, an order that counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from oscar_referrals.attribution.assignments import LateClaim
from oscar_referrals.attribution.claims import usable_until
from oscar_referrals.attribution.models import Claim, Referral
from oscar_referrals.members.membership import friendly_name
from oscar_referrals.members.models import Advocate
from oscar_referrals.members.names import shown_name
from oscar_referrals.messages import events
from oscar_referrals.messages.about_terms import (
    about_change,
    about_receipt,
    acceptance_of,
    receipt_in,
    terms_change_of,
)
from oscar_referrals.messages.addresses import shop_url
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.messages.sentences import (
    CONDITIONS,
    FOR_THE_ADVOCATE,
    FOR_THE_FRIEND,
    PROMISES,
    sentences,
)
from oscar_referrals.messages.subjects import program_of
from oscar_referrals.messages.truth import open_claims_of
from oscar_referrals.money import format_day, format_deadline
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Incentive
from oscar_referrals.programs.offer_sentence import offer_sentence
from oscar_referrals.programs.tellable import why_no_reward
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.sharing.links import share_url


def about(message: OutboxMessage) -> dict[str, Any]:
    """The variables of a message that is about no reward."""
    return _SUBJECTS.get(message.event, _membership_of)(message)


def _membership_of(message: OutboxMessage) -> dict[str, Any]:
    advocate = message.advocate
    if advocate is None:
        raise ValueError(f"{message.key} is about nothing")
    program = advocate.program
    version = program.current_version
    accepted = acceptance_of(message) if message.event == events.JOINED else None
    return {
        **_to_share(advocate),
        "promises": sentences(version, PROMISES) if version is not None else [],
        "receipt": receipt_in(program, accepted) if accepted is not None else None,
    }


def _change_of(message: OutboxMessage) -> dict[str, Any]:
    """To a member, about the version that has replaced the one whose terms they accepted."""
    advocate = message.advocate
    change = terms_change_of(advocate) if advocate is not None else None
    if advocate is None or change is None:
        raise ValueError(f"{message.key} is about nothing")
    return about_change(advocate.program, change)


def _receipt_of(message: OutboxMessage) -> dict[str, Any]:
    """To somebody who accepted terms, about just this acceptance."""
    accepted = acceptance_of(message)
    if accepted is None:
        raise ValueError(f"{message.key} is about nothing")
    return about_receipt(accepted.terms.version.program, accepted)


def _to_share(advocate: Advocate) -> dict[str, Any]:
    code = code_for(advocate=advocate)
    return {
        "program": advocate.program,
        "advocate": advocate,
        "code": code.pretty,
        "share_url": share_url(code),
    }


def _taken_offer_of(message: OutboxMessage) -> dict[str, Any]:
    """To the advocate, about offers that friends have taken; a name only with the friend's word."""
    advocate = message.advocate
    if advocate is None:
        raise ValueError(f"{message.key} is about nothing")
    claims = open_claims_of(advocate).select_related("version", "user").order_by("-claimed_at")
    latest, number = claims.first() or message.claim, claims.count()
    return {
        "program": advocate.program,
        "advocate": advocate,
        "open_claims": number,
        "friend": _first_name(latest) if number == 1 else "",
        "until": format_day(usable_until(latest, advocate.program)) if latest is not None else "",
        "promises": sentences(latest.version, FOR_THE_ADVOCATE) if latest is not None else [],
    }


def _first_name(claim: Claim | None) -> str:
    if claim is None or claim.user is None or not claim.shows_name:
        return ""
    return shown_name(claim.user.first_name)


def _own_claim_of(message: OutboxMessage) -> dict[str, Any]:
    claim = message.claim
    if claim is None:
        raise ValueError(f"{message.key} is about nothing")
    return about_claim(claim)


def about_claim(claim: Claim) -> dict[str, Any]:
    """To the friend, about the offer they have taken; the advocate's name only with consent."""
    program = claim.program
    return {
        "program": program,
        "claim": claim,
        "invited_by": friendly_name(claim.code.advocate),
        "offer": offer_sentence(claim.version, Incentive.Side.FRIEND),
        "code": claim.code.pretty,
        "until": format_deadline(usable_until(claim, program)),
        "promises": sentences(claim.version, FOR_THE_FRIEND),
        "action_url": shop_url(program),
    }


def _declined_of(message: OutboxMessage) -> dict[str, Any]:
    referral = _referral_of(message)
    to_friend = message.event == events.FRIEND_DECLINED
    why = reasons.shopper_text if to_friend else why_no_reward
    return {
        "program": referral.version.program,
        "referral": referral,
        "reason": why(referral.reason),
        "order_number": referral.order_number if to_friend else "",
        "ordered_on": format_day(referral.created_at),
        "conditions": sentences(referral.version, CONDITIONS, referral.currency or None),
    }


def _answer_of(message: OutboxMessage) -> dict[str, Any]:
    """To the friend, about what they said after the order. Never whom it was found to mean."""
    late_claim, program = message.late_claim, program_of(message)
    if late_claim is None or program is None:
        raise ValueError(f"{message.key} is about nothing")
    return {
        "program": program,
        "order_number": late_claim.order_number,
        "is_accepted": late_claim.state == LateClaim.State.ACCEPTED,
        "note": late_claim.customer_note,
    }


def _follow_up_of(message: OutboxMessage) -> dict[str, Any]:
    referral = _referral_of(message)
    program = referral.version.program
    inviting = message.event == events.FOLLOW_UP_INVITE
    version = program.current_version if inviting else None
    context = {
        "program": program,
        "referral": referral,
        "order_number": referral.order_number,
        "invited_by": friendly_name(referral.advocate),
        "promises": sentences(version, PROMISES) if version is not None else [],
    }
    return context if inviting else {**context, "action_url": shop_url(program)}


def _referral_of(message: OutboxMessage) -> Referral:
    if message.referral is None:
        raise ValueError(f"{message.key} is about nothing")
    return message.referral


#: Where the variables of a message that is about no reward come from; else from the membership.
_SUBJECTS: dict[str, Callable[[OutboxMessage], dict[str, Any]]] = {
    events.TERMS_CHANGED: _change_of,
    events.TERMS_ACCEPTED: _receipt_of,
    events.FRIEND_CLAIMED: _taken_offer_of,
    events.FRIEND_WELCOME: _own_claim_of,
    events.REFERRAL_DECLINED: _declined_of,
    events.FRIEND_DECLINED: _declined_of,
    events.FRIEND_ANSWER: _answer_of,
    **dict.fromkeys(events.FOLLOW_UPS, _follow_up_of),
}

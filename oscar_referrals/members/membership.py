"""Joining and leaving a program."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from oscar_referrals import signals
from oscar_referrals.identity import email_key
from oscar_referrals.members.known_customers import orders_of
from oscar_referrals.members.models import Advocate, TermsAcceptance
from oscar_referrals.members.names import shown_name
from oscar_referrals.programs import reasons
from oscar_referrals.programs.models import Program, ProgramVersion, TermsVersion
from oscar_referrals.programs.rules.base import Refusal
from oscar_referrals.programs.rules.joining import JoinFacts, MayJoin


class JoinRefused(Exception):
    """The person can't join; `refusal` has the reason and the figures of its sentence."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


_NOT_LIVE = {
    Program.Status.PAUSED: reasons.PAUSED,
    Program.Status.ENDED: reasons.ENDED,
    Program.Status.STOPPED: reasons.STOPPED,
    Program.Status.DRAFT: reasons.NOT_AVAILABLE,
}


def may_join(program: Program, user: Any) -> Refusal | None:
    """Why this person can't join now; None if they can. One query at most, if orders matter."""
    version = program.current_version
    if program.status != Program.Status.LIVE or version is None:
        return Refusal(reason=_NOT_LIVE.get(Program.Status(program.status), reasons.NOT_AVAILABLE))
    rule = MayJoin(version)
    signed_in = bool(user is not None and user.is_authenticated)
    looked_up = signed_in and rule.customers_only
    return rule.check(
        JoinFacts(signed_in=signed_in, has_ordered=looked_up and orders_of(user).exists())
    )


def join(
    *,
    program: Program,
    user: Any,
    language: str,
    method: str,
    show_name: bool = False,
    terms_id: int | None = None,
    now: datetime | None = None,
) -> Advocate:
    """Make ``user`` an advocate, with a receipt of exactly the terms accepted in ``language``.

    ``terms_id`` names the TermsVersion that was on the page: if others are in force by now, the
    person is asked to read them first. Joining under a newer version or edition adds a receipt;
    joining again under words that were accepted before needs none. Raises JoinRefused; terms in
    another language are never accepted in passing.
    """
    now = now or timezone.now()
    with transaction.atomic():
        program = Program.objects.select_related("current_version").get(pk=program.pk)
        refusal = may_join(program, user)
        if refusal is not None:
            raise JoinRefused(refusal)
        terms = latest_terms(program.current_version, language)
        if terms is None:
            raise JoinRefused(Refusal(reason=reasons.TERMS_MISSING))
        if terms_id is not None and terms_id != terms.pk:
            raise JoinRefused(Refusal(reason=reasons.TERMS_CHANGED))
        Advocate.objects.get_or_create(program=program, user=user)
        advocate = Advocate.objects.select_for_update().get(program=program, user=user)
        advocate.email_key = email_key(user.email)
        advocate.language = language
        advocate.joined_at = advocate.joined_at or now
        advocate.left_at = None
        advocate.show_name = show_name
        advocate.save()
        _accept(advocate, terms, language=language, method=method, now=now)
        signals.announce(signals.advocate_joined, advocate=advocate)
    return advocate


def accept_terms(
    *, advocate: Advocate, terms_id: int, method: str, now: datetime | None = None
) -> TermsAcceptance:
    """The receipt of a member who accepts the words in force now; nothing else of them changes.

    ``terms_id`` names the TermsVersion that was on the page. Accepting the same words twice leaves
    one receipt. Raises JoinRefused if others are in force by now, or the person takes no part.
    """
    with transaction.atomic():
        locked = Advocate.objects.select_for_update().get(pk=advocate.pk)
        if not locked.is_member:
            raise JoinRefused(Refusal(reason=reasons.NOT_AVAILABLE))
        program = Program.objects.select_related("current_version").get(pk=locked.program_id)
        terms = TermsVersion.objects.filter(pk=terms_id).first()
        if terms is None or terms != latest_terms(program.current_version, terms.language):
            raise JoinRefused(Refusal(reason=reasons.TERMS_CHANGED))
        moment = now or timezone.now()
        return _accept(locked, terms, language=terms.language, method=method, now=moment)


def _accept(
    advocate: Advocate, terms: TermsVersion, *, language: str, method: str, now: datetime
) -> TermsAcceptance:
    """The receipt of a locked member for some words, told of when it is made."""
    receipt, is_new = TermsAcceptance.objects.get_or_create(
        advocate=advocate,
        terms=terms,
        defaults={"accepted_at": now, "language": language, "method": method},
    )
    if is_new:
        signals.announce(signals.terms_accepted, acceptance=receipt)
    return receipt


def leave(*, advocate: Advocate, now: datetime | None = None) -> Advocate:
    """End a membership. Rewards earned stay; later ones wait until the person joins again."""
    Advocate.objects.filter(pk=advocate.pk, left_at=None).update(left_at=now or timezone.now())
    advocate.refresh_from_db(fields=["left_at"])
    return advocate


def advocate_of(program: Program, user: Any) -> Advocate | None:
    """The person's row in the program, joined or not; None for visitors and those without one."""
    if user is None or not user.is_authenticated:
        return None
    return Advocate.objects.filter(program=program, user=user).first()


def latest_terms(version: ProgramVersion | None, language: str) -> TermsVersion | None:
    """The newest edition of a version's terms in exactly this language."""
    return (
        TermsVersion.objects.filter(version=version, language=language)
        .order_by("-sequence")
        .first()
    )


def friendly_name(advocate: Advocate) -> str:
    """The first name that friends may see; empty without consent, name or account."""
    if not advocate.show_name or advocate.user is None:
        return ""
    return shown_name(advocate.user.first_name)

"""What mails say about terms: the receipt for accepted ones, and what new ones change."""

from __future__ import annotations

from typing import Any

from oscar_referrals.members.models import Advocate, TermsAcceptance
from oscar_referrals.members.receipts import Receipt
from oscar_referrals.members.terms_change import TermsChange, change_since, last_acceptance
from oscar_referrals.messages import events
from oscar_referrals.messages.addresses import absolute_url
from oscar_referrals.messages.models import OutboxMessage
from oscar_referrals.money import format_day, format_deadline, format_moment
from oscar_referrals.programs.models import Program

#: Longer terms are not in the mail, only the way to them: mail programs cut long ones off.
LONGEST_TERMS = 12_000


def receipt_key(acceptance: TermsAcceptance) -> str:
    """Names the mail with the receipt of one acceptance."""
    return f"{events.TERMS_ACCEPTED}:{acceptance.pk}"


def acceptance_of(message: OutboxMessage) -> TermsAcceptance | None:
    """The acceptance whose receipt a mail has, with its words: by its key, or of the joining."""
    if message.advocate is None:
        return None
    found = message.advocate.acceptances.select_related("terms__version__program")
    if message.event == events.TERMS_ACCEPTED:
        return found.filter(pk=int(message.key.removeprefix(f"{events.TERMS_ACCEPTED}:"))).first()
    return found.order_by("accepted_at", "pk").first()


def receipt_in(program: Program, acceptance: TermsAcceptance) -> dict[str, Any]:
    """The variable ``receipt`` of a mail."""
    terms, receipt = acceptance.terms, Receipt(acceptance)
    return {
        "program": terms.version.program.name,
        "version": terms.version.number,
        "edition": terms.sequence,
        "language": receipt.language,
        "language_code": terms.language,
        "accepted": format_moment(acceptance.accepted_at),
        "method": receipt.method,
        "sha256": terms.sha256,
        "text": terms.text if len(terms.text) <= LONGEST_TERMS else "",
        "url": absolute_url(program, "referrals:receipt", str(acceptance.pk or 0)),
    }


def about_receipt(program: Program, acceptance: TermsAcceptance) -> dict[str, Any]:
    """The variables of the mail that has nothing but the receipt, in the active language."""
    receipt = receipt_in(program, acceptance)
    # The button leads to it; a second link beside it would say the same.
    return {"program": program, "receipt": receipt | {"url": ""}, "action_url": receipt["url"]}


def terms_change_of(advocate: Advocate) -> TermsChange | None:
    """What the member has not accepted of the program's current version; None if nothing."""
    return change_since(last_acceptance(advocate), advocate.program.current_version, None)


def about_change(program: Program, change: TermsChange) -> dict[str, Any]:
    """The variables of the notice of new terms, in the active language."""
    until = change.old_offer_until()
    return {
        "program": program,
        "accepted_on": format_day(change.accepted.accepted_at),
        "begins_on": format_day(change.begins) if change.begins is not None else "",
        "old_offer_until": format_deadline(until) if until is not None else "",
        "changes": change.changes(),
        "kept": change.kept(),
        "action_url": absolute_url(program, "referrals:terms-change"),
    }

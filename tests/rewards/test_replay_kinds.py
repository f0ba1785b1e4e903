"""Every stored decision comes out the same when it is decided again, and what doesn't is found."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.replay_kinds import KINDS, UNKNOWN, decided_again
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import live_program, referral_code
from tests.shop import Visitor, pay_in_full, product

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def decision(verdict: str, reason: str, inputs: dict[str, Any], **fields: Any) -> Decision:
    values = {"subject": "reward:1", "rule_version": 5, "decided_at": NOW, "candidates": []}
    return Decision(verdict=verdict, reason=reason, inputs=inputs, **(values | fields))


#: One of each kind: right, wrong, and as an earlier version stored it (None: the same).
EXAMPLES: dict[str, tuple[Decision, Decision, Decision | None]] = {
    "order credited": (
        decision(
            "granted",
            "first-order",
            facts := {
                "is_own_code": False,
                "is_existing_customer": False,
                "new_customers_only": True,
                "already_referred": False,
                "friend_discount": 2000,
                "no_discount_reason": "",
            },
            subject="referral:100",
        ),
        decision("granted", "first-order", facts | {"is_own_code": True}, subject="referral:100"),
        None,
    ),
    "registration credited": (
        decision(
            "granted",
            "signed-up",
            signed_up := {
                "claim": 1,
                "is_own_code": False,
                "is_existing_customer": False,
                "already_referred": False,
                "model": "last",
                "at": NOW.isoformat(),
                "shown": "claim:1",
            },
            subject="referral:sign-up-1-1",
        ),
        decision("refused", "own-code", signed_up, subject="referral:sign-up-1-1"),
        decision("granted", "signed-up", {"claim": 1}, subject="referral:sign-up-1-1"),
    ),
    "credit after the order": (
        decision(
            "refused",
            "order-cancelled",
            undone := {
                "before": "bound",
                "before_reason": "first-order",
                "undone": "order-cancelled",
                "exists": True,
                "elsewhere": False,
            },
            subject="referral:100",
        ),
        decision("refused", "order-refunded", undone, subject="referral:100"),
        decision(
            "refused",
            "already-referred",
            {"before": "released", "undone": "", "exists": True},
            subject="referral:100",
        ),
    ),
    "credited by hand": (
        decision(
            "granted",
            reasons.ASSIGNED,
            by_hand := {"model": "last", "at": NOW.isoformat(), "shown": ""},
            candidates=[
                {
                    "kind": "staff",
                    "code": "CODEA",
                    "advocate": 1,
                    "at": NOW.isoformat(),
                    "source": "order:100",
                    "chosen": True,
                    "reason": "only-invitation",
                }
            ],
        ),
        decision("refused", reasons.ASSIGNED, by_hand),
        decision("granted", reasons.ASSIGNED, {}),
    ),
    "credit taken by hand": (
        decision(
            "refused",
            reasons.REASSIGNED,
            taken := {"before": "bound", "code": "CODEA"},
            subject="assignment:1",
        ),
        decision("granted", reasons.REASSIGNED, taken, subject="assignment:1"),
        None,
    ),
    "reward returned": (
        decision("granted", "restored", {"amount": 5, "undone": "order-cancelled"}),
        decision("granted", "restored", {"amount": 5, "undone": ""}),
        decision("granted", "restored", {"amount": 5}),
    ),
    "store credit returned": (
        decision("granted", "restored", {"given_back_before": 0, "wanted": 500, "given_back": 500}),
        decision("limited", "spent", {"given_back_before": 0, "wanted": 500, "given_back": 500}),
        None,
    ),
    "spent twice": (
        decision("limited", "spent-twice", {"loss": 700}),
        decision("limited", "spent-twice", {"loss": 0}),
        None,
    ),
    "budget alert": (
        decision("limited", "budget-alert", {"before": 700, "committed": 800, "budget": 1000}),
        decision("limited", "budget-alert", {"before": 700, "committed": 799, "budget": 1000}),
        decision("limited", "budget-alert", {"committed": 800, "budget": 1000}),
    ),
    "limit asked again": (
        decision("granted", "tried-again", {"note": "asked", "fits": True}),
        decision("granted", "tried-again", {"note": "asked", "fits": False}),
        None,
    ),
    "freed from payment": (
        decision("granted", "freed-from-payment", {"basket": 1, "since": None, "note": ""}),
        decision("refused", "freed-from-payment", {"basket": 1, "since": None, "note": ""}),
        None,
    ),
    "advocates merged": (
        decision("granted", "merged", {"note": "same person", "kept": 1}, subject="advocate:2"),
        decision("granted", "merged", {"note": "same person", "kept": 2}, subject="advocate:2"),
        None,
    ),
    "code withdrawn": (
        decision(
            "refused", "code-replaced", {"note": "", "by": "CODEB", "days": 7}, subject="code:A"
        ),
        decision("refused", "code-blocked", {"note": "", "by": "B", "days": 0}, subject="code:A"),
        None,
    ),
    "credit by hand asked": (
        decision("held", "assign-requested", {"note": "", "value": 500, "currency": "MYR"}),
        decision("granted", "assign-refused", {"note": "", "value": 500, "currency": "MYR"}),
        None,
    ),
    "settlement outside asked": (
        decision("held", "settlement-asked", {"note": "", "value": 500, "currency": "MYR"}),
        decision("granted", "settlement-refused", {"note": "", "value": 500, "currency": "MYR"}),
        None,
    ),
    "by staff": (
        decision("granted", "adjusted", {"by": -100, "note": "wrong"}),
        decision("granted", "adjusted", {"by": 0, "note": "wrong"}),
        None,
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_kind_is_known_and_a_wrong_answer_is_found(name: str) -> None:
    right, wrong, earlier = EXAMPLES[name]
    assert decided_again([right])[name].equal == 1
    count = decided_again([wrong])[name]
    assert (count.differing, len(count.details)) == (1, 1)
    if earlier is not None:
        assert decided_again([earlier])[name].not_kept == 1


def test_no_kind_is_without_an_example() -> None:
    # Rewards are decided by whole orders, below.
    assert {kind.name for kind in KINDS} - set(EXAMPLES) <= {"reward"}


def test_what_no_rule_knows_counts_as_differing() -> None:
    count = decided_again([decision("granted", "unheard-of", {})])[UNKNOWN]
    assert count.differing == 1
    assert "no rule is known" in count.details[0]


def test_inputs_that_can_not_be_read_are_a_difference_and_no_error() -> None:
    broken = decision("granted", reasons.EXTENDED, {"note": "", "until": "soon"})
    assert "can't be decided" in decided_again([broken])["by staff"].details[0]


def test_a_whole_order_comes_out_the_same_and_one_wrong_row_is_reported() -> None:
    program = live_program(hold_days=0)
    code, other = referral_code(program), referral_code(program)
    friend = Visitor()
    friend.claim(other)
    friend.add(product("100.00"))
    friend.enter(code.code)
    order = friend.order()
    pay_in_full(order)
    settle(Referral.objects.get().pk)
    out = StringIO()
    call_command("replay_decisions", stdout=out)
    decided = Decision.objects.count()
    assert decided == 3
    assert f"All {decided} decisions come out the same." in out.getvalue()
    stored = Decision.objects.get(subject=f"referral:{order.number}")
    Decision.objects.bulk_create(
        [
            Decision(
                program=stored.program,
                subject=stored.subject,
                verdict=stored.verdict,
                reason=stored.reason,
                inputs=stored.inputs,
                candidates=list(reversed(stored.candidates)),
                rule_version=stored.rule_version,
                decided_at=stored.decided_at,
            )
        ]
    )
    errors = StringIO()
    with pytest.raises(CommandError, match=f"1 of {decided + 1} decisions come out otherwise"):
        call_command("replay_decisions", stdout=StringIO(), stderr=errors)
    assert "of the invitations" in errors.getvalue()
    call_command("replay_decisions", "--after", str(Decision.objects.latest("pk").pk))

"""Deciding every stored decision about rewards once more, from what was stored with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from oscar_referrals.attribution import replay as credits
from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.attribution.replay import Kind, NotKept, compare
from oscar_referrals.programs import reasons
from oscar_referrals.rewards.caps import crosses_alert
from oscar_referrals.rewards.choose import Option, choose
from oscar_referrals.rewards.facts import OrderFacts
from oscar_referrals.rewards.replay import replay, reward_facts
from oscar_referrals.rewards.said import said_of, said_of_restored
from oscar_referrals.rewards.target import credit_of
from oscar_referrals.rewards.verdict import Credit

GRANTED, LIMITED = Decision.Verdict.GRANTED, Decision.Verdict.LIMITED
REFUSED = Decision.Verdict.REFUSED
#: What `decided_again` calls what it doesn't know.
UNKNOWN = "unknown"


@dataclass
class Count:
    """How the decisions of one kind fared."""

    equal: int = 0
    differing: int = 0
    #: Decided before all that is asked for was stored.
    not_kept: int = 0
    #: A sentence for each that differs.
    details: list[str] = field(default_factory=list)

    @property
    def decisions(self) -> int:
        """All of them."""
        return self.equal + self.differing + self.not_kept


def decided_again(decisions: Iterable[Decision]) -> dict[str, Count]:
    """Each decision decided once more; the counts by kind, also of those there are none of.

    A decision that no kind knows counts as differing: nothing is skipped in silence.
    """
    counts = {kind.name: Count() for kind in KINDS} | {UNKNOWN: Count()}
    for decision in decisions:
        name, differences = _again(decision)
        count = counts[name]
        if differences is None:
            count.not_kept += 1
        elif differences:
            count.differing += 1
            count.details.append(
                f"Decision {decision.pk} ({decision.subject}, rule version "
                f"{decision.rule_version}): {'; '.join(differences)}"
            )
        else:
            count.equal += 1
    return counts


def _again(decision: Decision) -> tuple[str, list[str] | None]:
    kind = next((kind for kind in KINDS if kind.is_one(decision)), None)
    if kind is None:
        return UNKNOWN, [f"no rule is known that says {decision.verdict} ({decision.reason})"]
    try:
        return kind.name, kind.differences(decision)
    except NotKept:
        return kind.name, None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        return kind.name, [f"it can't be decided: {type(error).__name__}: {error}"]


def _is_reward(decision: Decision) -> bool:
    return "reward" in decision.inputs and "rules" in decision.inputs


def _reward(decision: Decision) -> list[str]:
    inputs = decision.inputs
    found = list(_limit(decision))
    if inputs.get("grown"):
        # It was worth more, which exceeded a limit: that is why it stays what it was.
        return found + compare(decision, LIMITED, inputs["limit"]["reason"])
    said = said_of(
        reward_facts(inputs),
        replay(inputs),
        is_worth_else=inputs.get("is_worth_else", False),
    )
    return found + compare(decision, *said) + list(_choice(decision))


def _limit(decision: Decision) -> Iterator[str]:
    limit = decision.inputs.get("limit")
    if limit and limit["used"] + limit["wanted"] <= limit["limit"]:
        yield "it fits the limit that it was refused by"


def _choice(decision: Decision) -> Iterator[str]:
    chosen = decision.inputs.get("choice")
    if not chosen:
        return
    if not chosen.get("options"):
        raise NotKept
    options = [Option(**option) for option in chosen["options"]]
    again = choose(options, chosen["preferred"])
    if again.as_inputs() != chosen:
        yield f"incentive {chosen['incentive']} was chosen and {again.incentive} is"


def _is_credit(decision: Decision) -> bool:
    return decision.subject.startswith("referral:") and "undone" in decision.inputs


def _credit(decision: Decision) -> list[str]:
    inputs = decision.inputs
    state, reason = inputs["before"], inputs.get("before_reason")
    if reason is None:
        if decision.reason == reasons.ALREADY_REFERRED:
            raise NotKept
        # It changed, so it was one that the order can bring back.
        reason = reasons.ORDER_CANCELLED
    undone = inputs["undone"]
    order = OrderFacts(
        number=decision.order_number,
        currency="",
        total=0,
        exists=inputs["exists"],
        cancelled=undone == reasons.ORDER_CANCELLED,
        fully_refunded=undone == reasons.ORDER_REFUNDED,
    )
    credit = credit_of(Credit(state=state, reason=reason), order)
    if credit.state == Referral.State.BOUND and inputs.get("elsewhere"):
        credit = Credit(state=Referral.State.RELEASED, reason=reasons.ALREADY_REFERRED)
    bound = credit.state == Referral.State.BOUND
    return compare(decision, GRANTED if bound else REFUSED, credit.reason)


def _is_returned(decision: Decision) -> bool:
    return decision.reason == reasons.RESTORED and "amount" in decision.inputs


def _returned(decision: Decision) -> list[str]:
    undone = decision.inputs.get("undone")
    if undone is None:
        raise NotKept
    if not undone:
        return ["the order that it was spent with stands"]
    return compare(decision, GRANTED, reasons.RESTORED)


def _restored(decision: Decision) -> list[str]:
    inputs = decision.inputs
    said = said_of_restored(
        before=inputs["given_back_before"],
        wanted=inputs["wanted"],
        restored=inputs["given_back"],
    )
    return compare(decision, *said)


def _loss(decision: Decision) -> list[str]:
    found = compare(decision, LIMITED, reasons.SPENT_TWICE)
    return found if decision.inputs["loss"] > 0 else [*found, "there is no loss"]


def _alert(decision: Decision) -> list[str]:
    inputs = decision.inputs
    if "before" not in inputs:
        raise NotKept
    crossed = crosses_alert(
        budget=inputs["budget"], before=inputs["before"], after=inputs["committed"]
    )
    found = compare(decision, LIMITED, reasons.BUDGET_ALERT)
    return found if crossed else [*found, "so much of the budget is not committed"]


def _tried(decision: Decision) -> list[str]:
    return compare(decision, GRANTED if decision.inputs["fits"] else LIMITED, reasons.TRIED_AGAIN)


#: What staff decide, and what must be true of it; the verdict is theirs.
BY_STAFF = {
    reasons.GIVEN_BY_STAFF: lambda inputs: inputs["amount"] > 0,
    reasons.ADJUSTED: lambda inputs: inputs["by"] != 0,
    reasons.SETTLED_OUTSIDE: lambda inputs: inputs["value"] > 0,
    reasons.EXTENDED: lambda inputs: _moment(inputs["until"]) > _moment(inputs["before"]),
}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _is_staffs(decision: Decision) -> bool:
    return decision.reason in BY_STAFF and "note" in decision.inputs


def _staffs(decision: Decision) -> list[str]:
    found = compare(decision, GRANTED, decision.reason)
    if not BY_STAFF[decision.reason](decision.inputs):
        found.append("its figures are none that staff can enter")
    return found


def _is_merge(decision: Decision) -> bool:
    return decision.reason == reasons.MERGED


def _merge(decision: Decision) -> list[str]:
    found = compare(decision, GRANTED, reasons.MERGED)
    if decision.subject == f"advocate:{decision.inputs['kept']}":
        found.append("nobody can be merged with themselves")
    return found


def _is_of_code(decision: Decision) -> bool:
    return decision.subject.startswith("code:")


def _of_code(decision: Decision) -> list[str]:
    found = compare(decision, REFUSED, decision.reason)
    inputs = decision.inputs
    if (decision.reason == reasons.CODE_REPLACED) != bool(inputs["by"]) or inputs["days"] < 0:
        found.append("what became of the code is not what its figures say")
    return found


#: What staff asked for, or were refused, when a colleague had to agree; by the reason.
ASKED = {
    reasons.ASSIGN_REQUESTED: Decision.Verdict.HELD,
    reasons.ASSIGN_REFUSED: REFUSED,
}
#: The same of what was paid outside the shop.
SETTLEMENT_ASKED = {
    reasons.SETTLEMENT_ASKED: Decision.Verdict.HELD,
    reasons.SETTLEMENT_REFUSED: REFUSED,
}

#: The first that knows a decision decides it again.
KINDS = (
    *credits.KINDS,
    Kind(name="credit after the order", is_one=_is_credit, differences=_credit),
    Kind(name="reward", is_one=_is_reward, differences=_reward),
    Kind(name="reward returned", is_one=_is_returned, differences=_returned),
    Kind(
        name="store credit returned",
        is_one=lambda decision: "given_back_before" in decision.inputs,
        differences=_restored,
    ),
    Kind(
        name="spent twice",
        is_one=lambda decision: "loss" in decision.inputs,
        differences=_loss,
    ),
    Kind(
        name="budget alert",
        is_one=lambda decision: decision.reason == reasons.BUDGET_ALERT,
        differences=_alert,
    ),
    Kind(
        name="limit asked again",
        is_one=lambda decision: decision.reason == reasons.TRIED_AGAIN,
        differences=_tried,
    ),
    Kind(
        name="freed from payment",
        is_one=lambda decision: decision.reason == reasons.FREED,
        differences=lambda decision: compare(decision, GRANTED, reasons.FREED),
    ),
    Kind(name="by staff", is_one=_is_staffs, differences=_staffs),
    Kind(name="advocates merged", is_one=_is_merge, differences=_merge),
    Kind(name="code withdrawn", is_one=_is_of_code, differences=_of_code),
    Kind(
        name="credit by hand asked",
        is_one=lambda decision: decision.reason in ASKED,
        differences=lambda decision: compare(decision, ASKED[decision.reason], decision.reason),
    ),
    Kind(
        name="settlement outside asked",
        is_one=lambda decision: decision.reason in SETTLEMENT_ASKED,
        differences=lambda decision: compare(
            decision, SETTLEMENT_ASKED[decision.reason], decision.reason
        ),
    ),
)

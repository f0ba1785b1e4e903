"""Of several alternatives one is owed, and it stays the one that it was made as."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from oscar_referrals.attribution.models import Decision, Referral
from oscar_referrals.members.models import Advocate, RewardPreference
from oscar_referrals.members.preferences import NotOffered, prefer
from oscar_referrals.programs import reasons
from oscar_referrals.programs.choices import counterpart
from oscar_referrals.programs.models import Incentive, Program
from oscar_referrals.rewards import choose as room
from oscar_referrals.rewards.audit import audit
from oscar_referrals.rewards.choose import Option, choose
from oscar_referrals.rewards.kinds import UnknownKind, kind_of
from oscar_referrals.rewards.models import Reward
from oscar_referrals.rewards.proof import prove
from oscar_referrals.rewards.proof.again import settled_again
from oscar_referrals.rewards.replay import replay
from oscar_referrals.rewards.replay_kinds import decided_again
from oscar_referrals.rewards.settle import settle
from oscar_referrals.test.factories import advocate, live_program, publish_again
from tests.rewards.cases import pay, referred, set_status

State = Reward.State
Trigger = Incentive.Trigger
VOUCHER = {"side": "advocate", "choice": "either", "percent": 20, "validity_days": 90}
CREDIT = {"side": "advocate", "choice": "either", "kind": "credit", "value": 1500, "position": 1}


def program_of_choice(**figures: Any) -> Program:
    """A voucher of 20 % or RM 15 of store credit for a first order, without a hold."""
    changes = {key: figures.pop(key) for key in ("voucher", "credit") if key in figures}
    more = [VOUCHER | changes.get("voucher", {}), CREDIT | changes.get("credit", {})]
    return live_program(**{"advocate": None, "hold_days": 0, "more": more} | figures)


def wanted(member: Advocate, kind: str) -> RewardPreference:
    """The advocate prefers the alternative of a kind, in the current version."""
    version = Program.objects.get(pk=member.program_id).current_version
    assert version is not None
    incentive = version.incentives.get(kind=kind, choice="either")
    return prefer(advocate=member, incentive_id=incentive.pk, version=version)


def paid(program: Program, member: Advocate, **fields: Any) -> Referral:
    referral = referred(program, member=member, **fields)
    pay(referral.order)
    settle(referral.pk)
    return referral


def kinds(**where: Any) -> list[str]:
    """Of the advocates' rewards, oldest first; the books are in order."""
    findings = [*audit(), *prove()]
    assert not findings, [str(finding) for finding in findings]
    rewards = Reward.objects.filter(side="advocate", **where).order_by("pk")
    return [reward.kind for reward in rewards]


def recorded(referral: Referral) -> list[dict[str, Any]]:
    """What was decided about the choice."""
    inputs = Decision.objects.filter(referral=referral).values_list("inputs", flat=True)
    chosen = [item["choice"] for item in inputs if "choice" in item]
    # What could be given is asked of `choose` itself.
    return [{name: item[name] for name in item if name != "options"} for item in chosen]


# The pure decision

options = st.lists(
    st.builds(
        Option, incentive=st.integers(1, 9), in_currency=st.booleans(), has_kind=st.booleans()
    ),
    min_size=1,
    unique_by=lambda option: option.incentive,
)


@given(options, st.none() | st.integers(1, 9))
def test_one_of_them_is_chosen_and_the_preferred_one_if_it_can_be(
    offered: list[Option], preferred: int | None
) -> None:
    chosen = choose(offered, preferred)
    by_key = {option.incentive: option for option in offered}
    can = [option for option in offered if not option.why_not]
    assert chosen.incentive in by_key
    assert chosen.offered == tuple(by_key)
    if can:
        assert not by_key[chosen.incentive].why_not
    if preferred in by_key and not by_key[preferred].why_not:
        assert (chosen.incentive, chosen.reason) == (preferred, reasons.PREFERRED)
    elif can:
        assert chosen.incentive == can[0].incentive
    if chosen.reason == reasons.PREFERRED:
        assert chosen.incentive == chosen.preferred == preferred
    if chosen.reason == reasons.NAMED_FIRST:
        assert chosen.incentive == offered[0].incentive
        assert chosen.preferred is None


@given(options, st.none() | st.integers(1, 9))
def test_choosing_among_those_that_can_be_given_changes_nothing(
    offered: list[Option], preferred: int | None
) -> None:
    can = [option for option in offered if not option.why_not]
    if can:
        assert choose(can, preferred).incentive == choose(offered, preferred).incentive


def test_another_version_has_a_counterpart_of_the_same_kind() -> None:
    def incentive(pk: int, kind: str, value_type: str = "fixed") -> Incentive:
        return Incentive(pk=pk, kind=kind, value_type=value_type)

    credit, voucher, percentage = (
        incentive(1, "credit"),
        incentive(2, "voucher"),
        incentive(3, "voucher", "percent"),
    )
    new = [incentive(11, "credit"), incentive(12, "voucher"), incentive(13, "voucher", "percent")]
    assert counterpart(credit, new) == new[0]
    assert counterpart(voucher, new) == new[1]
    assert counterpart(percentage, new) == new[2]
    assert counterpart(percentage, new[:2]) == new[1]
    assert counterpart(voucher, [new[0]]) is None
    assert counterpart(voucher, [incentive(4, "voucher"), voucher]) == voucher


# Settling


@pytest.mark.django_db
def test_without_a_preference_it_is_the_one_named_first() -> None:
    program = program_of_choice()
    referral = paid(program, advocate(program))
    assert kinds() == ["voucher"]
    (choice,) = recorded(referral)
    voucher, credit = program.current_version.incentives.filter(side="advocate")
    assert choice == {
        "incentive": voucher.pk,
        "offered": [voucher.pk, credit.pk],
        "preferred": None,
        "reason": reasons.NAMED_FIRST,
    }


@pytest.mark.django_db
def test_a_preference_holds_for_what_is_recorded_after_it() -> None:
    program = program_of_choice()
    member = advocate(program)
    first = paid(program, member)
    wanted(member, "credit")
    second = paid(program, member)
    wanted(member, "voucher")
    third = paid(program, member)
    # Late, twice and in another order: nothing is switched.
    for referral in (third, first, second, second):
        settle(referral.pk, now=timezone.now() + timedelta(days=1))
    assert kinds() == ["voucher", "credit", "voucher"]
    assert [recorded(item)[0]["reason"] for item in (first, second, third)] == [
        reasons.NAMED_FIRST,
        reasons.PREFERRED,
        reasons.PREFERRED,
    ]
    assert [len(recorded(item)) for item in (first, second, third)] == [1, 1, 1]
    assert list(settled_again(10)) == []
    assert RewardPreference.objects.count() == 1


@pytest.mark.django_db
def test_an_order_that_comes_back_to_life_brings_the_same_reward_back() -> None:
    program = program_of_choice()
    member = advocate(program)
    referral = paid(program, member)
    set_status(referral.order, "Cancelled")
    settle(referral.pk)
    wanted(member, "credit")
    set_status(referral.order, "Pending")
    settle(referral.pk)
    (reward,) = Reward.objects.filter(side="advocate")
    assert (reward.kind, reward.state) == ("voucher", State.AVAILABLE)
    assert kinds() == ["voucher"]


@pytest.mark.django_db
def test_what_has_no_figures_in_the_orders_currency_is_passed_over(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True, "CURRENCIES": ["MYR", "SGD"]}
    both = {"MYR": {"value": 2000, "minimum": 8000}, "SGD": {"value": 700, "minimum": 2500}}
    program = program_of_choice(
        friend={"amounts": both},
        voucher={"amounts": {"MYR": {}, "SGD": {}}},
        credit={"amounts": {"MYR": {"value": 1500}}},
    )
    member = advocate(program)
    wanted(member, "credit")
    referral = paid(program, member, currency="SGD", discount=700)
    assert kinds() == ["voucher"]
    (choice,) = recorded(referral)
    assert choice["reason"] == reasons.CURRENCY_NOT_OFFERED
    assert choice["preferred"] == program.current_version.incentives.get(kind="credit").pk
    paid(program, member)
    assert kinds() == ["voucher", "credit"]


@pytest.mark.django_db
def test_a_kind_that_the_shop_has_no_more_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    program = program_of_choice()
    member = advocate(program)
    wanted(member, "credit")

    def without_credit(name: str) -> Any:
        if name == "credit":
            raise UnknownKind(name)
        return kind_of(name)

    with monkeypatch.context() as patch:
        patch.setattr(room, "kind_of", without_credit)
        referral = paid(program, member)
    settle(referral.pk)
    assert kinds() == ["voucher"]
    assert recorded(referral)[0]["reason"] == reasons.KIND_GONE


@pytest.mark.django_db
@pytest.mark.parametrize("position", [0, 2])
def test_the_one_named_first_is_the_one_with_the_lowest_position(position: int) -> None:
    program = program_of_choice(voucher={"position": position})
    paid(program, advocate(program))
    assert kinds() == ["voucher" if position == 0 else "credit"]


@pytest.mark.django_db
def test_in_a_later_version_the_same_kind_is_meant() -> None:
    program = program_of_choice()
    member = advocate(program)
    wanted(member, "credit")
    old = referred(program, member=member)
    more = [VOUCHER | {"percent": 25}, CREDIT | {"value": 1800}]
    publish_again(program, advocate=None, more=more, hold_days=0)
    program.refresh_from_db()
    new = referred(program, member=member)
    for referral in (new, old):
        pay(referral.order)
        settle(referral.pk)
    assert sorted(Reward.objects.filter(side="advocate").values_list("kind", "amount")) == [
        ("credit", 1500),
        ("credit", 1800),
    ]
    # What is chosen under the new version holds for claims of the old one as well.
    wanted(member, "voucher")
    assert RewardPreference.objects.count() == 1
    kinds()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("trigger", "number", "sources"),
    [(Trigger.MILESTONE, 2, ["milestone-2"]), (Trigger.EVERY_NTH, 1, ["every-1-1", "every-1-2"])],
)
def test_goals_are_reached_once_with_one_of_the_alternatives(
    trigger: str, number: int, sources: list[str]
) -> None:
    own = {"trigger": trigger, "number": number}
    program = program_of_choice(voucher=own, credit=own, advocate={"value": 100})
    member = advocate(program)
    first = paid(program, member)
    wanted(member, "credit")
    second = paid(program, member)
    wanted(member, "voucher")
    set_status(first.order, "Cancelled")
    settle(first.pk)
    third = paid(program, member)
    set_status(first.order, "Pending")
    for referral in (third, second, first, third):
        settle(referral.pk)
    rewards = Reward.objects.filter(incentive__choice="either").order_by("pk")
    found = [reward.source.rpartition("-")[0] for reward in rewards]
    assert found[: len(sources)] == sources
    assert len(found) == len(set(found))
    kinds()


@pytest.mark.django_db
def test_a_tier_belongs_to_its_alternative() -> None:
    program = program_of_choice(
        voucher={"tiers": {2: {"percent": 30}}},
        credit={"tiers": {2: {"currency": "MYR", "value": 4000}}},
    )
    member = advocate(program)
    for kind in ("voucher", "credit"):
        wanted(member, kind)
        paid(program, member)
    wanted(member, "voucher")
    paid(program, member)
    rewards = Reward.objects.filter(side="advocate").order_by("pk")
    assert [(item.kind, item.percentage, item.amount) for item in rewards] == [
        ("voucher", 20, 1),
        ("credit", None, 4000),
        ("voucher", 30, 1),
    ]
    kinds()


@pytest.mark.django_db
def test_limits_count_what_was_chosen() -> None:
    limit = {"scope": "advocate", "currency": "MYR", "amount": 2000}
    program = program_of_choice(voucher={"amounts": {"MYR": {"maximum": 5000}}}, limits=[limit])
    member = advocate(program)
    paid(program, member)
    wanted(member, "credit")
    paid(program, member)
    paid(program, member)
    rewards = Reward.objects.filter(side="advocate").order_by("pk")
    assert [(item.kind, item.state, item.reason) for item in rewards] == [
        ("voucher", State.VOIDED, reasons.CAP_REACHED),
        ("credit", State.AVAILABLE, reasons.PAID),
        ("credit", State.VOIDED, reasons.CAP_REACHED),
    ]


@pytest.mark.django_db
def test_the_decision_is_replayed_with_the_choice_in_it() -> None:
    program = program_of_choice()
    referral = paid(program, advocate(program))
    reward = Reward.objects.get(side="advocate")
    decision = Decision.objects.get(referral=referral, subject=reward.key)
    assert replay(decision.inputs).state == State.AVAILABLE
    assert decided_again([decision])["reward"].equal == 1
    options = decision.inputs["choice"]["options"]
    options[0]["in_currency"] = not options[0]["in_currency"]
    assert decided_again([decision])["reward"].differing == 1


@pytest.mark.django_db
def test_the_database_takes_no_second_alternative_and_no_other_one() -> None:
    program = program_of_choice()
    paid(program, advocate(program))
    reward = Reward.objects.get(side="advocate")
    other = program.current_version.incentives.get(kind="credit")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reward.objects.filter(pk=reward.pk).update(incentive=other)
    reward.pk, reward.voucher, reward.voucher_code, reward.incentive = None, None, "", other
    with pytest.raises(IntegrityError), transaction.atomic():
        reward.save(force_insert=True)
    assert Reward.objects.filter(side="advocate").count() == 1


@pytest.mark.django_db
def test_two_alternatives_for_one_occasion_are_found() -> None:
    program = program_of_choice()
    paid(program, advocate(program))
    reward = Reward.objects.get(side="advocate")
    reward.pk, reward.key, reward.voucher, reward.voucher_code = None, "reward:x", None, ""
    reward.incentive = program.current_version.incentives.get(kind="credit")
    reward.state = State.VOIDED
    reward.save(force_insert=True)
    findings = [str(finding) for finding in audit()]
    assert any("2 alternatives of one choice" in finding for finding in findings)


@pytest.mark.django_db
def test_programs_without_a_choice_ask_nothing_more() -> None:
    program = live_program(hold_days=0)
    referral = referred(program)
    pay(referral.order)
    with CaptureQueriesContext(connection) as queries:
        settle(referral.pk)
    assert not [query for query in queries if "rewardpreference" in query["sql"].lower()]


# Stating a preference


@pytest.mark.django_db
def test_only_what_is_offered_can_be_preferred() -> None:
    program = program_of_choice()
    member = advocate(program)
    version = program.current_version
    friends = version.incentives.get(side="friend")
    for pk in (friends.pk, 0, 10**6):
        with pytest.raises(NotOffered):
            prefer(advocate=member, incentive_id=pk, version=version)
    publish_again(program, advocate={"value": 900}, more=(), hold_days=0)
    program.refresh_from_db()
    credit = version.incentives.get(kind="credit")
    with pytest.raises(NotOffered):
        prefer(advocate=member, incentive_id=credit.pk, version=program.current_version)
    assert not RewardPreference.objects.exists()

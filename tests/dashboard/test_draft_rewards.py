"""Several incentives, kinds, triggers, tiers and limits in the one form of a draft."""

from __future__ import annotations

from typing import Any

import pytest

from oscar_referrals.programs.models import Incentive, Limit, ProgramVersion
from oscar_referrals.programs.problems import problems_of
from oscar_referrals.test.factories import draft_version
from tests.dashboard.pages import entered, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> ProgramVersion:
    return draft_version()


def filled(operator: Any, draft: ProgramVersion, **changes: str) -> Any:
    address = url("version-edit", draft.pk)
    data = entered(operator.get(address)) | {k.replace("__", "-"): v for k, v in changes.items()}
    return operator.post(address, {key: value for key, value in data.items() if value != ""})


def problems(draft: ProgramVersion) -> str:
    return " ".join(problems_of(ProgramVersion.objects.get(pk=draft.pk)))


SECOND = {
    "advocate-new": "1",
    "advocate-new1-value_type": "fixed",
    "advocate-new1-kind": "credit",
    "advocate-new1-trigger": "milestone",
    "advocate-new1-number": "5",
    "advocate-new1-validity_days": "365",
    "advocate-new1-MYR-offered": "on",
    "advocate-new1-MYR-value": "50",
}


def test_a_button_shows_one_more_incentive_and_saves_nothing(
    operator: Any, draft: ProgramVersion
) -> None:
    address = url("version-edit", draft.pk)
    before = draft.incentives.count()
    data = entered(operator.get(address)) | {"add": "advocate", "advocate-MYR-value": "77"}
    page = operator.post(address, data)
    assert page.status_code == 200
    text = page.content.decode()
    assert 'name="advocate-new1-kind"' in text
    assert 'name="friend-new1-kind"' not in text
    assert 'value="77"' in text
    assert draft.incentives.count() == before
    # It proposes what a new program proposes, and complains of nothing yet.
    added = page.context["form"].sides[1].others[-1]
    assert added.incentive["value_type"].value() == "fixed"
    assert "rf-error" not in text
    assert 'id="advocate-new1"' in text


def test_a_second_incentive_is_saved_and_removed(operator: Any, draft: ProgramVersion) -> None:
    assert filled(operator, draft, **SECOND).status_code == 302
    second = draft.incentives.get(side="advocate", position=1)
    assert (second.kind, second.trigger, second.number) == ("credit", "milestone", 5)
    assert second.amounts.get().value == 5000
    assert filled(operator, draft).status_code == 302
    assert draft.incentives.count() == 3
    assert filled(operator, draft, **{f"advocate-{second.pk}-remove": "on"}).status_code == 302
    assert not Incentive.objects.filter(pk=second.pk).exists()


def test_a_number_is_asked_for_where_the_trigger_has_one(
    operator: Any, draft: ProgramVersion
) -> None:
    page = filled(operator, draft, **(SECOND | {"advocate-new1-number": ""}))
    assert page.status_code == 422
    assert "Enter the number for this trigger." in page.content.decode()


def test_two_discounts_of_a_kind_at_the_till_are_refused(
    operator: Any, draft: ProgramVersion
) -> None:
    second = {key.replace("advocate", "friend"): value for key, value in SECOND.items()}
    second |= {"friend-new1-kind": "voucher", "friend-new1-trigger": "first_order"}
    page = filled(operator, draft, **second)
    assert page.status_code == 422
    assert "has a discount of this kind with the order already" in page.content.decode()


def test_tiers_are_written_and_read_back(operator: Any, draft: ProgramVersion) -> None:
    assert filled(operator, draft, **{"advocate-MYR-tiers": "5: 25; 20: 40,50"}).status_code == 302
    advocate = draft.incentives.get(side="advocate")
    assert list(advocate.tiers.values_list("from_number", "currency", "value")) == [
        (5, "MYR", 2500),
        (20, "MYR", 4050),
    ]
    page = operator.get(url("version-edit", draft.pk)).content.decode()
    assert "5: 25; 20: 40.5" in page
    assert filled(operator, draft).status_code == 302
    assert advocate.tiers.count() == 2


@pytest.mark.parametrize("text", ["5", "1: 25", "5: x", "5: 25; 5: 30", "5: 25.123", "5: -1"])
def test_a_tier_that_cannot_be_read_is_named(
    operator: Any, draft: ProgramVersion, text: str
) -> None:
    assert filled(operator, draft, **{"advocate-MYR-tiers": text}).status_code == 422


def test_limits_are_saved_changed_and_taken_away(operator: Any, draft: ProgramVersion) -> None:
    changes = {
        "limits-program-ever-money-MYR": "1000.50",
        "limits-advocate-month-count": "10",
        "limits-friend-ever-money-MYR": "20",
    }
    assert filled(operator, draft, **changes).status_code == 302
    found = set(draft.limits.values_list("scope", "window", "measure", "currency", "amount"))
    assert found == {
        ("program", "ever", "money", "MYR", 100050),
        ("advocate", "month", "count", "", 10),
        ("friend", "ever", "money", "MYR", 2000),
    }
    changes = {"limits-program-ever-money-MYR": "2000", "limits-advocate-month-count": ""}
    assert filled(operator, draft, **changes).status_code == 302
    assert draft.limits.count() == 2
    assert draft.limits.get(scope="program").amount == 200000


def test_refund_rules_and_hold_are_saved(operator: Any, draft: ProgramVersion) -> None:
    changes = {
        "rules-partial_refunds": "proportional",
        "rules-below_minimum": "lose",
        "rules-hold_from": "delivery",
    }
    assert filled(operator, draft, **changes).status_code == 302
    draft.refresh_from_db()
    assert (draft.partial_refunds, draft.below_minimum) == ("proportional", "lose")
    assert draft.hold_from == "delivery"


def test_a_shops_own_kind_can_be_chosen(
    operator: Any, draft: ProgramVersion, settings: Any
) -> None:
    path = "oscar_referrals.rewards.kinds.credit.CreditKind"
    settings.OSCAR_REFERRALS = settings.OSCAR_REFERRALS | {"REWARD_KINDS": (path,)}
    assert filled(operator, draft, **{"advocate-kind": path}).status_code == 302
    assert draft.incentives.get(side="advocate").kind == path


def test_what_most_programs_never_touch_is_closed(operator: Any, draft: ProgramVersion) -> None:
    page = operator.get(url("version-edit", draft.pk)).content.decode()
    form = page.partition("rf-editor__preview")[0]
    assert '<details class="rf-details" open>' not in form
    filled(operator, draft, **{"advocate-kind": "credit"})
    page = operator.get(url("version-edit", draft.pk)).content.decode()
    assert '<details class="rf-details" open>' in page.partition("rf-editor__preview")[0]


def test_a_money_limit_needs_a_maximum() -> None:
    limit = {"scope": "advocate", "currency": "MYR", "amount": 5000}
    draft = draft_version(limits=[limit], advocate={"percent": 10, "validity_days": 30})
    assert "has no maximum there" in problems(draft)
    draft.incentives.get(side="advocate").amounts.update(maximum=1000)
    assert problems(draft) == ""


def test_a_budget_needs_a_maximum_for_the_friend_as_well() -> None:
    draft = draft_version(friend={"percent": 10})
    cap = Limit.objects.create(
        version=draft, scope="advocate", measure="money", currency="MYR", amount=1
    )
    assert problems(draft) == ""
    cap.delete()
    Limit.objects.create(version=draft, scope="program", measure="money", currency="MYR", amount=1)
    assert "has no maximum there" in problems(draft)


def test_a_choice_of_one_and_a_mixed_choice_are_named() -> None:
    draft = draft_version()
    advocate = draft.incentives.get(side="advocate")
    advocate.choice = "either"
    advocate.save()
    assert "is a choice of one" in problems(draft)
    Incentive.objects.create(
        version=draft,
        side="advocate",
        trigger="sign_up",
        value_type="fixed",
        choice="either",
        kind="credit",
    )
    assert "must have the same side, trigger and number" in problems(draft)


CHOICES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "thresholds": ({"threshold": 1000}, {}, "must ask for the same order"),
    "currencies": ({}, {"amounts": {"SGD": {"value": 500}}}, "leaves nothing to choose"),
    "numbers": (
        {"trigger": "milestone", "number": 2},
        {"trigger": "milestone", "number": 3},
        "must have the same side, trigger and number",
    ),
    "till": ({"side": "friend"}, {"side": "friend"}, "can't be one of a choice"),
    "friend": (
        {"side": "friend", "trigger": "sign_up"},
        {"side": "friend", "trigger": "sign_up"},
        "Only advocates choose between rewards",
    ),
}


@pytest.mark.parametrize("case", CHOICES)
def test_a_choice_that_makes_no_sense_is_refused_in_words(settings: Any, case: str) -> None:
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True, "CURRENCIES": ["MYR", "SGD"]}
    first, second, words = CHOICES[case]
    own = {"side": "advocate", "choice": "either", "value": 500}
    # At the till a side has one voucher, so there the friend's own is taken away.
    friend = {"friend": None} if case == "till" else {}
    draft = draft_version(**friend, more=[own | first, own | {"kind": "credit"} | second])
    assert words in problems(draft)


def test_a_choice_of_two_is_no_problem() -> None:
    own = {"side": "advocate", "choice": "either", "value": 500}
    draft = draft_version(advocate=None, more=[own, own | {"kind": "credit"}])
    assert problems(draft) == ""

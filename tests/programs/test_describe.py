from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils.translation import override
from oscar.core.loading import get_model
from oscar.test.factories import create_product

from oscar_referrals.programs.changes import changes_of
from oscar_referrals.programs.describe import ORDER, describe
from oscar_referrals.programs.figures import figures_for
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.offer_sentence import offer_sentence
from oscar_referrals.programs.publish import publish
from oscar_referrals.programs.rules.precedence import WORDS, Way
from oscar_referrals.test.factories import draft_version, live_program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.OSCAR_REFERRALS = {
        "CURRENCY_SYMBOLS": {"MYR": "RM", "SGD": "S$"},
        "CURRENCIES": ("MYR", "SGD"),
    }
    with override("en-gb"):
        yield


def sentences(version: ProgramVersion) -> dict[str, str]:
    return {clause.key: clause.text.replace("\xa0", " ") for clause in describe(version)}


def offer(version: ProgramVersion, side: str, currency: str | None = None) -> str:
    return offer_sentence(version, side, currency).replace("\xa0", " ")


MYR_ONLY: dict[str, Any] = {"MYR": {"value": 2000, "minimum": 8000}}
BOTH: dict[str, Any] = MYR_ONLY | {"SGD": {"value": 800, "minimum": 3000}}


def test_a_simple_program_is_said_in_full() -> None:
    found = sentences(draft_version(friend={"amounts": BOTH}, advocate={"amounts": BOTH}))
    assert found["friend-value-MYR"] == (
        "The friend gets RM 20 off their first order if it is in Malaysian ringgits."
    )
    assert found["friend-value-SGD"] == (
        "The friend gets S$8 off their first order if it is in Singapore dollars."
    )
    assert found["friend-minimum-SGD"] == (
        "For orders in Singapore dollars, the goods must come to at least S$30 before discounts "
        "and delivery."
    )
    assert "friend-currencies" not in found
    assert found["advocate-currency"] == (
        "The voucher can be used for orders in the same currency as the friend's order."
    )


def test_a_currency_without_figures_is_named() -> None:
    found = sentences(draft_version())
    assert found["friend-value"] == "The friend gets RM 20 off their first order."
    assert found["friend-currencies"] == (
        "The discount is not available for orders in Singapore dollars."
    )


def test_clauses_stand_in_the_order_of_reading() -> None:
    keys = [clause.key for clause in describe(draft_version(friend={"amounts": BOTH}))]
    positions = [
        next(i for i, key in enumerate(ORDER) if found == key or found.startswith(f"{key}-"))
        for found in keys
    ]
    assert positions == sorted(positions)
    assert keys[:4] == [
        "friend-value-MYR",
        "friend-value-SGD",
        "friend-minimum-MYR",
        "friend-minimum-SGD",
    ]


def test_every_key_has_its_place() -> None:
    version = draft_version(
        friend={"percent": 10, "minimum": 100, "maximum": 5000},
        advocate={"value": 1500, "minimum": 100, "maximum": 1500},
        starts_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    known = {clause.key for clause in describe(version)}
    assert known <= set(ORDER)


def test_one_day_is_singular() -> None:
    found = sentences(draft_version(hold_days=1, attribution_days=1, wind_down_days=1))
    assert found["hold"].startswith("The voucher is issued 1 day after")
    assert found["claim-window"].startswith("The friend has 1 day to use")
    assert "be used for 1 day," in found["wind-down"]


def test_no_hold_and_no_wind_down_are_said() -> None:
    found = sentences(draft_version(hold_days=0, wind_down_days=0))
    assert found["hold"] == "The voucher is issued when the friend's order has been paid in full."
    assert "can no longer be used" in found["wind-down"]


def test_the_last_day_is_the_day_before_midnight() -> None:
    # Midnight in Kuala Lumpur is four in the afternoon before in UTC.
    version = draft_version(
        starts_at=datetime(2026, 2, 28, 16, tzinfo=UTC),
        ends_at=datetime(2026, 3, 31, 16, tzinfo=UTC),
    )
    assert sentences(version)["dates"] == "The program runs from 1 March 2026 to 31 March 2026."


def test_a_rest_of_a_discount_is_only_spoken_of_where_it_can_arise() -> None:
    found = sentences(draft_version(friend={"value": 2000, "minimum": 1000}))
    assert "friend-remainder" in found
    assert "friend-remainder" not in sentences(draft_version(name="b"))
    percent = draft_version(name="c", advocate={"percent": 10, "validity_days": 30})
    assert "advocate-remainder" not in sentences(percent)


@pytest.mark.parametrize(
    ("friend", "rules", "expected"),
    [
        ({"value": 2000}, {}, "RM 20 off your first order"),
        ({"value": 2000, "minimum": 8000}, {}, "RM 20 off your first order of RM 80 or more"),
        ({"percent": 15}, {}, "15% off your first order"),
        (
            {"percent": "12.5", "maximum": 5000},
            {},
            "12.5% (RM 50 at most) off your first order",
        ),
        ({"value": 2000}, {"new_customers_only": False}, "RM 20 off one order"),
    ],
)
def test_the_offer_in_few_words(friend: Any, rules: Any, expected: str) -> None:
    version = draft_version(friend=friend, **rules)
    assert offer(version, "friend") == expected
    assert offer(version, "friend", "MYR") == expected
    assert offer(version, "friend", "SGD") == ""


def test_the_advocates_offer_in_few_words() -> None:
    version = draft_version(advocate={"value": 1500, "minimum": 5000, "validity_days": 9})
    assert offer(version, "advocate") == "a voucher for RM 15 off an order of RM 50 or more"


def test_an_incomplete_draft_can_be_described() -> None:
    version = draft_version(friend=None, advocate={"amounts": {"MYR": {}}})
    found = sentences(version)
    assert "friend-value" not in found
    assert "advocate-value" not in found
    assert offer(version, "friend") == ""
    assert offer(version, "advocate") == ""
    assert figures_for(version, "friend") is None


def test_a_range_is_named_and_its_products_frozen() -> None:
    chosen = get_model("offer", "Range").objects.create(name="Teas")
    chosen.add_product(create_product())
    version = draft_version(friend={"value": 2000, "range": chosen})
    expected = (
        "The discount is for the products that “Teas” contained when these terms were published."
    )
    assert sentences(version)["friend-products"] == expected
    assert offer(version, "friend") == "RM 20 off selected products in your first order"
    version = publish(version=version)
    chosen.name = "Coffees"
    chosen.save()
    assert sentences(ProgramVersion.objects.get(pk=version.pk))["friend-products"] == expected


def test_the_summary_of_changes_says_what_changes_for_whom() -> None:
    program = live_program()
    version = draft_version(
        program=program, friend={"value": 1000, "minimum": 8000}, may_join="customers"
    )
    found = {change.key: change for change in changes_of(version)}
    assert set(found) == {"friend-value", "may-join"}
    assert found["friend-value"].before.replace("\xa0", " ") == (
        "The friend gets RM 20 off their first order."
    )
    assert found["friend-value"].after.replace("\xa0", " ") == (
        "The friend gets RM 10 off their first order."
    )
    assert found["friend-value"].whom == "Friends"
    assert found["may-join"].whom == "Friends and advocates"


def test_everything_is_new_in_a_first_version() -> None:
    assert all(change.before is None and change.after for change in changes_of(draft_version()))


def test_an_absent_clause_is_a_change_too() -> None:
    program = live_program()
    version = draft_version(program=program, friend={"value": 9000, "minimum": 0})
    found = {change.key: change for change in changes_of(version)}
    assert found["friend-minimum"].after is None
    assert found["friend-remainder"].before is None


def test_which_invitation_counts_is_said_in_the_order_in_which_it_is_decided() -> None:
    found = sentences(draft_version(link_days=1))
    assert found["precedence"].endswith("Of several of the same kind, the last one counts.")
    said = [found["precedence"].index(str(WORDS[way])) for way in Way]
    assert said == sorted(said)
    assert "only opened is remembered for 1 day, and only if" in found["link-window"]
    first = sentences(draft_version(name="b", credit_model="first", link_days=7))
    assert first["precedence"].endswith("Of several of the same kind, the first one counts.")
    assert "for 7 days" in first["link-window"]


def test_a_changed_model_is_a_change_that_is_shown_before_publishing() -> None:
    program = publish(version=draft_version()).program
    program.refresh_from_db()
    changed = changes_of(draft_version(program=program, credit_model="first", link_days=7))
    assert [change.key for change in changed] == ["precedence", "link-window"]

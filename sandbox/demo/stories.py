"""What single people of the year do and staff decide: one of each, so that no page is empty."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.sites.models import Site
from django.utils import timezone

from oscar_referrals.attribution.late_claims import claim_late, decline_late_claim
from oscar_referrals.attribution.models import Claim
from oscar_referrals.identity import visitor_key
from oscar_referrals.members.alias import set_alias
from oscar_referrals.members.membership import accept_terms, latest_terms
from oscar_referrals.members.models import Advocate
from oscar_referrals.members.names import found_by_name, set_findable
from oscar_referrals.rewards.assign import request_assignment
from oscar_referrals.rewards.code_care import replace_by_staff
from oscar_referrals.rewards.merge import merge_advocates
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.sharing.models import Touch
from oscar_referrals.sharing.own_code import choose_code
from oscar_referrals.sharing.sources import Source

from . import people, till
from .friends import arrive, order_as_friend
from .programs import operator

if TYPE_CHECKING:
    from .year import Year

OWN_CODE = "KOPI-AISYAH"
#: Names on the leaderboard; the first is that of whoever signs in as the advocate.
ALIASES = (
    "Kopi Aisyah",
    "Cik Liberica",
    "Teh Tarik Kaw",
    "Abang Arang",
    "Puan Pandan",
    "Gula Melaka",
    "Pagi-Pagi",
    "Uncle Kopi O",
)
SECOND_ACCOUNT = "orders@wanderlust-studio.example"


def plan_stories(year: Year) -> None:
    """Write down what happens to whom."""
    advocate = people.ADVOCATE.email
    year.at(206, _buy, year, advocate)
    year.at(150, _open_second_account, year)
    year.at(130, arrive, year, 910, "paid", SECOND_ACCOUNT)
    year.at(126, _order_with_wrong_code, year)
    year.at(116, _accept_the_change, year, advocate)
    year.at(110, _order_alone, year, 921, ("Ganesh", "Pillai"), _say_and_be_declined)
    year.at(95, _may_be_found, year, advocate)
    year.at(90, _choose_code, year, advocate)
    year.at(62, _join_leaderboard, year)
    year.at(44, _merge, year)
    year.at(33, _name_the_advocate, year)
    # Some weeks with more friends: the month's leaderboard has names at any time.
    for number in range(8):
        year.at(36 - number * 4.3, _come_by_leader, year, 930 + number)
    year.at(9, _order_alone, year, 922, ("Soraya", "Hashim"), _ask_colleague)
    year.at(6, _replace_code, year)
    year.at(4, _order_alone, year, 923, ("Benedict", "Chua"), _say_who_it_was)


# Advocates


def _buy(year: Year, email: str) -> None:
    """Whoever signs in as the advocate finds an order in the history."""
    user = get_user_model().objects.get(email=email)
    _order(year, user, name=(user.first_name, user.last_name))


def _accept_the_change(year: Year, email: str) -> None:
    """So there are two receipts; what changed again since then waits to be read."""
    member = year.member(email)
    terms = latest_terms(year.program.current_version, member.language)
    accept_terms(advocate=member, terms_id=terms.pk, method="change")


def _may_be_found(year: Year, email: str) -> None:
    set_findable(advocate=year.member(email), findable=True)


def _choose_code(year: Year, email: str) -> None:
    choose_code(advocate=year.member(email), text=OWN_CODE)


def _join_leaderboard(year: Year) -> None:
    for alias, advocate in zip(ALIASES, _leaders(year), strict=False):
        set_alias(advocate=advocate, alias=alias, on_leaderboard=True)


def _leaders(year: Year) -> list[Advocate]:
    """The advocate who signs in, and the first of the others."""
    own = year.member(people.ADVOCATE.email)
    return [own, *(member for member in year.members() if member.pk != own.pk)]


def _come_by_leader(year: Year, number: int) -> None:
    leader = _leaders(year)[(0, 1, 1, 2, 0, 3, 1, 4)[number % 8]]
    arrive(year, number, "paid", leader.user.email)


# A friend who names the advocate


def _name_the_advocate(year: Year) -> None:
    name = f"{people.ADVOCATE.first_name} {people.ADVOCATE.last_name}"
    advocate = found_by_name(site_id=Site.objects.get_current().pk, name=name)
    order_as_friend(
        year,
        911,
        "paid",
        code_for(advocate=advocate),
        method=Claim.Method.NAME,
        visitor=visitor_key("friend 911"),
        source=Source(consent=Touch.Consent.ASKED_FOR),
    )


# Claims after the order


def _order_alone(year: Year, number: int, name: tuple[str, str], then: Any) -> None:
    """A new customer orders without a code; two days later ``then`` happens to the order."""
    order = _order(year, _new_customer(name), name=name)
    year.plan_next(timezone.now() + timedelta(days=2), then, year, order)


def _say_who_it_was(year: Year, order: Any) -> None:
    """Waits for staff."""
    claim_late(
        order=order,
        named=code_for(advocate=_leaders(year)[1]).pretty,
        how="She poured me a cup of your liberica on Saturday, and I ordered the same evening.",
        language="en-gb",
    )


def _say_and_be_declined(year: Year, order: Any) -> None:
    said = claim_late(
        order=order,
        named="Encik Kamal from the badminton club",
        how="Dia yang cerita pasal kopi ini.",
        language="ms",
    )
    decline_late_claim(
        late_claim_id=said.pk,
        actor=operator(),
        note="Nobody of this name takes part.",
        customer_note="Kami tidak menjumpai rakan anda dalam program ini. Terima kasih.",
    )


def _order_with_wrong_code(year: Year) -> None:
    """The friend used a code found somewhere, and says afterwards who it really was."""
    name = ("Melati", "Suharto")
    user, rival = _new_customer(name), year.members()[2]
    code = code_for(advocate=rival)
    order = order_as_friend(year, 920, "paid", code, user=user, method=Claim.Method.TYPED)
    if order is not None:
        year.plan_next(timezone.now() + timedelta(days=1), _say_and_be_credited, year, order)


def _say_and_be_credited(year: Year, order: Any) -> None:
    said = claim_late(
        order=order,
        named=people.ADVOCATE.email,
        how="Kode itu saya temukan di forum. Yang mengajak saya sebenarnya Aisyah.",
        language="id",
    )
    request_assignment(
        order=order,
        code=code_for(advocate=year.member(people.ADVOCATE.email)),
        actor=operator(),
        note="The friend typed a code from a coupon forum.",
        evidence="Both of them wrote to us on the day of the order.",
        late_claim=said,
    )


def _ask_colleague(year: Year, order: Any) -> None:
    """Waits for the operator: it is worth more than one person may give alone."""
    request_assignment(
        order=order,
        code=code_for(advocate=_leaders(year)[2]),
        actor=get_user_model().objects.get(email=people.ENGINEER.email),
        note="The code was refused on her phone by a fault of ours.",
        evidence="Screenshot of the basket in her mail of Monday; the code stands in it.",
    )


# Staff


def _open_second_account(year: Year) -> None:
    first = year.customers[20]
    year.join_user(first)
    second = get_user_model().objects.create_user(
        SECOND_ACCOUNT, people.PASSWORD, first_name=first.first_name, last_name=first.last_name
    )
    year.join_user(second)


def _merge(year: Year) -> None:
    merge_advocates(
        kept_id=year.join_user(year.customers[20]).pk,
        merged_id=year.member(SECOND_ACCOUNT).pk,
        actor=operator(),
        note="Both accounts are hers: she asked us by mail to keep the private one.",
    )


def _replace_code(year: Year) -> None:
    """It was found in a collection of coupons; who has it from a friend may use it a while yet."""
    replace_by_staff(
        code=code_for(advocate=_leaders(year)[4]),
        text=None,
        grace=timedelta(days=30),
        note="The code stands in a public list of coupons.",
        actor=operator(),
    )


def _order(year: Year, user: Any, *, name: tuple[str, str]) -> Any:
    order = till.place(till.fill_basket(user, year.products(3, 4)), name=name)
    till.take_payment(order)
    till.move_to(order, "Paid", "Being packed", "Shipped")
    return order


def _new_customer(name: tuple[str, str]) -> Any:
    first, last = name
    return get_user_model().objects.create_user(
        f"{first}.{last}@example.net".lower(),
        people.PASSWORD,
        first_name=first,
        last_name=last,
    )

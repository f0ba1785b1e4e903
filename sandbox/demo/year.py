"""A believable year of referrals, lived through the real services with a clock that is turned back.

Nothing is inserted into the tables of the referral system: customers join, friends open links, type
codes and order, parcels are paid, cancelled and refunded, and the periodic work runs once a week.
The seed is fixed, so every sandbox has lived through the same year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from random import Random
from typing import Any

import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test.utils import override_settings
from django.utils import timezone
from oscar.core.loading import get_model

from oscar_referrals.attribution.claims import ClaimRefused, claim_offer
from oscar_referrals.attribution.models import Claim
from oscar_referrals.checkout.attach import attach
from oscar_referrals.checkout.person import Shopper
from oscar_referrals.checkout.rewards_in_basket import put_into
from oscar_referrals.identity import email_key, visitor_key
from oscar_referrals.members.membership import advocate_of, join
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import lifecycle
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.adjust import adjust
from oscar_referrals.rewards.give import give
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.sharing.touches import record

from . import people, till
from .names import sixty
from .programs import FESTIVE, FIRST, PILOT, SECOND, begin, go_live, operator, write_draft
from .progress import Progress

SEED = 20251
#: The last thing that is prepared in the year: it is there when the year is complete.
FESTIVE_SLUG = "kawan-kopi-raya"
LANGUAGES = ("en-gb", "ms", "ms", "id")


def load_year(progress: Progress) -> None:
    """Live through the year, unless it has been lived already."""
    if Program.objects.filter(slug=FESTIVE_SLUG).exists():
        return
    if Program.objects.exists():
        raise CommandError(
            "The year of referrals was interrupted. Begin anew with: make sandbox-reset"
        )
    year = Year(now=timezone.now())
    year.plan()
    # The mails of the past have been sent; nobody needs them in the mail folder today.
    quiet = override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
    with quiet, progress.step("Living through a year", total=len(year.events)) as advance:
        for _moment in year.live():
            advance()


@dataclass(frozen=True, order=True)
class Event:
    """Something that happens at a moment of the year; of several, the one planned first."""

    at: datetime
    place: int
    happen: Callable[[], None] = field(compare=False)


@dataclass
class Year:
    """The plan of the year: what happens when, and to whom. What happens may plan more."""

    now: datetime
    random: Random = field(default_factory=lambda: Random(SEED))
    #: A heap, the next one first.
    events: list[Event] = field(default_factory=list)
    planned: int = 0
    customers: list[Any] = field(default_factory=list)
    program: Program | None = None

    def plan(self) -> None:
        """Write down every event of the year."""
        self._plan_programs()
        self._plan_customers()
        self._plan_friends()
        for week in range(52):
            self._at(363 - week * 7, self._work, hour=3)
        self._at(0, self._work)

    def live(self, until: datetime | None = None) -> Iterator[datetime]:
        """Let happen what is planned, one after the other; the moment of each."""
        while self.events and (until is None or self.events[0].at <= until):
            event = heappop(self.events)
            with time_machine.travel(event.at, tick=False):
                event.happen()
            yield event.at

    def _at(self, days_ago: float, happen: Callable[..., None], *args: Any, hour: int = 0) -> None:
        moment = self.now - timedelta(days=days_ago)
        if hour:
            moment = moment.replace(hour=hour, minute=7)
        self._plan(min(moment, self.now), happen, *args)

    def _plan(self, moment: datetime, happen: Callable[..., None], *args: Any) -> None:
        self.planned += 1
        heappush(self.events, Event(moment, self.planned, partial(happen, *args)))

    def _plan_programs(self) -> None:
        self._at(364, self._start, "Kawan Kopi pilot", "pilot", PILOT)
        self._at(290, self._end_pilot)
        self._at(280, self._start, "Kawan Kopi", "kawan-kopi", FIRST)
        self._at(120, self._improve)
        self._at(24, self._apologize, people.ADVOCATE.email)
        self._at(0, self._prepare_festive)

    def _plan_customers(self) -> None:
        for number, name in enumerate(sixty(self.random)):
            day = 362 - number * 5.5
            self._at(day, self._register, number, name)
            self._at(day - 0.01, self._buy, number)
            for _again in range(self.random.choice((0, 1, 1, 2, 3))):
                later = self.random.uniform(0.5, max(day - 1, 1))
                self._at(later, self._buy, number)
            if self.random.random() < 0.6:
                self._at(max(day - self.random.uniform(1, 20), 0.4), self._join, number)
        self._at(200, self._join_by_email, people.ADVOCATE.email)

    def _plan_friends(self) -> None:
        ends = ["paid"] * 14 + ["cancelled", "refunded", "unpaid", "small", "own", "known", "look"]
        for number in range(75):
            day = 350 - number * 4.6
            if 280 < day < 290:
                continue
            end = ends[number % len(ends)]
            self._at(max(day, 0.3), self._arrive, number, end)
        # Whoever signs in as the advocate finds every kind of referral there is.
        for number, (day, end) in enumerate(
            ((150, "paid"), (100, "paid"), (60, "refunded"), (40, "cancelled"), (5, "paid")),
            start=900,
        ):
            self._at(day, self._arrive, number, end, people.ADVOCATE.email)

    # What happens

    def _start(self, name: str, slug: str, promise: Any) -> None:
        self.program = begin(name, slug, promise)
        go_live(self.program)

    def _end_pilot(self) -> None:
        lifecycle.end(
            program=Program.objects.get(slug="pilot"),
            actor=operator(),
            reason="The pilot is over.",
        )

    def _improve(self) -> None:
        write_draft(self.program, SECOND)
        go_live(self.program)

    def _apologize(self, email: str) -> None:
        customer = get_user_model().objects.get(email=email)
        reward = give(
            program=self.program,
            user=customer,
            amount=1250,
            currency="MYR",
            actor=operator(),
            note="The parcel of her last order came a week late.",
            validity_days=180,
        )
        adjust(reward_id=reward.pk, by=-250, actor=operator(), note="Entered RM 12.50 for RM 10.")

    def _prepare_festive(self) -> None:
        begin("Kawan Kopi Raya", FESTIVE_SLUG, FESTIVE)

    def _register(self, number: int, name: tuple[str, str]) -> None:
        first, last = name
        email = f"{first}.{last}{number}@example.com".lower()
        self.customers.append(
            get_user_model().objects.create_user(
                email, people.PASSWORD, first_name=first, last_name=last
            )
        )

    def _buy(self, number: int) -> None:
        user = self.customers[number]
        basket = till.fill_basket(user, self._products(1, 3))
        ready = Reward.objects.filter(owner=user, state="available", spent_order_number="")
        reward = ready.filter(kind="voucher").first()
        if reward is not None and self.random.random() < 0.7:
            put_into(basket, reward, user)
        order = till.place(basket, name=(user.first_name, user.last_name))
        # Half of a wallet, so that its page has both a balance and a history to show.
        credit = till.take_credit(order, basket) if ready.filter(kind="credit").exists() else 0
        till.take_payment(order, credit=credit)
        till.move_to(order, "Paid", "Being packed", "Shipped", "Complete")

    def _join(self, number: int) -> None:
        if self.program.status == Program.Status.LIVE and number < len(self.customers):
            self._join_user(self.customers[number])

    def _join_by_email(self, email: str) -> None:
        self._join_user(get_user_model().objects.get(email=email))

    def _join_user(self, user: Any) -> None:
        advocate = advocate_of(self.program, user)
        if advocate is None or not advocate.is_member:
            advocate = join(
                program=self.program,
                user=user,
                language=self.random.choice(LANGUAGES),
                method="account",
                show_name=self.random.random() < 0.5,
            )
        code_for(advocate=advocate)

    def _arrive(self, number: int, end: str, email: str = "") -> None:
        code = self._a_code(email)
        if code is None:
            return
        for click in range(self.random.choice((1, 1, 2, 3))):
            record(
                code=code,
                method="link",
                version=self.program.current_version,
                visitor=visitor_key(f"{number}:{click}"),
            )
        if end != "look":
            self._order_as_friend(number, end, code)

    def _order_as_friend(self, number: int, end: str, code: ReferralCode) -> None:
        email, user = f"friend{number}@example.net", None
        if end == "own":
            email = code.advocate.user.email
        elif end == "known" and self.customers:
            user = self.random.choice(self.customers)
        small = end == "small"
        basket = till.fill_basket(user, self._products(1, 1) if small else self._products(3, 5))
        person = Shopper(user, email, email_key(email if user is None else user.email))
        try:
            claim = claim_offer(code=code, method=Claim.Method.LINK, user=user, email=email)
        except ClaimRefused:
            # Told why, the friend leaves; the click is counted all the same.
            return
        attach(basket, claim, person)
        order = till.place(basket, name=("Friend", str(number)), guest_email="" if user else email)
        self._finish(order, end)

    def _finish(self, order: Any, end: str) -> None:
        if end == "unpaid":
            till.expect_transfer(order)
            return
        till.take_payment(order)
        till.move_to(order, "Paid", "Being packed", "Shipped")
        moment = timezone.now() + timedelta(days=self.random.uniform(2, 30))
        if end in ("cancelled", "refunded") and moment < self.now:
            self._plan(moment, self._take_back, order, end)

    def _take_back(self, order: Any, end: str) -> None:
        till.give_back(order) if end == "refunded" else till.move_to(order, "Cancelled")

    def _work(self) -> None:
        call_command("referrals_work", verbosity=0)

    def _a_code(self, email: str) -> ReferralCode | None:
        if self.program.status != Program.Status.LIVE:
            return None
        members = Advocate.objects.filter(program=self.program, joined_at__isnull=False)
        if email:
            members = members.filter(user__email=email)
        # A few advocates bring most of the friends, as everywhere.
        members = list(members.order_by("id"))
        if not members:
            return None
        member = members[min(int(self.random.expovariate(0.25)), len(members) - 1)]
        return code_for(advocate=member)

    def _products(self, least: int, most: int) -> list[Any]:
        shelf = list(
            get_model("catalogue", "Product")
            .objects.filter(stockrecords__num_in_stock__gt=20)
            .distinct()
            .order_by("id")
        )
        return self.random.sample(shelf, self.random.randint(least, most))

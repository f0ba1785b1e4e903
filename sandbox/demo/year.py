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

from oscar_referrals.checkout.rewards_in_basket import put_into
from oscar_referrals.members.membership import advocate_of, join
from oscar_referrals.members.models import Advocate
from oscar_referrals.programs import lifecycle
from oscar_referrals.programs.models import Program
from oscar_referrals.rewards.adjust import adjust
from oscar_referrals.rewards.give import give
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.sharing.offered import offer_channels

from . import friends, people, spreading, stories, till
from .names import sixty
from .programs import (
    FESTIVE,
    FIRST,
    PILOT,
    SECOND,
    THIRD,
    Promise,
    begin,
    go_live,
    operator,
    write_draft,
)
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
    happen: Callable[[], Any] = field(compare=False)


@dataclass
class Year:
    """The plan of the year: what happens when, and to whom. What happens may plan more."""

    now: datetime
    random: Random = field(default_factory=lambda: Random(SEED))
    #: Of its own, so that more or fewer shares change nothing of what is bought.
    spread: Random = field(default_factory=lambda: Random(SEED + 1))
    #: A heap, the next one first.
    events: list[Event] = field(default_factory=list)
    planned: int = 0
    customers: list[Any] = field(default_factory=list)
    program: Program | None = None

    def plan(self) -> None:
        """Write down every event of the year."""
        self._plan_programs()
        self._plan_customers()
        friends.plan_friends(self)
        spreading.plan_shares(self)
        stories.plan_stories(self)
        for week in range(52):
            self.at(363 - week * 7, self._work, hour=3)
        self.at(0, self._work)

    def live(self, until: datetime | None = None) -> Iterator[datetime]:
        """Let happen what is planned, one after the other; the moment of each."""
        while self.events and (until is None or self.events[0].at <= until):
            event = heappop(self.events)
            with time_machine.travel(event.at, tick=False):
                event.happen()
            yield event.at

    def at(self, days_ago: float, happen: Callable[..., Any], *args: Any, hour: int = 0) -> None:
        """Plan by the days before now, at ``hour`` o'clock if that is given."""
        moment = self.now - timedelta(days=days_ago)
        if hour:
            moment = moment.replace(hour=hour, minute=7)
        self.plan_next(min(moment, self.now), happen, *args)

    def plan_next(self, moment: datetime, happen: Callable[..., Any], *args: Any) -> None:
        """Plan by the moment, also while the year is lived."""
        self.planned += 1
        heappush(self.events, Event(moment, self.planned, partial(happen, *args)))

    def _plan_programs(self) -> None:
        self.at(364, self._start, "Kawan Kopi pilot", "pilot", PILOT)
        self.at(290, self._end_pilot)
        self.at(280, self._start, "Kawan Kopi", "kawan-kopi", FIRST)
        self.at(121, self._improve, SECOND)
        self.at(12, self._improve, THIRD)
        self.at(24, self._apologize, people.ADVOCATE.email)
        self.at(0, self._prepare_festive)

    def _plan_customers(self) -> None:
        for number, name in enumerate(sixty(self.random)):
            day = 362 - number * 5.5
            self.at(day, self._register, number, name)
            self.at(day - 0.01, self._buy, number)
            for _again in range(self.random.choice((0, 1, 1, 2, 3))):
                later = self.random.uniform(0.5, max(day - 1, 1))
                self.at(later, self._buy, number)
            if self.random.random() < 0.6:
                self.at(max(day - self.random.uniform(1, 20), 0.4), self._join, number)
        self.at(200, self._join_by_email, people.ADVOCATE.email)

    # What happens

    def _start(self, name: str, slug: str, promise: Any) -> None:
        self.program = begin(name, slug, promise)
        if slug != "pilot":
            offer_channels(program=self.program, slugs=spreading.OFFERED)
        go_live(self.program)

    def _end_pilot(self) -> None:
        lifecycle.end(
            program=Program.objects.get(slug="pilot"),
            actor=operator(),
            reason="The pilot is over.",
        )

    def _improve(self, promise: Promise) -> None:
        write_draft(self.program, promise)
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
        basket = till.fill_basket(user, self.products(1, 3))
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
        if self.is_live and number < len(self.customers):
            self.join_user(self.customers[number])

    def _join_by_email(self, email: str) -> None:
        self.join_user(get_user_model().objects.get(email=email))

    def join_user(self, user: Any) -> Advocate:
        """Let an account take part, and have a code."""
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
        return advocate

    def _work(self) -> None:
        call_command("referrals_work", verbosity=0)

    @property
    def is_live(self) -> bool:
        """Somebody may join and share."""
        return self.program is not None and self.program.status == Program.Status.LIVE

    def members(self) -> list[Advocate]:
        """Who takes part in the program that is live, in the order of joining; empty if none is."""
        if not self.is_live:
            return []
        members = Advocate.objects.filter(program=self.program, joined_at__isnull=False)
        return list(members.filter(merged_into=None).select_related("user").order_by("id"))

    def member(self, email: str) -> Advocate:
        """The member with this address, who joins now if need be."""
        return self.join_user(get_user_model().objects.get(email=email))

    def products(self, least: int, most: int) -> list[Any]:
        """Some of what is in stock."""
        shelf = list(
            get_model("catalogue", "Product")
            .objects.filter(stockrecords__num_in_stock__gt=20)
            .distinct()
            .order_by("id")
        )
        return self.random.sample(shelf, self.random.randint(least, most))

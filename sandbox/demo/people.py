"""The people whose logins the sandbox prints."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from oscar.core.application import OscarConfig
from oscar.core.loading import get_model

from wagtail_referrals.groups import permit_editors

from .progress import Progress

PASSWORD = "rimba-demo"
OPERATORS = "Shop operators"
#: Groups that Wagtail creates itself.
EDITORS = "Moderators"


@dataclass(frozen=True)
class Person:
    """A login. ``purpose`` is what the start page of the terminal says about it."""

    email: str
    first_name: str
    last_name: str
    purpose: str
    group: str | None = None
    is_staff: bool = False
    is_superuser: bool = False
    address: tuple[str, str, str] | None = None


OPERATOR = Person(
    "operator@example.com",
    "Farah",
    "Aziz",
    "runs the shop: orders, referrals, reports",
    group=OPERATORS,
    is_staff=True,
)
EDITOR = Person(
    "editor@example.com",
    "Daniel",
    "Lim",
    "writes the website: pages and terms",
    group=EDITORS,
)
ADVOCATE = Person(
    "advocate@example.com",
    "Aisyah",
    "Rahman",
    "a happy customer who tells others",
    address=("18 Jalan Telawi", "Kuala Lumpur", "59100"),
)
FRIEND = Person(
    "friend@example.com",
    "Kumar",
    "Nair",
    "a new customer who was told about the shop",
    address=("7 Lorong Abu Siti", "George Town", "10400"),
)
ENGINEER = Person(
    "engineer@example.com",
    "Mei Ling",
    "Tan",
    "sees everything, Django's admin included",
    is_staff=True,
    is_superuser=True,
)
PEOPLE = (OPERATOR, EDITOR, ADVOCATE, FRIEND, ENGINEER)


def is_loaded() -> bool:
    return get_user_model().objects.filter(email__in=[p.email for p in PEOPLE]).count() == len(
        PEOPLE
    )


def load_people(progress: Progress) -> None:
    """Create the logins; those who are there already keep what they are."""
    with progress.step("Inviting people", total=len(PEOPLE)) as advance:
        for person in PEOPLE:
            _create(person)
            advance()


def permit_operators() -> None:
    """Let operators do all that Oscar's apps offer, those added since the last start included.

    Editors may do what referral editors do.
    """
    labels = [
        config.label
        for config in apps.get_app_configs()
        if isinstance(config, OscarConfig) or config.name.startswith("oscar_")
    ]
    group, __ = Group.objects.get_or_create(name=OPERATORS)
    # Seeing customers is part of the work; changing them would let operators promote themselves.
    seeing_customers = Permission.objects.filter(
        content_type__app_label=get_user_model()._meta.app_label, codename="view_user"
    )
    everything = Permission.objects.filter(content_type__app_label__in=labels)
    group.permissions.set(everything | seeing_customers)
    # Whoever writes the terms sees in Wagtail which programs they are for, and what they bring.
    permit_editors(Group.objects.get(name=EDITORS))


def _create(person: Person) -> None:
    users = get_user_model().objects
    if users.filter(email=person.email).exists():
        return
    user = users.create_user(
        person.email, PASSWORD, first_name=person.first_name, last_name=person.last_name
    )
    if person.is_staff:
        user.is_staff, user.is_superuser = True, person.is_superuser
        user.save(update_fields=["is_staff", "is_superuser"])
    if person.group:
        user.groups.add(Group.objects.get_or_create(name=person.group)[0])
    if person.address:
        line1, city, postcode = person.address
        get_model("address", "UserAddress").objects.create(
            user=user,
            first_name=person.first_name,
            last_name=person.last_name,
            line1=line1,
            line4=city,
            postcode=postcode,
            country=get_model("address", "Country").objects.get(pk="MY"),
            is_default_for_shipping=True,
        )

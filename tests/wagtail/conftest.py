"""A program with terms pages in every language, in a project that takes its terms from Wagtail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

HERE = Path(__file__).parent
# Without Wagtail the modules here can't even be imported.
collect_ignore_glob = [] if apps.is_installed("wagtail") else ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.wagtail)
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(autouse=True)
def terms_from_pages(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {
        **settings.OSCAR_REFERRALS,
        "TERMS_SOURCE": "wagtail_referrals.terms_source.WagtailTerms",
    }


@pytest.fixture(autouse=True)
def page_tree(db: None) -> None:
    """Other tests empty the tables, and with them what Wagtail's migrations bring."""
    from tests.wagtail.website import plant_tree

    plant_tree()


@pytest.fixture
def program() -> Any:
    """A draft program whose first version could be published but for its terms."""
    from tests.wagtail.website import make_program

    return make_program()


@pytest.fixture
def pages(program: Any) -> dict[str, Any]:
    """Its terms pages, live and ready for the first version, by language."""
    from tests.wagtail.website import write_terms

    return write_terms(program)


@pytest.fixture
def live(program: Any, pages: dict[str, Any]) -> Any:
    """The program after its first version was published."""
    from oscar_referrals.programs.publish import publish

    publish(version=program.versions.get())
    program.refresh_from_db()
    return program


@pytest.fixture
def editor(client: Any) -> Any:
    """A browser in which a superuser has signed in."""
    from tests.shop import customer

    client.force_login(
        customer(is_staff=True, is_superuser=True),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


@pytest.fixture
def signed_in() -> Any:
    """Browsers of people who may enter Wagtail's admin, and have these permissions of ours."""

    def signed_in(*codenames: str, is_staff: bool = False) -> Any:
        from django.contrib.auth.models import Permission
        from django.db.models import Q
        from django.test import Client

        from tests.shop import customer

        user = customer(is_staff=is_staff)
        ours = Q(content_type__app_label__in=["oscar_referrals", "wagtail_referrals"])
        user.user_permissions.set(
            Permission.objects.filter(Q(codename="access_admin") | ours & Q(codename__in=codenames))
        )
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def referral(live: Any) -> Any:
    """What `guests_order` made of the program."""
    from tests.rewards.cases import guests_order

    return guests_order(live)

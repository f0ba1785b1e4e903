"""What every test stands on, whichever of the projects it runs in."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
import pytest_django
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from tests import database

settings.register_profile(
    "default",
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.register_profile(
    "soak",
    settings.get_profile("default"),
    max_examples=int(os.environ.get("SOAK_EXAMPLES", "2000")),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_report_header() -> str:
    from django.conf import settings as django_settings

    return f"settings: {django_settings.SETTINGS_MODULE}; database: {connection.vendor}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this run's database or project can't answer, and say how many."""
    missing = set()
    if connection.vendor != "postgresql":
        missing.add("postgres")
    if not apps.is_installed("wagtail"):
        missing.add("wagtail")
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in missing)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish() -> None:
    """Spare the many objects that stay until the end from being looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    return database.begin()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    with django_db_blocker.unblock():
        database.keep()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: database.restore())
        yield
    with django_db_blocker.unblock():
        database.remove()


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Throttles and other counters start at nought in each test."""
    cache.clear()
    yield

"""Keeping a fault of ours out of the transaction that the request runs in.

With ``ATOMIC_REQUESTS`` a receiver runs inside the request's transaction, and after a database
error PostgreSQL refuses every further statement of it: a fault that is caught and logged would cost
the order all the same. Without it there is nothing to poison, and nothing here costs a query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def own_savepoint() -> Iterator[None]:
    """With ``ATOMIC_REQUESTS``, a savepoint (two queries); else nothing.

    For what only a basket or order with something of ours reaches.
    """
    if _in_request_transaction():
        with transaction.atomic():
            yield
    else:
        yield


def after_the_request(action: Callable[..., None], **arguments: Any) -> None:
    """With ``ATOMIC_REQUESTS``, do it once the request's transaction is through; else at once.

    For what every order does, which may cost no savepoint. Lost if the request is rolled back, as
    the order itself is then.
    """
    if _in_request_transaction():
        # As a function: Django logs the name of one that fails, and a partial has none.
        transaction.on_commit(lambda: action(**arguments), robust=True)
    else:
        action(**arguments)


def _in_request_transaction() -> bool:
    return connection.in_atomic_block and bool(connection.settings_dict.get("ATOMIC_REQUESTS"))

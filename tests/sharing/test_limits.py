"""How often: from one address, in one session, by one account."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from oscar_referrals.sharing.limits import Limit, address_of, count, is_reached, take

LIMIT = Limit("test", 2, timedelta(minutes=1))


def request(address: str = "192.0.2.1", session: str = "", account: int = 0) -> Any:
    made: Any = RequestFactory().get("/", REMOTE_ADDR=address)
    made.session = SimpleNamespace(session_key=session or None)
    made.user = SimpleNamespace(pk=account, is_authenticated=True) if account else AnonymousUser()
    return made


@pytest.mark.parametrize(
    "same",
    [{}, {"address": "192.0.2.2", "session": "s"}, {"address": "192.0.2.2", "account": 7}],
    ids=["address", "session", "account"],
)
def test_the_third_time_is_too_often_by_whatever_it_is_known(same: Any) -> None:
    first = request(session="s", account=7)
    assert take(first, LIMIT)
    assert not is_reached(request(**same), LIMIT)
    assert take(request(**same), LIMIT)
    assert is_reached(request(**same), LIMIT)
    assert not take(request(**same), LIMIT)
    assert not is_reached(request(address="192.0.2.3"), LIMIT)


def test_it_begins_anew_when_the_time_is_over() -> None:
    assert [count(request(), LIMIT) for _ in range(3)] == [1, 2, 3]
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=False):
        assert count(request(), LIMIT) == 1


def test_one_persons_many_addresses_of_ipv6_are_one() -> None:
    near, far = "2001:db8:1:2:a::1", "2001:db8:1:3::1"
    assert address_of(request(near)) == address_of(request("2001:db8:1:2::9"))
    assert address_of(request(near)) != address_of(request(far))
    assert address_of(request("::ffff:192.0.2.1")) != address_of(request("::ffff:192.0.2.2"))
    assert address_of(request("unix:")) == "unix:"

"""Nobody learns from an answer, or from the work behind it, which codes exist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.db.models.signals import post_init
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from oscar_referrals.sharing.alphabet import new_code
from oscar_referrals.sharing.codes import block
from oscar_referrals.sharing.rotate import replace_code
from oscar_referrals.test.factories import live_program, referral_code
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_moment() -> Iterator[None]:
    """Answers have the second in a header, and Oscar writes the minute into each page."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture(params=[None, timedelta(0)], ids=["blocked", "replaced"])
def codes(request: pytest.FixtureRequest) -> list[str]:
    """One that never existed, and one that is blocked, or was replaced and works no longer."""
    dead = referral_code(live_program())
    block(code=dead, reason="leaked", grace=request.param)
    return [new_code(), dead.code]


def answer(send: Any) -> tuple[Any, ...]:
    """All that can be seen of an answer, and the work for it: queries, and rows made of them."""
    cache.clear()
    rows: Counter[str] = Counter()

    def made(sender: Any, **kwargs: Any) -> None:
        rows[sender.__name__] += 1

    post_init.connect(made)
    try:
        with CaptureQueriesContext(connection) as queries:
            response = send()
    finally:
        post_init.disconnect(made)
    text = re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", response.content.decode())
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    shapes = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries]
    return response.status_code, text, headers, shapes, rows


def same(one: tuple[Any, ...], other: tuple[Any, ...], *texts: str) -> bool:
    """The same, but for the code itself where it stands in the page's own address."""
    page, its = one[1].replace(texts[0], ""), other[1].replace(texts[1], "")
    return (one[0], page, *one[2:]) == (other[0], its, *other[2:])


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("agent", ["Phone", "WhatsApp/2"])
def test_a_link_to_either_is_one_answer_after_the_same_work(
    codes: list[str], method: str, agent: str
) -> None:
    # What is cached for all visitors is cached.
    Client().get(reverse("referrals:landing", args=[codes[0]]))
    paths = [reverse("referrals:landing", args=[text]) for text in codes]
    who = {"User-Agent": agent}
    seen = [
        answer(lambda path=path: getattr(Client(), method)(path, headers=who)) for path in paths
    ]
    assert same(*seen, *codes)


def test_so_is_a_code_in_the_address_of_a_page(codes: list[str]) -> None:
    seen = [
        answer(lambda text=text: Client().get(reverse("catalogue:index"), {"ref": text}))
        for text in codes
    ]
    locations = [found[2].pop("Location") for found in seen]
    assert locations[0].replace(codes[0], "") == locations[1].replace(codes[1], "")
    assert same(*seen, *codes)


@pytest.mark.parametrize("grace", [None, timedelta(0)])
def test_a_chosen_word_that_is_dead_is_the_shops_own_business(grace: timedelta | None) -> None:
    owner = referral_code(live_program()).advocate
    block(code=replace_code(advocate=owner, text="PANTUN77"), reason="leaked", grace=grace)
    seen = [
        answer(lambda text=text: Client().get(reverse("catalogue:index"), {"ref": text}))
        for text in ("PANTUN78", "PANTUN77")
    ]
    assert same(*seen, "PANTUN78", "PANTUN77")


def test_so_is_typing_it_in_the_basket(codes: list[str]) -> None:
    visitors = [Visitor(), Visitor()]
    for visitor in visitors:
        visitor.add(product("10.00"))
    url = reverse("basket:vouchers-add")
    seen = [
        answer(lambda who=who, text=text: who.client.post(url, {"code": text}))
        for who, text in zip(visitors, codes, strict=True)
    ]
    assert same(*seen, *codes)
    heard = [[str(m) for m in who.get("basket:summary").context["messages"]] for who in visitors]
    assert heard[0] == heard[1] != []


def test_a_sign_that_no_database_holds_is_no_fault_of_the_shops(
    codes: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    visitor = Visitor()
    visitor.add(product("100.00"))
    visitor.enter("AB\0CDEFG")
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []

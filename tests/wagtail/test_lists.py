"""Wagtail's admin shows codes, referrals and rewards, and lets nobody change them."""

from __future__ import annotations

import csv
import io
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from openpyxl import load_workbook
from wagtail.models import ReferenceIndex

from oscar_referrals.attribution.models import Referral
from oscar_referrals.rewards.models import Reward
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.test.factories import referral_code
from wagtail_referrals.listings import base

#: List, permission, model, and the page of the dashboard that acts on a row.
LISTS: list[tuple[str, str, Any, str]] = [
    ("referral_codes", "view_referralcode", ReferralCode, "referrals-code"),
    ("referral_referrals", "view_referral", Referral, "referrals-referral-detail"),
    ("referral_rewards", "view_reward", Reward, "referrals-reward-detail"),
]


def _shown(client: Any, name: str, query: dict[str, str] | None = None) -> str:
    return str(client.get(reverse(f"{name}:index"), query).content.decode())


def _inspect(name: str, row: Any) -> str:
    return reverse(f"{name}:inspect", args=[row.pk])


def test_whoever_may_see_them_reads_them_and_is_led_to_the_dashboard(
    editor: Any, signed_in: Any, referral: Any
) -> None:
    home = reverse("wagtailadmin_home")
    other = signed_in("view_program")
    for name, permission, model, page in LISTS:
        row, link = model.objects.first(), reverse(f"{name}:index")
        act = reverse(f"oscar_referrals_dashboard:{page}", args=[row.pk])
        viewer = signed_in(permission)
        for address in (link, _inspect(name, row)):
            assert act in editor.get(address).content.decode()
            answer = viewer.get(address)
            assert answer.status_code == 200
            # The dashboard would not let them in.
            assert act not in answer.content.decode()
        for client, is_in_menu in ((editor, True), (viewer, True), (other, False)):
            assert (link in client.get(home).content.decode()) is is_in_menu
        for address in (link, _inspect(name, row), f"{link}?export=csv"):
            assert other.get(address).status_code == 302


def test_nobody_changes_them_here(editor: Any, referral: Any) -> None:
    for name, _permission, model, _page in LISTS:
        before = list(model.objects.values())
        for view in ("add", "edit", "delete", "history", "usage", "copy"):
            try:
                args = [] if view == "add" else [model.objects.first().pk]
                address = reverse(f"{name}:{view}", args=args)
            except NoReverseMatch:
                continue
            for answer in (editor.get(address), editor.post(address)):
                assert answer.status_code == 302
        assert list(model.objects.values()) == before
        assert not ReferenceIndex.is_indexed(model)


def test_a_longer_list_asks_no_more_and_is_bounded(
    editor: Any, referral: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _shown(editor, "referral_codes")
    with CaptureQueriesContext(connection) as few:
        _shown(editor, "referral_codes")
    for _number in range(4):
        referral_code(referral.program)
    with CaptureQueriesContext(connection) as many:
        shown = _shown(editor, "referral_codes")
    assert len(many) == len(few)
    assert all(code.pretty in shown for code in ReferralCode.objects.all())
    monkeypatch.setattr(base, "MOST_ROWS", 2)
    shown = _shown(editor, "referral_codes")
    listed = [row for row in ReferralCode.objects.all() if _inspect("referral_codes", row) in shown]
    assert len(listed) == 2


def test_they_are_found_by_what_staff_have_at_hand(editor: Any, referral: Any) -> None:
    code, other = referral.code, referral_code(referral.program)
    for text in (code.code, code.pretty, code.advocate.user.email):
        shown = _shown(editor, "referral_codes", {"q": text})
        assert code.pretty in shown
        assert other.pretty not in shown
    number = f"#{referral.order_number}"
    for text in (code.code, referral.order_number, "friend@example.com"):
        assert number in _shown(editor, "referral_referrals", {"q": text})
    assert number not in _shown(editor, "referral_referrals", {"q": "nothing"})
    for name, query, is_found in (
        ("referral_codes", {"state": "works"}, True),
        ("referral_codes", {"state": "blocked"}, False),
        ("referral_codes", {"state": "retired"}, False),
        ("referral_referrals", {"state": "bound"}, True),
        ("referral_referrals", {"state": "refused"}, False),
        ("referral_referrals", {"end": "2001-01-01"}, False),
        ("referral_rewards", {"side": "advocate", "state": "available"}, True),
        ("referral_rewards", {"side": "advocate", "state": "expired"}, False),
    ):
        model = next(model for listed, _permission, model, _page in LISTS if listed == name)
        shown = _shown(editor, name, query)
        found = any(_inspect(name, row) in shown for row in model.objects.all())
        assert found is is_found, (name, query)


def test_files_hold_what_the_list_holds_and_execute_nothing(editor: Any, referral: Any) -> None:
    user = referral.code.advocate.user
    user.email = "=cmd@example.com"
    user.save()
    address, query = reverse("referral_codes:index"), {"state": "works"}
    content = b"".join(editor.get(address, query | {"export": "csv"}).streaming_content)
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    content = b"".join(editor.get(address, query | {"export": "xlsx"}).streaming_content)
    sheet = load_workbook(io.BytesIO(content)).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    for rows in (lines, cells):
        assert rows[0][:2] == ["Code", "Advocate"]
        assert rows[1][:2] == [referral.code.code, "'=cmd@example.com"]


def test_files_are_written_row_by_row(editor: Any, referral: Any) -> None:
    iterate, fetch_all = QuerySet.iterator, QuerySet._fetch_all
    chunks: list[Any] = []
    loaded: list[Any] = []

    def iterator(rows: Any, chunk_size: Any = None) -> Any:
        chunks.append((rows.model, chunk_size))
        return iterate(rows, chunk_size=chunk_size)

    def fetch(rows: Any) -> None:
        loaded.append(rows.model)
        fetch_all(rows)

    with (
        mock.patch.object(QuerySet, "iterator", iterator),
        mock.patch.object(QuerySet, "_fetch_all", fetch),
    ):
        for name, _permission, model, _page in LISTS:
            for kind in ("csv", "xlsx"):
                answer = editor.get(reverse(f"{name}:index"), {"export": kind})
                assert answer.streaming
                assert b"".join(answer.streaming_content)
                assert (model, 2000) in chunks
                assert model not in loaded
                chunks.clear()

"""Django's admin: every table can be looked at, none can be changed, and files execute nothing."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from oscar_referrals.admin.base import ExportAdmin
from oscar_referrals.attribution.models import Referral
from oscar_referrals.members.models import Advocate
from oscar_referrals.rewards.models import LedgerEntry, Posting
from oscar_referrals.rewards.settle import settle
from oscar_referrals.sharing.codes import block, code_for
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.test.factories import UserFactory, advocate, live_program, referral_code
from tests.shop import Visitor, pay_in_full, product

pytestmark = pytest.mark.django_db

MODELS = sorted(
    apps.get_app_config("oscar_referrals").get_models(), key=lambda model: model.__name__
)
#: Proxies of Oscar's own rows are no tables of ours.
TABLES = [model for model in MODELS if not model._meta.proxy]
EXPORTED = [model for model in TABLES if isinstance(admin.site._registry.get(model), ExportAdmin)]


def address(model, page, *args) -> str:
    return reverse(f"admin:oscar_referrals_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def engineer():
    """A superuser."""
    client = Client()
    client.force_login(
        UserFactory(is_staff=True, is_superuser=True),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def place_order(code, email) -> Referral:
    """A guest's paid order with the code."""
    friend = Visitor()
    friend.add(product("100.00"))
    friend.enter(code.code)
    order = friend.order(email)
    pay_in_full(order)
    referral = Referral.objects.get(order_number=order.number)
    settle(referral.pk)
    return referral


@pytest.fixture
def rows():
    """At least one row in nearly every table."""
    return place_order(referral_code(live_program()), "friend@example.com")


def test_every_table_is_registered():
    missing = [model for model in TABLES if not admin.site.is_registered(model)]
    assert missing == []


def test_every_table_can_be_looked_at_and_searched(engineer, rows):
    for model in TABLES:
        assert engineer.get(address(model, "changelist")).status_code == 200, model
        if admin.site._registry[model].search_fields:
            found = engineer.get(address(model, "changelist"), {"q": "100001"})
            assert found.status_code == 200, model
        row = model._default_manager.first()
        if row is not None:
            detail = engineer.get(address(model, "change", row.pk))
            assert detail.status_code == 200, model
            assert 'name="_save"' not in detail.content.decode(), model


def test_nothing_can_be_added_changed_or_deleted(engineer, rows):
    for model in TABLES:
        count = model._default_manager.count()
        answers = [engineer.post(address(model, "add"), {})]
        row = model._default_manager.first()
        if row is not None:
            answers += [
                engineer.post(address(model, "change", row.pk), {}),
                engineer.post(address(model, "delete", row.pk), {"post": "yes"}),
            ]
        engineer.post(
            address(model, "changelist"), {"action": "delete_selected", "_selected_action": "1"}
        )
        assert {answer.status_code for answer in answers} == {403}, model
        assert model._default_manager.count() == count, model


def test_more_rows_cost_no_list_more_queries(engineer, rows):
    def queries() -> dict[type, int]:
        counts = {}
        for model in TABLES:
            with CaptureQueriesContext(connection) as captured:
                engineer.get(address(model, "changelist"))
            counts[model] = len(captured)
        return counts

    queries()
    before = queries()
    place_order(referral_code(rows.program), "another@example.com")
    assert queries() == before


def export(client, model, number) -> bytes:
    form = client.get(address(model, "export")).context["form"]
    columns = [field for field in form.fields if "resource_" in field]
    data = {"format": str(number), "resource": "0", **dict.fromkeys(columns, "on")}
    answer = client.post(address(model, "export"), data)
    assert answer["Content-Disposition"].startswith("attachment"), answer.content.decode()
    return answer.content


def test_tables_can_be_taken_away_and_no_keyed_hash_leaves(engineer, rows):
    assert rows.friend_key
    for model in EXPORTED:
        text = export(engineer, model, 0).decode()
        lines = list(csv.reader(io.StringIO(text)))
        assert len(lines) == model._default_manager.count() + 1, model
        assert rows.friend_key not in text, model
        assert "friend@example.com" not in text, model


@pytest.fixture
def dangerous():
    """A code that was blocked for a reason that a spreadsheet would execute."""
    program = live_program()
    code = code_for(advocate=advocate(program, user=UserFactory(email="=1@shop.example")))
    block(code=code, reason='=HYPERLINK("http://evil.example","click")')
    return code


def test_a_csv_file_executes_nothing(engineer, dangerous):
    [row] = csv.DictReader(io.StringIO(export(engineer, ReferralCode, 0).decode()))
    assert row["blocked_reason"].startswith("'=HYPERLINK")
    assert row["advocate__user__email"] == "'=1@shop.example"


def test_an_xlsx_file_executes_nothing(engineer, dangerous):
    book = load_workbook(io.BytesIO(export(engineer, ReferralCode, 1)))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_json_keeps_the_text_as_it_is(engineer, dangerous):
    [row] = json.loads(export(engineer, ReferralCode, 2))
    assert row["blocked_reason"].startswith("=HYPERLINK")


def test_amounts_leave_as_exact_integers(engineer, rows):
    lines = list(csv.DictReader(io.StringIO(export(engineer, Posting, 0).decode())))
    sums = sum(int(line["amount"]) for line in lines)
    assert lines
    assert sums == 0
    assert {line["account__unit"] for line in lines} == {"MYR"}


def test_nobody_exports_what_they_may_not_see():
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_touch"))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address(Advocate, "export")).status_code == 403
    assert client.post(address(Advocate, "export"), {"format": "0"}).status_code == 403


def test_the_projects_own_export_permission_counts_too(rows, settings):
    settings.IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_ledgerentry"))
    request = RequestFactory().get("/")
    request.user = user
    page = admin.site._registry[LedgerEntry]
    assert page.has_view_permission(request)
    assert not page.has_export_permission(request)
    with pytest.raises(PermissionDenied):
        page.export_action(request)


def test_a_project_cannot_switch_unsafe_formats_on(settings):
    from import_export.formats.base_formats import CSV

    settings.EXPORT_FORMATS = settings.IMPORT_EXPORT_FORMATS = [CSV]
    formats = admin.site._registry[LedgerEntry].get_export_formats()
    assert [kind.__name__ for kind in formats] == ["SafeCSV", "SafeXLSX", "JSON"]


def test_money_is_written_in_words(engineer, rows):
    page = engineer.get(address(Posting, "changelist")).content.decode()
    assert "MYR\xa020" in page or "RM\xa020" in page

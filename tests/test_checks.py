"""Each check speaks when something is wrong, and is silent when it is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import connection
from django.utils import timezone
from oscar.apps.partner.strategy import FixedRateTax, StockRequired, Structured, UseFirstStockRecord
from oscar.test.factories import create_order

from oscar_referrals import guards
from oscar_referrals.checks import database, installation, shop
from oscar_referrals.checks import settings as setting_checks
from oscar_referrals.members.known_customers import index_orders
from oscar_referrals.members.models import KnownOrder
from oscar_referrals.test.factories import live_program, publish_again
from oscar_referrals.upkeep.models import JobRun
from tests.rewards.cases import available

OURS = installation.OURS
BASKET = installation.BASKET


def ids(check: Callable[..., Any], **kwargs: Any) -> list[str]:
    found = check(None, **kwargs)
    for message in found:
        assert message.msg.endswith(".") or ":" in message.msg
        assert message.hint
    return [message.id.removeprefix("oscar_referrals.") for message in found]


def test_the_test_shop_has_no_errors() -> None:
    # Django 6.1 asks all databases where none is named.
    found = run_checks(tags=["oscar_referrals"], databases=[])
    assert [message for message in found if message.is_serious()] == []


def test_all_ids_differ() -> None:
    sources = (database, installation, shop, setting_checks)
    text = "".join(Path(module.__file__).read_text("utf-8") for module in sources)
    found = [part.partition('"')[0] for part in text.split('id="oscar_referrals.')[1:]]
    assert len(found) == len(set(found)) >= 20


@pytest.mark.parametrize(
    ("check", "given", "expected"),
    [
        (setting_checks.known_settings, {"HOLD": 3}, "E001"),
        (setting_checks.dotted_paths, {"TERMS_SOURCE": "nowhere.Terms"}, "E002"),
        (setting_checks.dotted_paths, {"REWARD_KINDS": ("nowhere.Kind",)}, "E002"),
        (setting_checks.dotted_paths, {"ORDER_MARGIN": "nowhere.margin"}, "E002"),
        (setting_checks.dotted_paths, {"BADGES": "nowhere.BADGES"}, "E002"),
        (setting_checks.sharing, {"SHARE_CHANNELS": ("nowhere.CHANNEL",)}, "E015"),
        (setting_checks.sharing, {"SHARE_CHANNELS": ("oscar_referrals.conf.get",)}, "E015"),
        (
            setting_checks.sharing,
            {"SHARE_CHANNELS": ("tests.sharing.test_channels.NO_DRAWING",)},
            "W014",
        ),
        (setting_checks.sharing, {"PLACEMENTS": ("nowhere.BLOG",)}, "E017"),
        (setting_checks.sharing, {"PLACEMENTS": ("oscar_referrals.conf.get",)}, "E017"),
        (setting_checks.sharing, {"AUTOMATIC_PLACEMENTS": ("thank-you", "foot")}, "E016"),
        (setting_checks.preview_image, {"PREVIEW_IMAGE": "shop/gone.png"}, "W013"),
        (setting_checks.preview_image, {"PREVIEW_IMAGE": "../gone.png"}, "W013"),
        (setting_checks.preview_image, {"PREVIEW_IMAGE": "//cdn.example/card.png"}, "W013"),
        (setting_checks.currencies, {"CURRENCIES": ("MYR", "rm")}, "E003"),
        (setting_checks.languages, {"LANGUAGES": ("xx",)}, "E004"),
        (setting_checks.said_in_terms, {"COUNTRIES": ("MY", "Malaysia")}, "E018"),
        (setting_checks.said_in_terms, {"PREVAILING_LANGUAGE": "de"}, "E018"),
        (setting_checks.shared_cache, {"CACHE_ALIAS": "nothing"}, "E005"),
    ],
)
def test_wrong_settings(settings: Any, check: Any, given: Any, expected: str) -> None:
    settings.OSCAR_REFERRALS = {}
    assert expected not in ids(check)
    settings.OSCAR_REFERRALS = given
    assert ids(check) == [expected]


def test_a_whole_address_of_a_picture_is_not_looked_up(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"PREVIEW_IMAGE": "https://cdn.example/card.png"}
    assert ids(setting_checks.preview_image) == []


def test_a_misspelt_setting_does_not_break_the_other_checks(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"NOTHING": 1}
    assert ids(setting_checks.currencies) == []
    assert ids(shop.payment_facts) == []


def test_a_cache_per_process_matters_in_production_only(settings: Any) -> None:
    settings.DEBUG = False
    assert ids(setting_checks.shared_cache) == ["W005"]
    settings.DEBUG = True
    assert ids(setting_checks.shared_cache) == []
    settings.DEBUG = False
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache"}}
    assert ids(setting_checks.shared_cache) == []


def test_the_key_of_known_customers(settings: Any) -> None:
    settings.DEBUG = False
    settings.OSCAR_REFERRALS = {}
    assert ids(setting_checks.own_hmac_key) == ["W006"]
    settings.OSCAR_REFERRALS = {"HMAC_KEY": "long and random"}
    assert ids(setting_checks.own_hmac_key) == []


def test_missing_apps(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ids(installation.needed_apps) == []
    installed = apps.is_installed
    absent = {"oscar_referrals.dashboard", "import_export"}
    monkeypatch.setattr(apps, "is_installed", lambda name: name not in absent and installed(name))
    assert ids(installation.needed_apps) == ["W001", "W002"]


def test_the_order_of_apps(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ids(installation.order_of_apps) == []
    backwards = list(reversed(list(apps.get_app_configs())))
    monkeypatch.setattr(apps, "get_app_configs", lambda: backwards)
    assert ids(installation.order_of_apps) == ["W003"]


def test_the_middleware_and_its_place(settings: Any) -> None:
    assert ids(installation.middleware) == []
    settings.MIDDLEWARE = [BASKET]
    assert ids(installation.middleware) == ["E006"]
    settings.MIDDLEWARE = [OURS, BASKET]
    assert ids(installation.middleware) == ["E007"]
    settings.MIDDLEWARE = ["nowhere.Middleware", BASKET, OURS]
    assert ids(installation.middleware) == []


@pytest.mark.urls("django.contrib.auth.urls")
def test_missing_addresses() -> None:
    assert ids(installation.addresses) == ["E008", "E009"]


def test_addresses_that_are_there() -> None:
    assert ids(installation.addresses) == []


def test_templates(settings: Any) -> None:
    assert ids(installation.templates) == []
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"OPTIONS": {"context_processors": []}}]
    assert ids(installation.templates) == ["E011"]
    settings.TEMPLATES = [engine | {"APP_DIRS": False}]
    assert ids(installation.templates) == ["E010"]


def test_nothing_says_what_is_paid(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from oscar.apps.checkout.views import PaymentDetailsView

    monkeypatch.setattr(shop, "get_class", lambda *names: PaymentDetailsView)
    settings.OSCAR_REFERRALS = {}
    assert ids(shop.payment_facts) == ["E012"]
    settings.OSCAR_REFERRALS = {"PAID_STATUSES": ("Paid",)}
    assert ids(shop.payment_facts) == []
    settings.OSCAR_REFERRALS = {"ORDER_FACTS": "shop.facts.of"}
    assert ids(shop.payment_facts) == []

    class TakesCards(PaymentDetailsView):
        def handle_payment(self, *args: Any, **kwargs: Any) -> None:
            """Charge the card."""

    monkeypatch.setattr(shop, "get_class", lambda *names: TakesCards)
    settings.OSCAR_REFERRALS = {}
    assert ids(shop.payment_facts) == []


class WithTax(UseFirstStockRecord, FixedRateTax, StockRequired, Structured):
    rate = 20


class NeedsRequest(WithTax):
    def pricing_policy(self, product: Any, stockrecord: Any) -> Any:
        raise AttributeError("request")


@pytest.mark.parametrize(
    ("strategy", "including", "expected"),
    [
        (WithTax, False, ["W007"]),
        (WithTax, True, []),
        (NeedsRequest, False, []),
    ],
)
def test_tax_and_offers(
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    strategy: type,
    including: bool,
    expected: list[str],
) -> None:
    class Selector:
        def strategy(self) -> Any:
            return strategy()

    monkeypatch.setattr(shop, "get_class", lambda *names: Selector)
    settings.OSCAR_OFFERS_INCL_TAX = including
    assert ids(shop.tax_of_offers) == expected


def test_oscars_search_form_in_wagtails_admin(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = settings.TEMPLATES[0]
    options = engine["OPTIONS"] | {"context_processors": [shop.SEARCH_FORM]}
    settings.TEMPLATES = [engine | {"OPTIONS": options}]
    monkeypatch.setattr(apps, "is_installed", lambda name: name == "wagtail.admin")
    assert ids(shop.search_form_in_wagtail) == ["W008"]
    monkeypatch.setattr(apps, "is_installed", lambda name: False)
    assert ids(shop.search_form_in_wagtail) == []


@pytest.mark.django_db
def test_missing_guards() -> None:
    assert ids(database.guards_installed, databases=["default"]) == []
    guards.remove(connection)
    assert ids(database.guards_installed, databases=["default"]) == ["W009"]
    guards.install(connection)


@pytest.mark.django_db
def test_periodic_work_that_does_not_run() -> None:
    JobRun.objects.filter(name=database.WORK).delete()
    assert ids(database.periodic_work, databases=["default"]) == []
    live_program()
    assert ids(database.periodic_work, databases=["default"]) == ["W010"]
    job = JobRun.objects.create(name=database.WORK, finished_at=timezone.now())
    assert ids(database.periodic_work, databases=["default"]) == []
    job.finished_at -= timedelta(hours=7)
    job.save()
    assert ids(database.periodic_work, databases=["default"]) == ["W010"]


@pytest.mark.django_db
def test_customers_that_are_not_indexed() -> None:
    live_program()
    assert ids(database.customer_index, databases=["default"]) == []
    order = create_order(user=None)
    order.guest_email = "guest@shop.example"
    order.save()
    KnownOrder.objects.all().delete()
    assert ids(database.customer_index, databases=["default"]) == ["W011"]
    index_orders()
    assert ids(database.customer_index, databases=["default"]) == []


@pytest.mark.django_db
def test_store_credit_that_the_checkout_does_not_take(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True}
    program = live_program(advocate={"kind": "credit", "value": 500}, hold_days=0)
    assert ids(database.credit_without_till, databases=["default"]) == []
    settings.OSCAR_REFERRALS = {}
    assert ids(database.credit_without_till, databases=["default"]) == ["W012"]
    # Nothing is promised any more, and somebody has some.
    reward = available(program)
    publish_again(program)
    assert ids(database.credit_without_till, databases=["default"]) == ["W012"]
    assert reward.kind == "credit"
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True}
    assert ids(database.credit_without_till, databases=["default"]) == []


@pytest.mark.django_db
def test_programs_without_store_credit_need_nothing(settings: Any) -> None:
    settings.OSCAR_REFERRALS = {}
    live_program()
    assert ids(database.credit_without_till, databases=["default"]) == []


@pytest.mark.parametrize("check", database.CHECKS)
def test_no_database_is_touched_unless_it_is_asked_for(check: Any) -> None:
    assert ids(check, databases=None) == []
    assert ids(check, databases=["replica"]) == []


@pytest.mark.django_db
def test_nothing_is_asked_before_the_first_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", lambda *args: [])
    for check in database.CHECKS:
        assert ids(check, databases=["default"]) == []

"""A website with a base page of its own has terms, pages, blocks and lists through the mixins."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Site

from oscar_referrals.programs.models import Program
from oscar_referrals.programs.publish import PublishRefused, publish
from oscar_referrals.sharing.codes import code_for
from oscar_referrals.test.factories import advocate, draft_version
from tests.projects.swapped.website.models import (
    BasePage,
    OurProgram,
    ReferAFriend,
    TermsPage,
    Welcome,
)
from tests.shop import customer
from tests.wagtail.website import LANGUAGES, WORDS, words
from wagtail_referrals.checks import own_base_page_has_own_migrations
from wagtail_referrals.models import ReferralSettings, ReferralTermsPage
from wagtail_referrals.purge import purge_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes() -> dict[str, Any]:
    """A home page in each language."""
    kind = ContentType.objects.get_for_model(BasePage)
    root = BasePage.add_root(
        instance=BasePage(title="Root", slug="root", content_type=kind, locale=locale("en-gb"))
    )
    first = root.add_child(instance=BasePage(title="Home", slug="home", locale=locale("en-gb")))
    Site.objects.create(hostname="localhost", root_page=first, is_default_site=True)
    others = {code: first.copy_for_translation(locale(code)) for code in LANGUAGES[1:]}
    for page in others.values():
        page.save_revision().publish()
    return {LANGUAGES[0]: first} | others


def locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def make(kind: type[Any], home: Any, **fields: Any) -> Any:
    page = kind(title=kind.__name__, slug=kind.__name__.lower(), locale=home.locale, **fields)
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def live(homes: dict[str, Any]) -> Program:
    version = draft_version()
    with pytest.raises(PublishRefused):
        publish(version=version)
    for code, home in homes.items():
        fields = {"version": version, "program": version.program}
        make(TermsPage, home, own_terms=words(WORDS[code]), **fields)
    with TestCase.captureOnCommitCallbacks(execute=True):
        publish(version=version)
    return Program.objects.get()


def test_our_own_page_classes_are_no_models_here() -> None:
    assert not hasattr(ReferralTermsPage, "objects")
    names = {model.__name__ for model in apps.get_app_config("wagtail_referrals").get_models()}
    assert names == {"ReferralSettings"}


def test_migrations_of_our_own_are_refused(settings: Any) -> None:
    assert not own_base_page_has_own_migrations(None)
    settings.MIGRATION_MODULES = {}
    (found,) = own_base_page_has_own_migrations(None)
    assert found.id == "wagtail_referrals.E001"


def test_pages_of_every_kind_are_served(
    live: Program, homes: dict[str, Any], settings: Any
) -> None:
    kinds = (Welcome, ReferAFriend, OurProgram)
    addresses = {kind: make(kind, homes["en-gb"]).url for kind in kinds}
    addresses[TermsPage] = TermsPage.objects.get(locale=locale("en-gb")).url
    for kind, address in addresses.items():
        answer = Client().get(address)
        assert answer.status_code == 200, kind
        assert "20 off" in answer.content.decode(), kind
    code = code_for(advocate=advocate(live))
    assert Client().get(f"{addresses[Welcome]}{code.code}/").status_code == 200
    assert Client().get(f"{addresses[TermsPage]}version/1/").status_code == 200
    settings.WAGTAILFRONTENDCACHE = {
        "default": {"BACKEND": "wagtail.contrib.frontend_cache.backends.dummy.DummyBackend"}
    }
    assert purge_pages() == len(kinds) + len(LANGUAGES)


def test_wagtail_s_admin_knows_them(live: Program, homes: dict[str, Any]) -> None:
    editor = Client()
    editor.force_login(
        customer(is_staff=True, is_superuser=True),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    page = TermsPage.objects.get(locale=locale("en-gb"))
    for address in (
        reverse("wagtailadmin_home"),
        reverse("referral_terms_pages_website_termspage:index"),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("referral_statements", args=[page.pk]),
        reverse("wagtailsettings:edit", args=["wagtail_referrals", "referralsettings"]),
    ):
        answer = editor.get(address, follow=True)
        assert answer.status_code == 200, address
    welcome = make(Welcome, homes["en-gb"])
    ReferralSettings.objects.update(invitation_page=welcome)
    call_command("referrals_editors", "--under", str(page.pk), stdout=StringIO())
    given = GroupPagePermission.objects.filter(group=Group.objects.get(), page=page)
    assert given.count() == 3

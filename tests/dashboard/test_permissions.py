"""Who may open what: no page without its permission, no menu entry that leads to a refusal."""

from __future__ import annotations

import pytest
from django.urls import reverse

from oscar_referrals.programs.drafts import draft_of
from oscar_referrals.test.factories import UserFactory, live_program
from tests.dashboard.conftest import OPERATOR

pytestmark = pytest.mark.django_db

NAMESPACE = "oscar_referrals_dashboard"
#: Page, what it is about, and the permissions it takes.
PAGES = [
    ("referrals-program-list", None, {"view_program"}),
    ("referrals-program-create", None, {"view_program", "add_program"}),
    ("referrals-program-detail", "program", {"view_program"}),
    ("referrals-program-pause", "program", {"view_program", "publish_program"}),
    ("referrals-program-end", "program", {"view_program", "publish_program"}),
    ("referrals-program-stop", "program", {"view_program", "publish_program"}),
    ("referrals-sharing", "program", {"view_program"}),
    ("referrals-share-texts", "program", {"view_program"}),
    ("referrals-material-list", "program", {"view_program"}),
    ("referrals-material-create", "program", {"view_program", "change_program"}),
    ("referrals-version-detail", "version", {"view_program"}),
    ("referrals-version-edit", "draft", {"view_program", "change_program"}),
    ("referrals-version-discard", "draft", {"view_program", "change_program"}),
    ("referrals-version-publish", "draft", {"view_program", "publish_program"}),
    ("referrals-statements", "draft", {"view_program"}),
    ("referrals-phrases", None, {"view_program"}),
    ("referrals-version-forecast", "draft", {"view_program", "view_referral_report"}),
    ("referrals-referral-list", None, {"view_referral"}),
    ("referrals-attention", None, {"view_referral"}),
    ("referrals-search", None, {"view_referral"}),
    ("referrals-assignment-list", None, {"view_referral", "assign_referral"}),
    ("referrals-assignment-new", None, {"view_referral", "assign_referral"}),
    ("referrals-reward-give", None, {"view_referral", "adjust_reward"}),
    ("referrals-settlement-list", None, {"view_referral", "adjust_reward"}),
    ("referrals-reward-list", None, {"view_reward"}),
    ("referrals-alias-list", None, {"view_advocate"}),
    ("referrals-message-list", None, {"view_outboxmessage"}),
    ("referrals-message-kinds", None, {"view_outboxmessage"}),
    ("referrals-message-kind", "kind", {"view_outboxmessage"}),
    ("referrals-ledger-list", None, {"view_ledgerentry"}),
    ("referrals-account-list", None, {"view_ledgerentry"}),
    ("referrals-trial-balance", None, {"view_ledgerentry"}),
    ("referrals-trial-balance-csv", None, {"view_ledgerentry"}),
    ("referrals-journal-csv", None, {"view_ledgerentry"}),
    ("referrals-statement-customer", "customer", {"view_ledgerentry"}),
    ("referrals-statement-customer-csv", "customer", {"view_ledgerentry"}),
    ("referrals-liability", None, {"view_referral_report"}),
    ("referrals-liability-csv", None, {"view_referral_report"}),
    ("referrals-outstanding", None, {"view_referral_report", "view_reward"}),
    ("referrals-report", None, {"view_referral_report"}),
    ("referrals-report-csv", None, {"view_referral_report"}),
    ("referrals-ways", None, {"view_referral_report"}),
    ("referrals-ways-csv", None, {"view_referral_report"}),
]


@pytest.fixture
def address_of(program):
    keys = {
        "program": program.pk,
        "version": program.current_version_id,
        "draft": draft_of(program=program).pk,
        "customer": UserFactory().pk,
        "kind": "referral_joined",
    }
    return lambda name, about: reverse(f"{NAMESPACE}:{name}", args=[keys[about]] if about else [])


@pytest.mark.parametrize(("name", "about", "needed"), PAGES, ids=[page[0] for page in PAGES])
def test_a_page_opens_with_its_permissions_and_not_without_one_of_them(
    staff, address_of, name, about, needed
):
    url = address_of(name, about)
    assert staff(*needed).get(url).status_code == 200
    for missing in needed:
        assert staff(*(set(OPERATOR) - {missing})).get(url).status_code == 403


@pytest.mark.parametrize(("name", "about", "needed"), PAGES, ids=[page[0] for page in PAGES])
def test_a_customer_is_refused_and_a_visitor_sent_to_sign_in(
    staff, client, address_of, name, about, needed
):
    url = address_of(name, about)
    assert staff(*needed, is_staff=False).get(url).status_code == 403
    answer = client.get(url)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("dashboard:login"))


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("referrals-program-resume", "program"),
        ("referrals-version-start", "program"),
        ("referrals-referral-detail", "program"),
        ("referrals-alias-hide", "program"),
        ("referrals-assignment-detail", "program"),
        ("referrals-code", "program"),
        ("referrals-advocate-merge", "program"),
        ("referrals-late-claim", "program"),
        ("referrals-alias-show", "program"),
        ("referrals-message-resend", "program"),
        ("referrals-message-switch", "kind"),
        ("referrals-message-edit", "kind"),
        ("referrals-message-reset", "kind"),
        ("referrals-reward-free", "program"),
        ("referrals-reward-again", "program"),
        ("referrals-reward-detail", "program"),
        ("referrals-booked-as", "program"),
        ("referrals-statement-advocate", "program"),
        ("referrals-statement-advocate-csv", "program"),
        ("referrals-referral-settle", "program"),
        ("referrals-reward-extend", "program"),
        ("referrals-reward-adjust", "program"),
        ("referrals-reward-outside", "program"),
        ("referrals-settlement-detail", "program"),
    ],
)
def test_the_other_pages_refuse_staff_without_permission(staff, address_of, name, about):
    client = staff()
    url = address_of(name, about)
    assert client.get(url).status_code == 403
    assert client.post(url).status_code == 403


def test_every_page_of_the_dashboard_is_in_this_list(staff):
    from django.apps import apps

    config = apps.get_app_config("oscar_referrals_dashboard")
    names = {pattern.name for pattern in config.get_urls()}
    elsewhere = {
        "referrals-program-resume",
        "referrals-version-start",
        "referrals-referral-detail",
        "referrals-alias-hide",
        "referrals-assignment-detail",
        "referrals-code",
        "referrals-material-edit",
        "referrals-advocate-merge",
        "referrals-late-claim",
        "referrals-alias-show",
        "referrals-message-resend",
        "referrals-message-switch",
        "referrals-message-edit",
        "referrals-message-reset",
        "referrals-reward-free",
        "referrals-reward-again",
        "referrals-reward-detail",
        "referrals-booked-as",
        "referrals-statement-advocate",
        "referrals-statement-advocate-csv",
        "referrals-referral-settle",
        "referrals-reward-extend",
        "referrals-reward-adjust",
        "referrals-reward-outside",
        "referrals-settlement-detail",
    }
    assert names == {page[0] for page in PAGES} | elsewhere
    assert names == set(config.permissions_map)


def test_the_menu_shows_only_what_opens(staff):
    index = reverse("dashboard:index")
    report = reverse(f"{NAMESPACE}:referrals-report")
    programs = reverse(f"{NAMESPACE}:referrals-program-list")
    with_report = staff("view_referral_report").get(index).content.decode()
    without = staff().get(index).content.decode()
    assert report in with_report
    assert f'"{programs}"' not in with_report
    assert report not in without
    assert f'"{programs}"' not in without


def test_buttons_are_shown_to_those_who_may_press_them(staff, program):
    url = reverse(f"{NAMESPACE}:referrals-program-detail", args=[program.pk])
    pause = reverse(f"{NAMESPACE}:referrals-program-pause", args=[program.pk])
    start = reverse(f"{NAMESPACE}:referrals-version-start", args=[program.pk])
    reader = staff("view_program").get(url).content.decode()
    editor = staff("view_program", "change_program").get(url).content.decode()
    publisher = staff("view_program", "publish_program").get(url).content.decode()
    assert (pause in reader, start in reader) == (False, False)
    assert (pause in editor, start in editor) == (False, True)
    assert (pause in publisher, start in publisher) == (True, False)


def test_no_page_changes_anything_when_it_is_only_opened(operator):
    program = live_program(name="Another")
    for action in ("pause", "end", "stop"):
        operator.get(reverse(f"{NAMESPACE}:referrals-program-{action}", args=[program.pk]))
    answer = operator.get(reverse(f"{NAMESPACE}:referrals-version-start", args=[program.pk]))
    program.refresh_from_db()
    assert answer.status_code == 405
    assert program.status == "live"
    assert program.versions.count() == 1


def test_posts_need_the_csrf_token(staff, program):
    from django.test import Client

    careful = Client(enforce_csrf_checks=True)
    careful.force_login(staff(*OPERATOR).user, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("referrals-program-pause", "referrals-version-start"):
        url = reverse(f"{NAMESPACE}:{name}", args=[program.pk])
        assert careful.post(url, {"reason": "x"}).status_code == 403

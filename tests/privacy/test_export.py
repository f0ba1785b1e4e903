"""What is stored about a person, and that it says nothing about anybody else."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oscar_referrals.attribution.late_claims import claim_late
from oscar_referrals.attribution.models import Claim
from oscar_referrals.privacy.export import as_values, data_about
from oscar_referrals.rewards.due import settle_due
from oscar_referrals.sharing.codes import block, code_for
from oscar_referrals.sharing.links import share_path
from oscar_referrals.test.factories import live_program, referral_code
from tests.account.consent import VERIFIED
from tests.shop import Visitor, customer, pay_in_full, product, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def code():
    user = customer("farah@example.com", first_name="Farahnaz", last_name="Osmanli")
    return referral_code(live_program(hold_days=0), user=user)


def befriend(code, email="farid@example.com"):
    """A friend with an account orders and pays."""
    friend = Visitor(customer(email, first_name="Faridzul", last_name="Hamidun"))
    friend.claim(code)
    friend.add(product("100.00"))
    order = friend.order()
    pay_in_full(order)
    settle_due()
    return friend, order


def test_an_advocate_gets_all_of_their_own_and_nothing_of_the_friend(code):
    friend, order = befriend(code)
    data = as_values(code.advocate.user)
    sections = data["sections"]
    assert data["account"] == {"email": "farah@example.com"}
    assert sections["memberships"][0]["program"] == code.program.name
    assert len(sections["accepted_terms"][0]["sha256"]) == 64
    assert sections["codes"][0]["code"] == code.code
    assert sections["codes"][0]["contacts"] >= 1
    assert sections["friends"][0]["friend"] == 1
    assert sections["rewards"][0]["amount"] == {"amount": 1500, "unit": "MYR"}
    assert sections["entries"]
    text = json.dumps(data)
    for private in ("Faridzul", "Hamidun", "farid@example.com", str(order.number), "10000", "8000"):
        assert private not in text


def test_a_friend_gets_all_of_their_own_and_nothing_of_the_advocate(code):
    friend, order = befriend(code)
    data = as_values(friend.user)
    sections = data["sections"]
    assert sections["claims"][0]["code"] == code.code
    assert sections["as_friend"][0]["order_number"] == str(order.number)
    assert sections["as_friend"][0]["friend_discount"] == {"amount": 2000, "unit": "MYR"}
    assert sections["decisions"][0]["verdict"] == "granted"
    assert sections["known_orders"][0]["order_number"] == str(order.number)
    text = json.dumps(data)
    for private in ("Farahnaz", "Osmanli", "farah@example.com"):
        assert private not in text


def test_an_address_that_was_only_typed_shows_nothing_of_its_owner(code, settings):
    guest = Visitor()
    guest.add(product("100.00"))
    guest.enter(code.code)
    as_guest = guest.order(email="far.id@gmail.com")
    claim_late(order=as_guest, named="My aunt Zubaidah")
    _friend, of_account = befriend(code, "zul.fa@gmail.com")
    claim_late(order=of_account, named="My uncle Zainal")
    # Other spellings of the same mailboxes: Oscar lets anybody register with them.
    farid, zulfa = customer("farid@gmail.com"), customer("zulfa@gmail.com")
    for stranger in (farid, zulfa):
        text = json.dumps(as_values(stranger))
        for private in (str(as_guest.number), str(of_account.number), "Zubaidah", "Zainal"):
            assert private not in text

    settings.OSCAR_REFERRALS = settings.OSCAR_REFERRALS | {"EMAIL_IS_VERIFIED": VERIFIED}
    sections = as_values(farid)["sections"]
    for name in ("as_friend", "late_claims", "known_orders"):
        assert [row["order_number"] for row in sections[name]] == [str(as_guest.number)]
    # What another account did stays that account's own.
    assert str(of_account.number) not in json.dumps(as_values(zulfa))


def test_what_staff_wrote_for_each_other_is_not_shown(code):
    block(code=code, reason="Suspected of a ring")
    code_for(advocate=code.advocate)
    sections = as_values(code.advocate.user)["sections"]
    assert sections["codes"][0]["blocked_at"]
    assert "Suspected" not in json.dumps(sections)


def test_a_stranger_has_nothing(code):
    befriend(code)
    assert not any(section.rows for section in data_about(customer()))
    page = Visitor(customer()).get("referrals:my-data").content.decode()
    assert "Nothing is stored about you." in page


def test_the_page_and_the_file_are_for_their_owner(code):
    befriend(code)
    visitor = Visitor(code.advocate.user)
    page = visitor.get("referrals:my-data").content.decode().replace("\xa0", " ")
    assert code.code in page
    assert "MYR 15" in page
    assert "Faridzul" not in page
    answer = visitor.client.get(reverse("referrals:my-data-file"))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert json.loads(answer.content)["sections"]["codes"]
    for name in ("my-data", "my-data-file"):
        assert Visitor().client.get(reverse(f"referrals:{name}")).status_code == 302


def test_a_friend_agrees_and_disagrees_there_to_be_named(code):
    friend = Visitor(customer(first_name="Faridzul"))
    friend.client.post(share_path(code))
    assert "Whoever invited me" in friend.get("referrals:my-data").content.decode()
    answer = friend.post("referrals:show-to-advocate", data={"shows_name": "on"})
    assert texts(answer) == ["Whoever invited you now sees your first name."]
    assert Claim.objects.get().shows_name
    friend.post("referrals:show-to-advocate")
    assert not Claim.objects.get().shows_name


def test_the_cost_depends_on_nothing(code):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            data_about(code.advocate.user)
        return len(captured)

    befriend(code)
    few = cost()
    befriend(code, "other@example.com")
    assert cost() == few <= 20


#: Under which section a model's rows stand.
EXPORTED = {
    "Advocate": "memberships",
    "TermsAcceptance": "accepted_terms",
    "RewardPreference": "preferred_rewards",
    "KnownOrder": "known_orders",
    "ProvedAddress": "proved_addresses",
    "ReferralCode": "codes",
    "Share": "shares",
    "Claim": "claims",
    "LateClaim": "late_claims",
    "Referral": "as_friend",
    "Decision": "decisions",
    "Reward": "rewards",
    "CreditUse": "credit_used",
    "SetOff": "set_off",
    "LedgerEntry": "entries",
    "Pin": "in_baskets",
    "OutboxMessage": "messages",
    "MessagePreference": "wanted_messages",
    "LastMail": "last_mail",
}
#: Why the rows of a model that points at people are not shown as they are.
NOT_EXPORTED = {
    "Touch": "a contact of somebody unknown with a code; counted with the code",
    "StatementWaiver": "what staff did about the words of a version",
    "WaiverWithdrawal": "what staff did about the words of a version",
    "Assignment": "what staff did about an order; what came of it stands with the referral",
    "OutsideSettlement": "what staff did about a reward; what was paid stands with the reward",
    "LedgerAccount": "the balance of what the entries move",
    "ProgramVersion": "names the member of staff who published it",
    "MessageSwitch": "names the member of staff who switched it",
}


def test_every_model_about_people_is_exported_or_says_why_not():
    about = {
        get_user_model().__name__,
        "Advocate",
        "ReferralCode",
        "Claim",
        "Referral",
        "Reward",
        "Basket",
    }
    keys = {"email_key", "friend_key", "visitor"}
    personal = {
        model.__name__
        for model in apps.get_app_config("oscar_referrals").get_models()
        for field in model._meta.concrete_fields
        if field.name in keys or (field.related_model and field.related_model.__name__ in about)
    }
    assert personal | {"KnownOrder"} == set(EXPORTED) | set(NOT_EXPORTED)
    assert set(EXPORTED.values()) <= {section.key for section in data_about(customer())}

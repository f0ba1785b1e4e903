"""What a published version's rules are made of is read once for everybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from oscar_referrals.programs import lifecycle
from oscar_referrals.programs.describe import describe
from oscar_referrals.programs.drafts import create_program, draft_of
from oscar_referrals.programs.kept_rules import load_current, load_rules
from oscar_referrals.programs.models import Limit, ProgramVersion
from oscar_referrals.sharing.codes import lookup_usable
from oscar_referrals.sharing.links import share_path
from oscar_referrals.sharing.models import ReferralCode
from oscar_referrals.test.factories import (
    SiteFactory,
    live_program,
    publish_again,
    referral_code,
)

pytestmark = pytest.mark.django_db


def again(version: ProgramVersion) -> ProgramVersion:
    """As another request reads it."""
    return ProgramVersion.objects.select_related("program").get(pk=version.pk)


def columns(rows: Any) -> list[list[Any]]:
    """All that the database holds of them."""
    return [[getattr(row, f.attname) for f in row._meta.concrete_fields] for row in rows]


def test_the_second_reader_gets_the_same_rows_without_a_query(
    django_assert_num_queries: Any,
) -> None:
    version = live_program().current_version
    first, second = again(version), again(version)
    load_rules(first)
    with django_assert_num_queries(0):
        load_rules(second)
        assert describe(second) == describe(first)
        for one, other in zip(first.incentives.all(), second.incentives.all(), strict=True):
            assert columns([other]) == columns([one])
            assert columns(other.amounts.all()) == columns(one.amounts.all())
            assert columns(other.tiers.all()) == columns(one.tiers.all())
            assert other.version is second
            assert other is not one
        assert columns(second.limits.all()) == columns(first.limits.all())


def test_a_draft_is_read_anew() -> None:
    draft = draft_of(program=live_program())
    before, after = again(draft), again(draft)
    load_rules(before)
    Limit.objects.create(version=draft, scope="advocate", measure="count", amount=7)
    load_rules(after)
    assert [limit.amount for limit in after.limits.all()] == [
        *(limit.amount for limit in before.limits.all()),
        7,
    ]


def test_a_cache_that_outlives_its_database_answers_for_no_other(
    django_assert_num_queries: Any,
) -> None:
    """The same number, published at another time."""
    version = live_program().current_version
    load_rules(again(version))
    other = again(version)
    other.published_at += timedelta(seconds=1)
    with django_assert_num_queries(4):
        load_rules(other)


class TestCurrent:
    """The version that a link offers, as everybody after the first finds it."""

    def found(self, code: ReferralCode) -> ReferralCode:
        found = lookup_usable(code.code)
        assert found is not None
        return found

    def test_it_is_the_same_without_a_query(self, django_assert_num_queries: Any) -> None:
        code = referral_code(live_program())
        load_current(self.found(code).program)
        with django_assert_num_queries(1):
            program = self.found(code).program
            load_current(program)
            version = program.current_version
            assert version is not None
            assert version.program is program
            clauses = describe(version)
        assert columns([version]) == columns([again(version)])
        assert clauses == describe(again(version))

    def test_the_next_one_is_offered_at_once(self) -> None:
        code = referral_code(live_program())
        client = Client()
        client.get(share_path(code))
        publish_again(code.program, friend={"value": 3500})
        assert "MYR\xa035 off" in client.get(share_path(code)).content.decode()

    def test_stopping_is_seen_at_once(self) -> None:
        code = referral_code(live_program())
        client = Client()
        client.get(share_path(code))
        lifecycle.stop(program=code.program, reason="leak")
        page = client.get(share_path(code)).content.decode()
        assert "Claim my discount" not in page

    def test_a_program_without_one(self) -> None:
        load_current(create_program(site=SiteFactory(), name="New"))


def test_a_click_reads_no_rules(django_assert_max_num_queries: Any) -> None:
    code = referral_code(live_program())
    Client().get(share_path(code))
    with django_assert_max_num_queries(7):
        assert Client(REMOTE_ADDR="10.0.0.2").get(share_path(code)).status_code == 200

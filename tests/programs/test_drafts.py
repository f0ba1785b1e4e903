from __future__ import annotations

import pytest

from oscar_referrals.programs.drafts import (
    NotADraft,
    create_program,
    discard_draft,
    draft_of,
)
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.test.factories import default_site, draft_version, live_program

pytestmark = pytest.mark.django_db


def test_a_program_begins_with_an_empty_draft() -> None:
    program = create_program(site=default_site(), name="Ajak Kawan")
    assert program.status == Program.Status.DRAFT
    assert program.slug == "ajak-kawan"
    draft = program.versions.get()
    assert (draft.number, draft.status) == (1, ProgramVersion.Status.DRAFT)
    assert draft_of(program=program) == draft


def test_equal_names_get_different_slugs() -> None:
    slugs = [create_program(site=default_site(), name="Friends").slug for _ in range(3)]
    assert slugs == ["friends", "friends-2", "friends-3"]
    assert create_program(site=default_site(), name="朋友").slug == "program"


def test_a_new_draft_copies_the_current_version() -> None:
    program = live_program(
        friend={"percent": 15, "maximum": 5000, "minimum": 100}, hold_days=3, may_join="customers"
    )
    draft = draft_of(program=program)
    current = program.current_version
    assert draft.number == 2
    assert (draft.hold_days, draft.may_join) == (3, "customers")
    friend = draft.incentives.get(side="friend")
    assert friend.percent == 15
    assert friend.pk != current.incentives.get(side="friend").pk
    assert friend.amounts.get().maximum == 5000
    assert draft.incentives.get(side="advocate").validity_days == 90
    assert draft.draft_terms.count() == current.draft_terms.count()
    assert draft_of(program=program) == draft


def test_a_draft_can_be_thrown_away_and_begun_again() -> None:
    program = live_program()
    discard_draft(version=draft_of(program=program))
    assert program.versions.count() == 1
    assert draft_of(program=program).number == 2


def test_a_published_version_is_not_thrown_away() -> None:
    with pytest.raises(NotADraft):
        discard_draft(version=live_program().current_version)


def test_a_program_without_any_version_gets_one() -> None:
    program = Program.objects.create(site=default_site(), name="x", slug="x")
    assert draft_of(program=program).number == 1


def test_the_draft_of_a_discarded_first_version_starts_from_nothing() -> None:
    version = draft_version()
    discard_draft(version=version)
    draft = draft_of(program=version.program)
    assert (draft.number, draft.incentives.count()) == (1, 0)

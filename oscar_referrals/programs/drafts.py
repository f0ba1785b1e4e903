"""Beginning a program, and the one draft in which its next version is prepared."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.sites.models import Site
from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify

from oscar_referrals.programs.models import (
    DraftTerms,
    Program,
    ProgramVersion,
)

Row = TypeVar("Row", bound=Model)


class NotADraft(Exception):
    """Only a draft can be changed or thrown away."""


#: What an operator sets in a version, in the order of the questions. A new draft takes it over from
#: the version before it; the rest is set by publishing.
RULES = (
    "may_join",
    "new_customers_only",
    "cancelled_orders_count",
    "combinable",
    "claim_on_visit",
    "attribution_days",
    "link_days",
    "credit_model",
    "hold_days",
    "hold_from",
    "partial_refunds",
    "below_minimum",
    "wind_down_days",
    "starts_at",
    "ends_at",
)


@transaction.atomic
def create_program(*, site: Site, name: str, slug: str | None = None) -> Program:
    """A program in draft with an empty first version.

    Without a ``slug``, one is made from the name and numbered if it is taken.
    """
    program = Program.objects.create(site=site, name=name, slug=slug or _free_slug(name))
    ProgramVersion.objects.create(program=program, number=1)
    return program


@transaction.atomic
def draft_of(*, program: Program) -> ProgramVersion:
    """The program's draft: the one there is, or a copy of its current version.

    Two people who ask at once get the same draft: the program's row is locked.
    """
    locked = Program.objects.select_for_update().get(pk=program.pk)
    draft = locked.versions.filter(status=ProgramVersion.Status.DRAFT).first()
    if draft is not None:
        return draft
    newest = locked.versions.order_by("-number").first()
    number = newest.number + 1 if newest else 1
    source = locked.current_version or newest
    draft = ProgramVersion.objects.create(
        program=locked,
        number=number,
        **({field: getattr(source, field) for field in RULES} if source else {}),
    )
    if source is not None:
        _copy_incentives(source, draft)
        _copy_limits(source, draft)
        _copy_terms(source, draft)
    return draft


@transaction.atomic
def discard_draft(*, version: ProgramVersion) -> None:
    """Throw the draft away. Raises NotADraft for a version that has been published."""
    locked = ProgramVersion.objects.select_for_update().get(pk=version.pk)
    if locked.status != ProgramVersion.Status.DRAFT:
        raise NotADraft(str(locked))
    locked.delete()


def _copy_incentives(source: ProgramVersion, draft: ProgramVersion) -> None:
    for incentive in source.incentives.all():
        copy = _copy(incentive, version=draft)
        for row in [*incentive.amounts.all(), *incentive.tiers.all()]:
            _copy(row, incentive=copy)


def _copy_limits(source: ProgramVersion, draft: ProgramVersion) -> None:
    for limit in source.limits.all():
        _copy(limit, version=draft)


def _copy(row: Row, **parent: Model) -> Row:
    """All that an operator has set in a row, under another parent."""
    fields = [
        field for field in row._meta.concrete_fields if field.editable and not field.primary_key
    ]
    values = {field.name: getattr(row, field.name) for field in fields}
    return type(row)._default_manager.create(**(values | parent))


def _copy_terms(source: ProgramVersion, draft: ProgramVersion) -> None:
    DraftTerms.objects.bulk_create(
        DraftTerms(version=draft, language=row.language, text=row.text)
        for row in source.draft_terms.all()
    )


def _free_slug(name: str) -> str:
    base = slugify(name)[:50] or "program"
    taken = set(Program.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug

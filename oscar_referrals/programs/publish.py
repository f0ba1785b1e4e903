"""Publishing: one transaction that freezes rules, product lists and terms together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from oscar_referrals import conf, signals
from oscar_referrals.programs.facts import facts_of
from oscar_referrals.programs.models import (
    Incentive,
    IncentiveProduct,
    Program,
    ProgramVersion,
    TermsVersion,
)
from oscar_referrals.programs.problems import problems_of, terms_source
from oscar_referrals.programs.ranges import limits, products_in
from oscar_referrals.programs.refused import problems_elsewhere
from oscar_referrals.programs.statements import Facts
from oscar_referrals.programs.terms import sha256_of

BATCH = 2000


class PublishRefused(Exception):
    """The version stays a draft; `problems` says in the active language what to do."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def publish(
    *, version: ProgramVersion, actor: Any = None, now: datetime | None = None
) -> ProgramVersion:
    """Make a draft the current version of its program, and the program live.

    A paused program stays paused under its new version. Raises PublishRefused with all the
    problems, also to everybody but one of several people who publish at once.
    """
    now = now or timezone.now()
    read = _read_elsewhere(version.pk)
    try:
        with transaction.atomic():
            return _publish_locked(version.pk, actor, now, read)
    except IntegrityError as error:
        # The constraints stand under the locks; whoever gets here came second.
        raise PublishRefused(
            [_("Somebody else has published in the meantime. Look at the program again.")]
        ) from error


def refreeze_terms(*, version: ProgramVersion, now: datetime | None = None) -> list[TermsVersion]:
    """Freeze other words for a published version: a further edition per language that changed.

    Answers the new editions, none if nothing changed. Raises PublishRefused while the words have
    problems, or for a draft.
    """
    with transaction.atomic():
        locked = _lock_version(version.pk)
        if locked.status == ProgramVersion.Status.DRAFT:
            raise PublishRefused([_("Publish the version first.")])
        problems = terms_source().problems(locked)
        if problems:
            raise PublishRefused(problems)
        return _freeze_terms(locked, now or timezone.now())


def _read_elsewhere(version_id: int) -> tuple[Facts, list[str]]:
    """What pages and mails say against a version, and the figures that they were read against.

    Before the locks, which keep orders of the whole site waiting: there may be many pages.
    """
    version = ProgramVersion.objects.select_related("program").get(pk=version_id)
    if version.status != ProgramVersion.Status.DRAFT:
        return facts_of(version), []
    return facts_of(version), problems_elsewhere(version)


def _publish_locked(
    version_id: int, actor: Any, now: datetime, read: tuple[Facts, list[str]]
) -> ProgramVersion:
    site_id = ProgramVersion.objects.values_list("program__site_id", flat=True).get(pk=version_id)
    # All programs of the site, always in this order: which of them is live is decided here.
    programs = {
        program.pk: program
        for program in Program.objects.select_for_update().filter(site_id=site_id).order_by("pk")
    }
    version = _lock_version(version_id)
    program = version.program = programs[version.program_id]
    facts, elsewhere = read
    is_same = facts_of(version) == facts
    problems = problems_of(version, now=now, elsewhere=elsewhere if is_same else None)
    if problems:
        raise PublishRefused(problems)
    for incentive in version.incentives.all():
        _freeze_products(incentive)
    _freeze_terms(version, now)
    signals.publishing.send(sender=ProgramVersion, version=version)
    _go_live(version, program, actor, now)
    signals.announce(signals.version_published, version=version)
    return version


def _lock_version(version_id: int) -> ProgramVersion:
    # The lock keeps out whoever edits the draft's incentives: see `guards`.
    return (
        ProgramVersion.objects.select_for_update(of=("self",))
        .select_related("program")
        .prefetch_related("incentives__amounts", "incentives__range", "incentives__tiers", "limits")
        .get(pk=version_id)
    )


def _freeze_products(incentive: Incentive) -> None:
    """Copy the range's products: a range can be edited, and costs a query per basket line."""
    incentive.products.all().delete()
    incentive.limited_to_products = limits(incentive.range)
    incentive.range_name = incentive.range.name if incentive.range is not None else ""
    incentive.save(update_fields=["limited_to_products", "range_name"])
    if incentive.limited_to_products:
        IncentiveProduct.objects.bulk_create(
            (
                IncentiveProduct(incentive=incentive, product_id=product_id, title=title)
                for product_id, title in products_in(incentive.range)
            ),
            batch_size=BATCH,
        )


def _freeze_terms(version: ProgramVersion, now: datetime) -> list[TermsVersion]:
    source = terms_source()
    name = conf.get().TERMS_SOURCE
    frozen = []
    for language in conf.get().languages:
        with override(language):
            terms = source.render(version, language)
        editions = TermsVersion.objects.filter(version=version, language=language)
        newest = editions.order_by("-sequence").first()
        digest = sha256_of(terms)
        if newest is not None and newest.sha256 == digest:
            continue
        frozen.append(
            TermsVersion.objects.create(
                version=version,
                language=language,
                sequence=newest.sequence + 1 if newest else 1,
                html=terms.html,
                text=terms.text,
                sha256=digest,
                source=name,
                frozen_at=now,
            )
        )
    return frozen


def _go_live(version: ProgramVersion, program: Program, actor: Any, now: datetime) -> None:
    status = ProgramVersion.Status
    ProgramVersion.objects.filter(program=program, status=status.PUBLISHED).update(
        status=status.SUPERSEDED, superseded_at=now
    )
    version.status = status.PUBLISHED
    version.published_at = now
    version.published_by = actor
    version.save(update_fields=["status", "published_at", "published_by"])
    program.current_version = version
    if program.status == Program.Status.DRAFT:
        program.status = Program.Status.LIVE
        program.status_changed_at = now
    program.save(update_fields=["current_version", "status", "status_changed_at"])

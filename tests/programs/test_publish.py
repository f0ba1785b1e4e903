from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override
from oscar.core.loading import get_model
from oscar.test.factories import create_product

from oscar_referrals import signals
from oscar_referrals.programs.contradictions import Refused
from oscar_referrals.programs.drafts import create_program, draft_of
from oscar_referrals.programs.lifecycle import end, pause, stop
from oscar_referrals.programs.models import (
    DraftTerms,
    Incentive,
    IncentiveAmount,
    Program,
    ProgramVersion,
    TermsVersion,
)
from oscar_referrals.programs.problems import problems_of, warnings_of
from oscar_referrals.programs.publish import PublishRefused, publish, refreeze_terms
from oscar_referrals.programs.refused import READERS
from oscar_referrals.programs.statements import Finding, Kind
from oscar_referrals.test.factories import (
    SiteFactory,
    UserFactory,
    default_site,
    draft_version,
    live_program,
    publish_again,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en-gb"):
        yield


def only_problem(version: ProgramVersion) -> str:
    problems = problems_of(version)
    assert len(problems) == 1, problems
    with pytest.raises(PublishRefused) as refused:
        publish(version=version)
    assert refused.value.problems == problems
    version.refresh_from_db()
    assert version.status == ProgramVersion.Status.DRAFT
    return problems[0]


def test_publishing_makes_the_program_live() -> None:
    actor = UserFactory()
    version = publish(version=draft_version(), actor=actor)
    program = Program.objects.get()
    assert version.status == ProgramVersion.Status.PUBLISHED
    assert version.published_by == actor
    assert program.status == Program.Status.LIVE
    assert program.current_version == version
    assert program.friend_offer is not None
    assert program.advocate_offer is not None


def test_the_next_version_supersedes_it() -> None:
    program = live_program()
    first = program.current_version
    second = publish_again(program, friend={"value": 1000})
    first.refresh_from_db()
    program.refresh_from_db()
    assert first.status == ProgramVersion.Status.SUPERSEDED
    assert first.superseded_at == second.published_at
    assert program.current_version == second
    assert second.number == 2


def test_a_paused_program_stays_paused_under_its_new_version() -> None:
    program = pause(program=live_program())
    version = publish_again(program)
    program.refresh_from_db()
    assert program.status == Program.Status.PAUSED
    assert program.current_version == version


def test_terms_are_frozen_in_all_languages_together(settings: Any) -> None:
    version = publish(version=draft_version())
    frozen = {row.language: row for row in TermsVersion.objects.filter(version=version)}
    assert set(frozen) == {code for code, _name in settings.LANGUAGES}
    english = frozen["en-gb"]
    assert "The friend gets" in english.text
    assert "The shop&#x27;s general terms apply as well." in english.html
    assert len(english.sha256) == 64


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"friend": None}, "Say what the friend gets."),
        ({"advocate": None}, "Say what the advocate gets."),
        ({"friend": {"amounts": {"MYR": {"minimum": 100}}}}, "Enter the amount that the friend"),
        (
            {"advocate": {"amounts": {"MYR": {}}, "validity_days": 9}},
            "Enter the amount that the advocate gets in Malaysian ringgits",
        ),
        ({"advocate": {"value": 1500, "validity_days": None}}, "Say for how many days"),
        ({"attribution_days": 0}, "Days a claim stays valid"),
        ({"hold_days": 366}, "Days a reward is held after payment"),
    ],
)
def test_what_is_missing_is_said(figures: dict[str, Any], words: str) -> None:
    assert words in only_problem(draft_version(**figures))


def test_an_incentive_needs_a_currency() -> None:
    version = draft_version()
    IncentiveAmount.objects.filter(incentive__side=Incentive.Side.FRIEND).delete()
    version = ProgramVersion.objects.get(pk=version.pk)
    assert only_problem(version) == "Choose at least one currency for the friend's discount."


def test_a_currency_that_the_shop_does_not_list() -> None:
    amounts = {"MYR": {"value": 1}, "XXX": {"value": 1}}
    assert "XXX" in only_problem(draft_version(friend={"amounts": amounts}))


def test_an_end_in_the_past() -> None:
    version = draft_version(ends_at=timezone.now() - timedelta(minutes=1))
    assert "The end lies in the past." in only_problem(version)


def test_an_empty_range() -> None:
    chosen = get_model("offer", "Range").objects.create(name="Teas")
    version = draft_version(advocate={"value": 1, "validity_days": 9, "range": chosen})
    assert "“Teas” contains no product" in only_problem(version)


def test_terms_missing_in_a_language() -> None:
    version = draft_version()
    DraftTerms.objects.filter(language="ms").update(text=" ")
    assert only_problem(version) == "Write the terms in Bahasa Melayu."


def test_terms_that_contradict_the_figures() -> None:
    version = draft_version(terms={"en-gb": "Friends get MYR 25 off."})
    assert "say “MYR 25”" in only_problem(version)


def test_another_live_program_on_the_site() -> None:
    live_program(name="The old one")
    assert "“The old one” is live" in only_problem(draft_version(name="The new one"))


def test_sites_do_not_disturb_each_other() -> None:
    live_program()
    assert live_program(site=SiteFactory()).status == Program.Status.LIVE


def test_an_ended_program_is_not_published_again() -> None:
    program = end(program=live_program())
    assert "has ended" in only_problem(draft_version(program=program))


def test_a_stopped_program_is_resumed_first() -> None:
    program = stop(program=live_program(), reason="leak")
    assert "is stopped" in only_problem(draft_version(program=program))


def test_a_version_is_published_once() -> None:
    version = draft_version()
    publish(version=version)
    with pytest.raises(PublishRefused) as refused:
        publish(version=version)
    assert refused.value.problems == ["Version 1 has been published already."]


def test_all_problems_are_said_at_once() -> None:
    version = draft_version(friend=None, advocate=None, terms={"ms": " "})
    assert len(problems_of(version)) == 3


def test_goods_for_nothing_are_a_warning_only() -> None:
    version = draft_version(friend={"value": 2000, "minimum": 2000})
    assert len(warnings_of(version)) == 1
    assert problems_of(version) == []
    assert warnings_of(draft_version(name="b")) == []


def test_a_receiver_can_refuse_and_nothing_is_left_behind() -> None:
    version = draft_version()

    def refuse(version: ProgramVersion, **kwargs: Any) -> None:
        raise PublishRefused(["A page says otherwise."])

    signals.publishing.connect(refuse)
    try:
        with pytest.raises(PublishRefused):
            publish(version=version)
    finally:
        signals.publishing.disconnect(refuse)
    version.refresh_from_db()
    assert version.status == ProgramVersion.Status.DRAFT
    assert not TermsVersion.objects.exists()
    assert Program.objects.get().status == Program.Status.DRAFT


def test_the_shop_hears_of_it_after_the_commit(
    django_capture_on_commit_callbacks: Any,
) -> None:
    heard = []

    def listen(version: ProgramVersion, **kwargs: Any) -> None:
        heard.append(version)

    signals.version_published.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            version = publish(version=draft_version())
            assert heard == []
    finally:
        signals.version_published.disconnect(listen)
    assert heard == [version]


def frozen_ids(version: ProgramVersion, side: str = "friend") -> set[int]:
    incentive = version.incentives.get(side=side)
    assert incentive.limited_to_products
    return set(incentive.products.values_list("product_id", flat=True))


def test_a_range_is_frozen_with_its_products() -> None:
    tea = create_product(title="Tea")
    chosen = get_model("offer", "Range").objects.create(name="Teas")
    chosen.add_product(tea)
    version = publish(version=draft_version(friend={"value": 2000, "range": chosen}))
    chosen.add_product(create_product())
    assert frozen_ids(version) == {tea.pk}
    incentive = version.incentives.get(side="friend")
    assert incentive.range_name == "Teas"
    assert incentive.products.get().title == "Tea"


def test_a_range_of_all_products_limits_nothing() -> None:
    chosen = get_model("offer", "Range").objects.create(
        name="Everything", includes_all_products=True
    )
    version = publish(version=draft_version(friend={"value": 2000, "range": chosen}))
    assert not version.incentives.get(side="friend").limited_to_products


def test_all_products_but_one_is_a_limit() -> None:
    tea, coffee = create_product(), create_product()
    chosen = get_model("offer", "Range").objects.create(
        name="No coffee", includes_all_products=True
    )
    chosen.excluded_products.add(coffee)
    version = publish(version=draft_version(friend={"value": 2000, "range": chosen}))
    assert frozen_ids(version) == {tea.pk}


def test_a_variant_that_the_range_leaves_out_stays_out() -> None:
    parent = create_product(structure="parent", product_class="Shirt")
    small = create_product(structure="child", parent=parent, product_class="Shirt")
    large = create_product(structure="child", parent=parent, product_class="Shirt")
    chosen = get_model("offer", "Range").objects.create(name="Shirts")
    chosen.add_product(parent)
    whole = publish(version=draft_version(friend={"value": 2000, "range": chosen}))
    assert parent.pk in frozen_ids(whole)
    chosen.excluded_products.add(large)
    chosen.invalidate_cached_queryset()
    program = whole.program
    part = publish(version=draft_version(program=program, friend={"value": 2000, "range": chosen}))
    assert frozen_ids(part) == {small.pk}


def test_other_words_later_are_a_further_edition() -> None:
    version = live_program().current_version
    assert refreeze_terms(version=version) == []
    DraftTerms.objects.filter(version=version, language="en-gb").update(text="New words.")
    (edition,) = refreeze_terms(version=version)
    assert (edition.language, edition.sequence) == ("en-gb", 2)
    assert "New words." in edition.text
    assert refreeze_terms(version=version) == []


def test_words_can_return_to_what_they_were() -> None:
    version = live_program().current_version
    typed = DraftTerms.objects.filter(version=version, language="en-gb")
    old = typed.get().text
    for text in ("New words.", old):
        typed.update(text=text)
        refreeze_terms(version=version)
    editions = TermsVersion.objects.filter(version=version, language="en-gb")
    assert editions.order_by("-sequence").first().text.endswith(old)


def test_other_words_must_not_contradict_either() -> None:
    version = live_program().current_version
    DraftTerms.objects.filter(version=version).update(text="You get 99% off.")
    with pytest.raises(PublishRefused):
        refreeze_terms(version=version)
    with pytest.raises(PublishRefused):
        refreeze_terms(version=draft_of(program=create_program(site=default_site(), name="b")))


@pytest.mark.parametrize("side", ["friend", "advocate"])
def test_store_credit_is_not_promised_before_the_checkout_takes_it(
    settings: Any, side: str
) -> None:
    settings.OSCAR_REFERRALS = {}
    credit = {"kind": "credit", "value": 500, "trigger": "sign_up", "side": side}
    version = draft_version(more=[credit])
    (problem,) = problems_of(version)
    assert "does not take store credit yet" in problem
    with pytest.raises(PublishRefused):
        publish(version=version)
    settings.OSCAR_REFERRALS = {"CREDIT_AT_CHECKOUT": True}
    assert problems_of(version) == []
    publish(version=version)


def test_pages_and_mails_are_read_before_the_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    depths = []

    def reader(version: ProgramVersion, with_drafts: bool) -> list[Any]:
        depths.append(len(connection.savepoint_ids))
        return []

    monkeypatch.setitem(READERS, "pages", reader)
    outside = len(connection.savepoint_ids)
    publish(version=draft_version())
    assert depths == [outside]


def test_pages_are_read_again_if_the_draft_has_changed_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft = draft_version()

    def reader(version: ProgramVersion, with_drafts: bool) -> list[Refused]:
        days = version.attribution_days
        ProgramVersion.objects.filter(pk=version.pk).update(attribution_days=77)
        finding = Finding(kind=Kind.DURATION, figure="30 days", sentence="Within 30 days.")
        return [Refused(finding=finding, where="A page", language="en-gb")] if days == 77 else []

    monkeypatch.setitem(READERS, "pages", reader)
    with pytest.raises(PublishRefused, match="A page says “30 days”"):
        publish(version=draft)

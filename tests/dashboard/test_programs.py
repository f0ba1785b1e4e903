"""Programs in the dashboard: from an empty list over a draft to a published, paused, ended one."""

from __future__ import annotations

import re

import pytest
from django.utils import translation
from oscar.core.loading import get_model

from oscar_referrals.dashboard.sentences import Sentences
from oscar_referrals.programs.drafts import draft_of
from oscar_referrals.programs.models import Program, ProgramVersion
from oscar_referrals.programs.publish import publish
from oscar_referrals.test.factories import (
    SiteFactory,
    draft_version,
    live_program,
    referral_code,
)
from tests.dashboard.pages import entered, said, url
from tests.shop import Visitor, product

pytestmark = pytest.mark.django_db


def test_an_empty_list_says_what_to_do(operator):
    page = operator.get(url("program-list")).content.decode()
    assert "No referral program yet" in page
    assert url("program-create") in page


def test_the_live_program_stands_first(operator):
    live = live_program(name="Live one")
    Program.objects.create(site=live.site, name="Newer draft", slug="newer")
    entries = operator.get(url("program-list")).context["entries"]
    names = [program.name for program, _words in entries]
    assert names == ["Live one", "Newer draft"]


def test_the_list_says_what_each_side_gets(operator, program):
    page = operator.get(url("program-list")).content.decode()
    assert "20 off your first order" in page.replace("\xa0", " ")
    assert "A voucher for" in page


def test_a_new_program_leads_to_its_first_draft(operator):
    answer = operator.post(url("program-create"), {"name": "Spring", "site": 1})
    program = Program.objects.get()
    assert program.status == "draft"
    assert answer.url == url("version-edit", program.versions.get().pk)


def test_two_programs_cannot_have_one_name(operator, program):
    answer = operator.post(url("program-create"), {"name": program.name.upper(), "site": 1})
    assert "a program of this name already" in answer.content.decode()
    assert Program.objects.count() == 1


def test_the_site_is_asked_for_only_where_there_are_several(operator):
    assert 'type="hidden" name="site"' in operator.get(url("program-create")).content.decode()
    other = SiteFactory()
    assert 'name="site"' in operator.get(url("program-create")).content.decode()
    operator.post(url("program-create"), {"name": "There", "site": other.pk})
    assert Program.objects.get().site == other


class TestDraft:
    """The one form of a draft."""

    @pytest.fixture
    def draft(self):
        return draft_version()

    def save(self, operator, draft, **changes):
        address = url("version-edit", draft.pk)
        data = entered(operator.get(address)) | changes
        return operator.post(address, {key: value for key, value in data.items() if value != ""})

    def test_saving_what_was_loaded_changes_nothing(self, operator, draft):
        def state():
            return [
                list(ProgramVersion.objects.values()),
                list(draft.incentives.order_by("side").values()),
                [list(one.amounts.values()) for one in draft.incentives.order_by("side")],
                list(draft.draft_terms.order_by("language").values("language", "text")),
            ]

        before = state()
        assert self.save(operator, draft).status_code == 302
        assert state() == before

    def test_an_empty_draft_proposes_what_is_usual(self, operator):
        operator.post(url("program-create"), {"name": "Spring", "site": 1})
        draft = ProgramVersion.objects.get()
        page = operator.get(url("version-edit", draft.pk))
        proposed = entered(page)
        assert proposed["friend-value_type"] == "fixed"
        assert proposed["advocate-validity_days"] == "90"
        assert proposed["friend-MYR-offered"] == "on"
        figures = {"friend-MYR-value": "10", "advocate-MYR-value": "5"}
        assert operator.post(url("version-edit", draft.pk), proposed | figures).status_code == 302
        assert draft.incentives.count() == 2

    def test_amounts_are_written_in_major_units_and_kept_in_minor_ones(self, operator, draft):
        self.save(
            operator,
            draft,
            **{"friend-MYR-value": "12.50", "friend-MYR-minimum": "100", "advocate-MYR-value": "7"},
        )
        friend = draft.incentives.get(side="friend").amounts.get()
        advocate = draft.incentives.get(side="advocate").amounts.get()
        assert (friend.value, friend.minimum) == (1250, 10000)
        assert advocate.value == 700

    def test_a_percentage_takes_the_place_of_an_amount(self, operator, draft):
        self.save(
            operator,
            draft,
            **{
                "friend-value_type": "percent",
                "friend-percent": "15",
                "friend-MYR-maximum": "50",
            },
        )
        friend = draft.incentives.get(side="friend")
        amount = friend.amounts.get()
        assert friend.percent == 15
        assert (amount.value, amount.maximum) == (None, 5000)

    def test_back_to_an_amount_the_percentage_and_its_maximum_go(self, operator):
        draft = draft_version(friend={"percent": 15, "maximum": 5000})
        self.save(operator, draft, **{"friend-value_type": "fixed", "friend-MYR-value": "20"})
        friend = draft.incentives.get(side="friend")
        assert friend.percent is None
        assert friend.amounts.values_list("value", "maximum").get() == (2000, None)

    def test_a_currency_that_is_not_offered_has_no_figures(self, operator, draft, settings):
        settings.OSCAR_REFERRALS = {"CURRENCIES": ("MYR", "JPY")}
        self.save(
            operator,
            draft,
            **{"friend-MYR-offered": "", "friend-JPY-offered": "on", "friend-JPY-value": "900"},
        )
        friend = draft.incentives.get(side="friend")
        assert list(friend.amounts.values_list("currency", "value")) == [("JPY", 900)]

    def test_a_currency_without_decimals_takes_none(self, operator, draft, settings):
        settings.OSCAR_REFERRALS = {"CURRENCIES": ("JPY",)}
        answer = self.save(
            operator, draft, **{"friend-JPY-offered": "on", "friend-JPY-value": "900.50"}
        )
        assert answer.status_code == 422
        assert "no more than 0 decimal places" in answer.content.decode()

    @pytest.mark.parametrize(
        ("changes", "complaint"),
        [
            ({"friend-MYR-value": ""}, "Enter the amount."),
            ({"friend-value_type": "percent", "friend-percent": ""}, "Enter the percentage."),
            ({"friend-MYR-value": "-1"}, "greater than or equal to 0"),
            ({"rules-hold_days": "9999"}, "less than or equal to 365"),
            (
                {"rules-starts_at": "2026-05-02T10:00", "rules-ends_at": "2026-05-01T10:00"},
                "The end has to be after the start.",
            ),
        ],
    )
    def test_a_mistake_is_named_and_nothing_is_saved(self, operator, draft, changes, complaint):
        before = list(draft.incentives.order_by("side").values("value_type", "amounts__value"))
        answer = self.save(operator, draft, **changes)
        assert answer.status_code == 422
        assert complaint in answer.content.decode()
        after = list(draft.incentives.order_by("side").values("value_type", "amounts__value"))
        assert after == before

    def test_typed_words_are_kept_per_language(self, operator, draft):
        self.save(operator, draft, **{"words-ms-text": "Syarat kami."})
        assert draft.draft_terms.get(language="ms").text == "Syarat kami."

    def test_titles_that_are_left_to_the_shop_stand_in_an_empty_field(
        self, operator, draft, settings
    ):
        settings.OSCAR_REFERRALS = {}
        draft.draft_terms.filter(language="ms").update(text="")
        words = {
            form.language: form["text"].value()
            for form in operator.get(url("version-edit", draft.pk)).context["form"].words
        }
        assert words["ms"].startswith("Siapa yang menjalankan program ini")
        assert words["en-gb"] == draft.draft_terms.get(language="en-gb").text

    def test_no_words_are_asked_for_where_the_terms_live_elsewhere(self, operator, draft, settings):
        settings.OSCAR_REFERRALS = {"TERMS_SOURCE": "tests.dashboard.test_programs.Elsewhere"}
        page = operator.get(url("version-edit", draft.pk))
        assert "words-ms-text" not in page.content.decode()
        self.save(operator, draft)
        assert draft.draft_terms.get(language="ms").text

    def test_the_preview_speaks_every_language(self, operator, draft):
        self.save(operator, draft, **{"friend-MYR-value": "33"})
        page = operator.get(url("version-edit", draft.pk)).content.decode()
        assert re.search(r"33\b", page)
        assert len(re.findall(r'<div lang="[\w-]+">', page)) == 3

    @pytest.mark.parametrize(("reader", "opened"), [("ms", "ms"), ("fr", "en-gb")])
    def test_the_preview_opens_in_the_readers_language(self, draft, reader, opened):
        with translation.override(reader):
            assert Sentences(draft).opened == opened

    def test_what_is_in_the_way_of_publishing_is_said(self, operator, draft):
        self.save(operator, draft, **{"words-ms-text": ""})
        page = operator.get(url("version-edit", draft.pk)).content.decode()
        assert "Before it can be published" in page
        assert "Bahasa Melayu" in page

    def test_what_is_in_the_way_leads_to_the_part_of_the_form_that_mends_it(self, operator):
        draft = draft_version(friend=None, terms={"ms": ""})
        editor = url("version-edit", draft.pk)
        for name in ("version-edit", "version-publish"):
            page = operator.get(url(name, draft.pk)).content.decode()
            for part in ("friend", "words"):
                assert f'href="{editor}#rf-part-{part}"' in page
        form = operator.get(editor).content.decode()
        for part in ("friend", "advocate", "rules", "words"):
            assert form.count(f'id="rf-part-{part}"') == 1

    def test_a_draft_that_somebody_else_saved_is_not_overwritten_unseen(self, operator, draft):
        address = url("version-edit", draft.pk)
        mine = entered(operator.get(address))
        self.save(operator, draft, **{"friend-MYR-value": "30"})
        answer = operator.post(address, mine | {"friend-MYR-value": "25"})
        assert answer.status_code == 409
        assert draft.incentives.get(side="friend").amounts.get().value == 3000
        again = mine | {
            "friend-MYR-value": "25",
            "fingerprint": answer.context["sentences"].fingerprint,
        }
        assert operator.post(address, again).status_code == 302
        assert draft.incentives.get(side="friend").amounts.get().value == 2500

    def test_a_version_published_meanwhile_is_not_edited(self, operator, draft):
        data = entered(operator.get(url("version-edit", draft.pk)))
        publish(version=draft)
        answer = operator.post(url("version-edit", draft.pk), data)
        assert answer.url == url("program-detail", draft.program_id)
        assert "no draft any more" in said(answer)[0]

    def test_a_draft_can_be_discarded(self, operator, program):
        draft = draft_of(program=program)
        assert "stays as it is" in operator.get(url("version-discard", draft.pk)).content.decode()
        operator.post(url("version-discard", draft.pk))
        assert list(program.versions.values_list("status", flat=True)) == ["published"]

    def test_a_range_is_offered_by_name(self, operator, draft):
        get_model("offer", "Range").objects.create(name="Only tea", slug="tea")
        assert "Only tea" in operator.get(url("version-edit", draft.pk)).content.decode()


class Elsewhere:
    """A source of terms that is not the dashboard."""

    def problems(self, version):
        return []


class TestPublishing:
    """The page that says what changes for whom, and its button."""

    def press(self, client, version):
        address = url("version-publish", version.pk)
        page = client.get(address)
        return client.post(address, {"fingerprint": page.context["fingerprint"]})

    def test_the_first_version_makes_the_program_live(self, operator):
        version = draft_version()
        answer = self.press(operator, version)
        version.refresh_from_db()
        assert (version.status, version.program.status) == ("published", "live")
        assert version.published_by == operator.user
        assert answer.url == url("program-detail", version.program_id)

    def test_the_summary_compares_with_what_is_live(self, operator, program):
        draft = draft_version(program=program, friend={"value": 3000, "minimum": 8000})
        page = operator.get(url("version-publish", draft.pk)).content.decode().replace("\xa0", " ")
        assert "Until now" in page
        row = next(part for part in page.split("<tr>") if "30 off" in part)
        assert "20 off" in row
        assert "Friends" in row

    def test_what_is_missing_keeps_it_from_being_published(self, operator):
        version = draft_version(terms={"ms": ""})
        page = operator.get(url("version-publish", version.pk)).content.decode()
        assert "Before it can be published" in page
        assert "btn-success" not in page
        answer = operator.post(url("version-publish", version.pk), {"fingerprint": "x"})
        assert any("Bahasa Melayu" in text for text in said(answer))
        version.refresh_from_db()
        assert version.status == "draft"

    def test_what_was_changed_after_the_page_was_opened_is_shown_first(self, operator):
        version = draft_version()
        address = url("version-publish", version.pk)
        page = operator.get(address)
        version.draft_terms.filter(language="ms").update(text="Ayat lain.")
        answer = operator.post(address, {"fingerprint": page.context["fingerprint"]})
        assert answer.url == address
        assert "changed after you opened" in said(answer)[0]
        version.refresh_from_db()
        assert version.status == "draft"
        self.press(operator, version)
        version.refresh_from_db()
        assert version.status == "published"

    def test_a_second_live_program_on_the_site_is_refused_by_name(self, operator, program):
        rival = draft_version(name="Rival")
        page = operator.get(url("version-publish", rival.pk)).content.decode()
        assert program.name in page

    def test_a_paused_program_stays_paused_and_the_page_says_so(self, operator, program):
        operator.post(url("program-pause", program.pk), {"reason": ""})
        draft = draft_version(program=program, friend={"value": 3000})
        page = operator.get(url("version-publish", draft.pk)).content.decode()
        assert "paused and stays so" in page
        self.press(operator, draft)
        program.refresh_from_db()
        assert program.status == "paused"

    def test_the_frozen_terms_can_be_read_afterwards(self, operator, program):
        version = program.current_version
        page = operator.get(url("version-detail", version.pk)).content.decode()
        assert page.count("SHA-256") == 3
        assert "general terms apply as well" in page


class TestLifecycle:
    """The four buttons."""

    @pytest.fixture
    def claimed(self, program):
        """A friend has taken the offer and not used it yet."""
        friend = Visitor()
        friend.add(product("100.00"))
        friend.enter(referral_code(program).code)
        return program

    @pytest.mark.parametrize(
        ("action", "status"), [("pause", "paused"), ("end", "ended"), ("stop", "stopped")]
    )
    def test_a_button_asks_first_and_then_does_it(self, operator, claimed, action, status):
        page = operator.get(url(f"program-{action}", claimed.pk)).content.decode()
        assert "1 friend who has taken the offer" in page
        assert "1 advocate" in page
        operator.post(url(f"program-{action}", claimed.pk), {"reason": "Code leaked"})
        claimed.refresh_from_db()
        assert (claimed.status, claimed.status_reason) == (status, "Code leaked")

    def test_the_reason_is_shown_on_the_programs_page(self, operator, program):
        operator.post(url("program-pause", program.pk), {"reason": "Stock is low"})
        assert "Stock is low" in operator.get(url("program-detail", program.pk)).content.decode()

    def test_stopping_needs_a_reason(self, operator, program):
        answer = operator.post(url("program-stop", program.pk), {"reason": " "})
        program.refresh_from_db()
        assert answer.status_code == 200
        assert program.status == "live"

    def test_a_paused_program_can_be_resumed(self, operator, program):
        operator.post(url("program-pause", program.pk), {"reason": ""})
        assert operator.get(url("program-resume", program.pk)).status_code == 200
        operator.post(url("program-resume", program.pk), {"reason": ""})
        program.refresh_from_db()
        assert program.status == "live"

    def test_a_button_that_is_not_there_any_more_changes_nothing(self, operator, program):
        operator.post(url("program-end", program.pk), {"reason": ""})
        answer = operator.post(url("program-pause", program.pk), {"reason": ""})
        program.refresh_from_db()
        assert program.status == "ended"
        assert "nothing was changed" in said(answer)[-1]

    def test_a_rival_that_went_live_meanwhile_is_named(self, operator, program):
        operator.post(url("program-pause", program.pk), {"reason": ""})
        live_program(name="Rival")
        answer = operator.post(url("program-resume", program.pk), {"reason": ""})
        assert "Rival" in said(answer)[-1]
        program.refresh_from_db()
        assert program.status == "paused"

    def test_the_wind_down_is_named_by_its_last_day(self, operator, claimed):
        page = operator.get(url("program-end", claimed.pk)).content.decode()
        assert re.search(r"until \d+ \w+ \d{4} at the latest", page)

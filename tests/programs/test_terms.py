from __future__ import annotations

import re

import pytest

from oscar_referrals import conf
from oscar_referrals.programs.contradictions import contradictions
from oscar_referrals.programs.models import ProgramVersion
from oscar_referrals.programs.terms import RenderedTerms, TypedTerms, sha256_of
from oscar_referrals.programs.typed_words import headings_to_fill
from oscar_referrals.test.factories import draft_version

pytestmark = pytest.mark.django_db


def figures(version: ProgramVersion, text: str, language: str) -> list[str]:
    return [finding.figure for finding in contradictions(version, text, language)]


def test_typed_text_is_text_and_never_html() -> None:
    version = draft_version(terms={"en-gb": "<script>alert(1)</script>\n\nSecond paragraph"})
    rendered = TypedTerms().render(version, "en-gb")
    assert "<script>" not in rendered.html
    assert "&lt;script&gt;" in rendered.html
    assert "<p>Second paragraph</p>" in rendered.html
    assert "<script>alert(1)</script>" in rendered.text


def test_the_clauses_come_first_under_their_headings() -> None:
    rendered = TypedTerms().render(draft_version(), "en-gb")
    positions = [
        rendered.text.index(heading)
        for heading in (
            "In short",
            "Who runs the program",
            "What friends get",
            "What advocates get",
            "Languages",
            "Further terms",
        )
    ]
    assert positions == sorted(positions)


def test_every_entry_of_the_contents_leads_to_its_section() -> None:
    rendered = TypedTerms().render(draft_version(), "en-gb").html
    anchors = re.findall(r'href="#([^"]+)"', rendered)
    assert anchors == re.findall(r'<section class="terms-section" id="([^"]+)"', rendered)
    malay = TypedTerms().render(draft_version(), "ms").html
    assert re.findall(r'href="#([^"]+)"', malay) == anchors


def test_what_the_settings_do_not_say_has_to_be_typed_at_its_section(settings: object) -> None:
    version = draft_version()
    assert TypedTerms().problems(version) == []
    settings.OSCAR_REFERRALS = {"SPONSOR_CONTACT": "hello@shop.example", "SPONSOR_NAME": "Shop"}
    problems = TypedTerms().problems(version)
    assert len(problems) == 2 * len(conf.get().languages)
    assert problems[0] == (
        "The terms in English have to say from which age and in which countries people may "
        "take part. Write it below a line of its own that reads “Who may take part”, or have the "
        "shop's settings say it."
    )
    for row in version.draft_terms.all():
        titles = headings_to_fill(row.language).split("\n\n\n")
        row.text = f"First.\n\n# {titles[0]}:\nAdults.\n\n{titles[1].upper()}\n\nNo <b>data</b>."
        row.save()
    assert TypedTerms().problems(version) == []

    rendered = TypedTerms().render(version, "en-gb")
    section = re.search(r'id="terms-joining".*?</section>', rendered.html, re.S)
    assert "<p>Adults.</p>" in section[0]
    assert "No &lt;b&gt;data&lt;/b&gt;." in rendered.html
    assert rendered.text.index("Adults.") < rendered.text.index("How a referral counts")
    assert rendered.text.endswith("Further terms\nFirst.")
    row = version.draft_terms.get(language="ms")
    row.text = "Siapa yang boleh menyertai"
    row.save()
    assert len(TypedTerms().problems(version)) == 2


def test_a_form_without_words_has_the_titles_to_fill(settings: object) -> None:
    assert headings_to_fill("en-gb") == ""
    settings.OSCAR_REFERRALS = {}
    assert headings_to_fill("en-gb").split("\n\n\n") == [
        "Who runs the program",
        "Who may take part",
        "If you disagree",
        "Personal data",
    ]


def test_equal_words_have_equal_fingerprints() -> None:
    one = RenderedTerms(html="<p>a</p>", text="a")
    assert sha256_of(one) == sha256_of(RenderedTerms(html="<p>a</p>", text="a"))
    assert sha256_of(one) != sha256_of(RenderedTerms(html="<p>a</p>", text="b"))


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en-gb", "Friends get RM 20 off from RM 80. 30 days later it is over.", []),
        ("en-gb", "Friends get RM20.00 off.", []),
        ("en-gb", "Friends get MYR 20 off.", []),
        ("en-gb", "Friends get RM 25 off, or 20 MYR.", ["RM 25"]),
        ("en-gb", "Friends get 15% off.", ["15%"]),
        ("en-gb", "Friends get 25 RM or RM 25.", ["25 RM", "RM 25"]),
        ("en-gb", "We answer within 14 days. FARM 7 is not money.", []),
        ("ms", "Rakan mendapat RM20 dan RM 1,500.", ["RM 1,500"]),
        ("id", "Teman mendapat MYR 20,00 atau MYR 20.000.", ["MYR 20.000"]),
        ("id", "Teman mendapat MYR 20.00.", []),
        ("id", "Teman mendapat MYR 20,00, bukan MYR 20.000.", []),
    ],
)
def test_figures_that_are_none_of_the_versions(
    settings: object, language: str, text: str, found: list[str]
) -> None:
    settings.OSCAR_REFERRALS = {"CURRENCY_SYMBOLS": {"MYR": "RM"}}
    assert figures(draft_version(), text, language) == found


def test_percentages_of_the_version_are_none() -> None:
    version = draft_version(friend={"percent": "12.50", "maximum": 5000})
    assert figures(version, "12.5% or 12.50 %, MYR 50 at most", "en-gb") == []
    assert figures(version, "12,5 %", "id") == []
    assert figures(version, "13%", "id") == ["13%"]

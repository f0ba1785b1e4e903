"""Steps 7 and 8 of the how-to for Wagtail: ``first_terms_page.py <command> <argument>…``.

Once per command, the arguments are those that the how-to gives. All of them run in one process,
because each of its own would take seconds to load the same.
"""

from __future__ import annotations

import shlex
import sys
from typing import Any
from urllib.parse import urlencode

import django

MALAY = "Terjemahan:"
#: What the settings of a new website don't say.
SECTIONS = {
    "sponsor": "The shop runs this program.",
    "joining": "From 18 years on, in Malaysia.",
    "appeal": "Write to us at help@example.com.",
    "privacy": "Read our privacy notice.",
}


def main(commands: list[str]) -> None:
    django.setup()
    from django.apps import apps
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import setup_test_environment

    for command in commands:
        call_command(*shlex.split(command))

    setup_test_environment()
    owner = Client()
    assert owner.login(username="owner@example.com", password="a-long-pass-phrase")
    draft = draft_program(owner)
    print("The program is drafted.")

    from wagtail.models import Site
    from wagtail.test.utils.form_data import rich_text, streamfield

    from oscar_referrals.programs.models import Program
    from wagtail_referrals.models import ReferralTermsPage

    menu = owner.get("/admin/").content.decode()
    for item in ("Referrals", "/referral_terms_pages_home_termspage/", "Referral settings"):
        assert item in menu, item
    home = Site.objects.get(is_default_site=True).root_page
    add = f"/admin/pages/add/wagtail_referrals/referraltermspage/{home.pk}/"
    refused = owner.post(add, terms("terms", draft, {}))
    assert refused.context["form"].errors["section_words"]
    owner.post(add, terms("terms", draft, SECTIONS))
    if apps.is_installed("wagtail_localize"):
        translate(owner, home, draft)
        print("The terms page is translated.")
    publish(owner, draft)
    assert Program.objects.get().status == Program.Status.LIVE
    visitor = Client()
    assert_terms_are_served(visitor, "/terms/")
    assert "edition" in page_of(visitor, "/terms/versions/")
    if apps.is_installed("wagtail_localize"):
        assert MALAY in page_of(visitor, "/ms/terms/")
        draft = publish_again(owner, draft.program)
    print("The terms page is served.")

    blocks = [
        ("reward_sentence", {"side": "friend"}),
        ("referral_steps", {"heading": "", "side": "friend"}),
        ("text", rich_text("<p>Welcome.</p>")),
    ]
    owner.post(f"/admin/pages/{home.pk}/edit/", page_form("home", body=streamfield(blocks)))
    shown = page_of(visitor, "/")
    for text in ("£20", "How it works", "Welcome."):
        assert text in shown, shown
    print("The home page shows the blocks.")

    first = ReferralTermsPage.objects.get(locale=home.locale)
    owner.post(f"/admin/pages/{first.pk}/unpublish/")
    assert visitor.get("/terms/").status_code == 404
    add = f"/admin/pages/add/home/termspage/{home.pk}/"
    owner.post(add, terms("our-terms", draft, SECTIONS, subtitle="In short"))
    listed = owner.get("/admin/referral_terms_pages_home_termspage/").content.decode()
    assert "our-terms" in listed, listed
    assert_terms_are_served(visitor, "/our-terms/")
    print("The website's own terms page is served.")


def draft_program(owner: Any) -> Any:
    """Draft a program in the dashboard: 20 off from 80 for the friend, 15 for the advocate."""
    from oscar_referrals import conf
    from oscar_referrals.programs.models import Program
    from tests.dashboard.pages import entered, url

    currency = conf.get().currencies[0]
    site = owner.get(url("program-create")).context["form"]["site"].value()
    owner.post(url("program-create"), {"name": "Bring a friend", "site": site})
    draft = Program.objects.get().versions.get()
    address = url("version-edit", draft.pk)
    figures = {
        f"friend-{currency}-value": "20",
        f"friend-{currency}-minimum": "80",
        f"advocate-{currency}-value": "15",
        "advocate-validity_days": "90",
    }
    owner.post(address, entered(owner.get(address)) | figures)
    return draft


def translate(owner: Any, home: Any, draft: Any) -> None:
    """Have the website in Malay as well, word by word in wagtail-localize's own editor."""
    from wagtail.models import Locale
    from wagtail_localize.models import StringSegment, Translation

    from tests.dashboard.pages import url
    from wagtail_referrals.models import ReferralTermsPage

    locale = Locale.objects.create(language_code="ms")
    asked = {"locales": [locale.pk], "include_subtree": "on"}
    owner.post(f"/admin/localize/submit/page/{home.pk}/", asked)
    page = ReferralTermsPage.objects.get(locale=locale)
    assert (page.live, page.program, page.version) == (False, draft.program, draft)
    translation = Translation.objects.get(source__object=page.translation_key, target_locale=locale)
    segments = StringSegment.objects.filter(source=translation.source).order_by("order")
    words = [segment for segment in segments if segment.context.path not in {"title", "slug"}]
    # Nobody is asked to translate what is made from the rules.
    assert len(words) == len(SECTIONS)
    assert not translation.source.overridablesegment_set.filter(context__path="version").exists()

    for translated in (page.get_parent(), page):
        owner.post(f"/admin/pages/{translated.pk}/edit/", {"action": "publish"})
    (problem,) = owner.get(url("version-publish", draft.pk)).context["problems"]
    assert "nobody has translated" in problem, problem
    for segment in words:
        answer = owner.put(
            f"/admin/localize/translate/{translation.pk}/strings/{segment.pk}/edit/",
            urlencode({"value": f"{MALAY} {segment.string.data}"}),
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code == 201, answer.content
    owner.post(f"/admin/pages/{page.pk}/edit/", {"action": "publish"})


def publish_again(owner: Any, program: Any) -> Any:
    """Words for a second version reach the translation, and both come into force at once."""
    from wagtail_localize.models import TranslationSource

    from oscar_referrals.programs.drafts import draft_of
    from oscar_referrals.programs.models import TermsVersion
    from wagtail_referrals.models import ReferralTermsPage

    draft = draft_of(program=program)
    source = TranslationSource.objects.get(object=ReferralTermsPage.objects.first().translation_key)
    original = source.get_source_instance()
    # The editor knows its blocks again, and so are their translations known.
    ids = {f"section_words-{n}-id": words.id for n, words in enumerate(original.section_words)}
    owner.post(f"/admin/pages/{original.pk}/edit/", terms("terms", draft, SECTIONS) | ids)
    owner.post(f"/admin/localize/update/{source.pk}/", {"publish_translations": "on"})
    publish(owner, draft)
    frozen = {row.language: row.html for row in TermsVersion.objects.filter(version=draft)}
    assert set(frozen) == {"en", "ms"}
    for words in SECTIONS.values():
        assert (words in frozen["en"], MALAY in frozen["en"]) == (True, False)
        assert f"{MALAY} {words}" in frozen["ms"]
    return draft


def publish(owner: Any, draft: Any) -> None:
    """Publish the draft in the dashboard, where nothing is in its way."""
    from tests.dashboard.pages import url

    address = url("version-publish", draft.pk)
    page = owner.get(address)
    assert not page.context["problems"], page.context["problems"]
    owner.post(address, {"fingerprint": page.context["fingerprint"]})


def page_form(slug: str, **fields: Any) -> dict[str, str]:
    """What Wagtail's page editor sends when "Publish" is pressed."""
    from wagtail.test.utils.form_data import nested_form_data

    comments = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0}
    data = {"title": slug, "slug": slug, "comments": comments, "action-publish": "1"}
    sent: dict[str, str] = nested_form_data(data | fields)
    return sent


def terms(slug: str, version: Any, sections: dict[str, str], **fields: str) -> dict[str, str]:
    """The form of a terms page for the version, with these words before the sections."""
    from wagtail.test.utils.form_data import rich_text, streamfield

    words = [
        (key, {"before": rich_text(f"<p>{text}</p>"), "after": rich_text("")})
        for key, text in sections.items()
    ]
    return page_form(
        slug,
        version=str(version.pk),
        opening=streamfield([]),
        section_words=streamfield(words),
        own_terms=streamfield([]),
        **fields,
    )


def page_of(visitor: Any, address: str) -> str:
    """The page behind the address, in the layout of the website and not in the shop's."""
    answer = visitor.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    page: str = answer.content.decode().replace("\xa0", " ")
    assert "css/mysite.css" in page
    assert "oscar/css" not in page
    return page


def assert_terms_are_served(visitor: Any, address: str) -> None:
    """A generated section with its figures, the shop's words in others, and the style."""
    page = page_of(visitor, address)
    for text in ("What friends get", "£20", "£80", *SECTIONS.values(), "terms.css", "print.js"):
        assert text in page, (text, page)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Publishes the pages about the referral program, as the editor would, once the program is live."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site

from home.models import ContentPage, HomePage
from oscar_referrals.programs.contradictions import contradictions
from oscar_referrals.programs.models import Incentive, Program, ProgramVersion
from wagtail_referrals.models import (
    ReferralAdvocatePage,
    ReferralLandingPage,
    ReferralOverviewPage,
    ReferralSettings,
)

from . import people
from .campaign_words import WORDS, AboutWords, CampaignWords, Questions, Said
from .progress import Progress

Blocks = list[tuple[str, Any]]
FRIEND, ADVOCATE = Incentive.Side.FRIEND.value, Incentive.Side.ADVOCATE.value
#: Titles of the website's pictures.
HILLS, WINDOW = "Hills at dawn", "A kitchen window in Janda Baik"


def is_loaded() -> bool:
    return ReferralAdvocatePage.objects.exists()


def load_campaign(progress: Progress) -> None:
    """Publish them in each language, and let the share links lead to the invitation page."""
    version = Program.objects.get(status=Program.Status.LIVE).current_version
    first: dict[str, Any] = {}
    with progress.step("Writing about the program", total=len(WORDS)) as advance:
        for language, words in WORDS.items():
            locale = Locale.objects.get(language_code=language)
            _check(version, language, words.campaign.questions, words.campaign.said)
            for about in (words.advocate, words.overview, words.invitation):
                _check(version, language, about.questions, about.said)
            pages = {
                "advocate": _about(ReferralAdvocatePage, words.advocate),
                "overview": _about(ReferralOverviewPage, words.overview),
                "invitation": _invitation(words.invitation),
                "campaign": _campaign(words.campaign),
            }
            for key, (page, fields) in pages.items():
                first.setdefault(key, None)
                published = _publish(page, fields, locale, first[key])
                first[key] = first[key] or published
                if key == "campaign":
                    _announce(published, words.campaign)
            advance()
        settings = ReferralSettings.for_site(Site.objects.get(is_default_site=True))
        settings.invitation_page = first["invitation"].page_ptr
        settings.save()


def _check(version: ProgramVersion, language: str, questions: Questions, said: Said | None) -> None:
    """What the editor's form would refuse is not published here either."""
    texts = [f"{asked}\n{answer}" for asked, answer in questions]
    for text in [*texts, said.quote if said else ""]:
        found = contradictions(version, text, language)
        assert not found, (text, found)


def _about(kind: type[Page], words: AboutWords) -> tuple[Page, dict[str, Blocks]]:
    page = kind(title=words.title, slug=words.slug, show_in_menus=True)
    body: Blocks = [("referral_end_date", {}), ("referral_tiers", {"heading": ""})]
    return page, {
        "opening": [("text", words.opening)],
        "body": [*body, *_said(words.said), *_questions(words.questions)],
    }


def _invitation(words: AboutWords) -> tuple[Page, dict[str, Blocks]]:
    # It says nothing without a code that the overview does not, so no menu needs it.
    page = ReferralLandingPage(title=words.title, slug=words.slug)
    body = [("text", words.opening), ("image", _picture(WINDOW))]
    return page, {"body": [*body, *_said(words.said), *_questions(words.questions)]}


def _campaign(words: CampaignWords) -> tuple[Page, dict[str, Blocks]]:
    page = ContentPage(
        title=words.title,
        slug=words.slug,
        introduction=words.introduction,
        show_in_menus=True,
    )
    call = {
        "heading": words.invitation,
        "text": words.invitation_text,
        "show_offer": False,
        "button_text": "",
    }
    return page, {
        "body": [
            ("text", words.opening),
            ("reward_sentence", {"side": ADVOCATE}),
            ("referral_end_date", {}),
            ("referral_tiers", {"heading": words.tiers}),
            ("referral_steps", {"heading": words.for_advocates, "side": ADVOCATE}),
            ("referral_share_panel", {"heading": words.share}),
            ("referral_leaderboard", {"period": "month"}),
            ("referral_steps", {"heading": words.for_friends, "side": FRIEND}),
            *_said(words.said),
            *_questions(words.questions),
            ("referral_call_to_action", call),
        ]
    }


def _said(said: Said | None) -> Blocks:
    return [("referral_testimonial", {"quote": said.quote, "name": said.name})] if said else []


def _questions(questions: Questions) -> Blocks:
    if not questions:
        return []
    pairs = [{"question": asked, "answer": f"<p>{answer}</p>"} for asked, answer in questions]
    return [("referral_questions", {"heading": "", "questions": pairs})]


def _announce(campaign: Page, words: CampaignWords) -> None:
    """The home page leads to the campaign, just above its last block, the call to everybody."""
    home = HomePage.objects.get(locale=campaign.locale)
    story = {
        "image": _picture(HILLS),
        "heading": words.story_heading,
        "text": words.story_text,
        "link_text": words.story_link,
        "link_page": campaign.page_ptr,
    }
    blocks: Blocks = [(block.block_type, block.value) for block in home.body]
    _save(home, {"body": [*blocks[:-1], ("story", story), blocks[-1]]})


def _publish(page: Page, fields: dict[str, Blocks], locale: Locale, original: Page | None) -> Page:
    if original is None:
        page.locale = locale
        HomePage.objects.get(locale=locale).add_child(instance=page)
        return _save(page, fields)
    copy = original.copy_for_translation(locale)
    copy.title = copy.draft_title = page.title
    copy.slug = page.slug
    if isinstance(page, ContentPage):
        copy.introduction = page.introduction
    return _save(copy, fields)


def _save(page: Any, fields: dict[str, Blocks]) -> Any:
    for name, blocks in fields.items():
        setattr(page, name, page._meta.get_field(name).stream_block.normalize(blocks))
    editor = get_user_model().objects.get(email=people.EDITOR.email)
    page.save_revision(user=editor).publish(user=editor)
    return page


def _picture(title: str) -> Any:
    return get_image_model().objects.get(title=title)

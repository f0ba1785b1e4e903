"""Publishes the website: a home page and two content pages in each language."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.images import ImageFile
from oscar.core.loading import get_model
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site

from home.models import ContentPage, HomePage

from .pictures.landscape import hills_at_dawn, morning_table
from .progress import Progress
from .words import HOME, PAGES, HomeWords, PageWords

LANGUAGES = [code for code, __ in settings.WAGTAIL_CONTENT_LANGUAGES]
BESTSELLERS = ("RP-102", "RP-101", "RP-401", "RP-501")
MORNING = ("RP-201", "RP-302", "RP-402", "RP-503")


def is_loaded() -> bool:
    return HomePage.objects.filter(locale__language_code__in=LANGUAGES).count() == len(LANGUAGES)


def load_website(progress: Progress) -> None:
    """Publish all pages and make the first language's home page the site's root."""
    with progress.step("Publishing the website", total=len(LANGUAGES)) as advance:
        images = {
            "hero": _image("Hills at dawn", hills_at_dawn()),
            "story": _image("A kitchen window in Janda Baik", morning_table()),
        }
        home: HomePage | None = None
        originals: list[ContentPage] = []
        for language in LANGUAGES:
            locale, __ = Locale.objects.get_or_create(language_code=language)
            page = _home_page(home, locale)
            contents = []
            for number, words in enumerate(PAGES[language]):
                contents.append(
                    _content_page(page, words, locale, originals[number] if originals else None)
                )
            _furnish(page, HOME[language], images, story=contents[0])
            home, originals = home or page, originals or contents
            advance()


def _home_page(original: HomePage | None, locale: Locale) -> HomePage:
    if original is not None:
        return original.copy_for_translation(locale)
    page = HomePage(
        title=settings.OSCAR_SHOP_NAME, slug="rimba-pagi", hero_title="…", locale=locale
    )
    Page.get_first_root_node().add_child(instance=page)
    site = Site.objects.get(is_default_site=True)
    welcome = site.root_page
    site.root_page, site.site_name = page, settings.OSCAR_SHOP_NAME
    site.hostname, site.port = "127.0.0.1", settings.PORT
    site.save()
    welcome.delete()
    return page


def _content_page(
    parent: HomePage, words: PageWords, locale: Locale, original: ContentPage | None
) -> ContentPage:
    if original is None:
        page = ContentPage(title=words.title, slug=words.slug, locale=locale, show_in_menus=True)
        parent.add_child(instance=page)
    else:
        page = original.copy_for_translation(locale)
        page.title, page.draft_title, page.slug = words.title, words.title, words.slug
    page.introduction = words.introduction
    body: list[Any] = [("text", f"<p>{paragraph}</p>") for paragraph in words.paragraphs]
    if words.questions:
        pairs = [{"question": ask, "answer": f"<p>{answer}</p>"} for ask, answer in words.questions]
        body.append(("questions", pairs))
    return _publish(page, body)


def _furnish(page: HomePage, words: HomeWords, images: dict[str, Any], story: ContentPage) -> None:
    # Its children were added since: saved as it is, it would forget their number.
    page = HomePage.objects.get(pk=page.pk)
    page.hero_title, page.hero_text = words.greeting, words.sentence
    page.hero_link_text, page.hero_image = words.button, images["hero"]
    _publish(
        page,
        [
            ("promises", [{"title": title, "text": text} for title, text in words.promises]),
            ("shelf", {"heading": words.bestsellers, "products": _products(BESTSELLERS)}),
            ("categories", {"heading": words.categories}),
            (
                "story",
                {
                    "image": images["story"],
                    "heading": words.story_heading,
                    "text": words.story_text,
                    "link_text": words.story_link,
                    "link_page": story.page_ptr,
                },
            ),
            ("shelf", {"heading": words.morning, "products": _products(MORNING)}),
            (
                "referral_call_to_action",
                {
                    "heading": words.invitation,
                    "text": words.invitation_text,
                    "show_offer": True,
                    "button_text": "",
                },
            ),
        ],
    )


def _publish(page: Any, body: list[Any]) -> Any:
    block = page._meta.get_field("body").stream_block
    page.body = block.normalize(body)
    page.save_revision().publish()
    return page


def _products(upcs: tuple[str, ...]) -> list[Any]:
    found = get_model("catalogue", "Product").objects.in_bulk(upcs, field_name="upc")
    return [found[upc] for upc in upcs]


def _image(title: str, picture: Picture.Image) -> Any:
    file = BytesIO()
    picture.save(file, "JPEG", quality=88)
    name = f"{title.lower().replace(' ', '-')}.jpg"
    return get_image_model().objects.create(title=title, file=ImageFile(file, name=name))

"""The operator's choice of channels and places, and the words that go out."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from oscar_referrals.account.call_to_action import call_for
from oscar_referrals.programs.models import Program
from oscar_referrals.sharing.channels import channels_of
from oscar_referrals.sharing.placements import Placement, registry
from oscar_referrals.sharing.share_models import ShareText
from tests.dashboard.pages import page_of, said, url

pytestmark = pytest.mark.django_db
ON = {"on-email": "on", "on-line": "on", "place-product": "on"}
WORDS = "Saya suka {shop}! {offer}. {url}"


def numbers(form, **positions):
    return {
        f"position-{channel.slug}": positions.get(channel.slug, 50) for channel in form.channels
    }


def test_channels_have_an_order_and_places_a_switch(operator, program):
    address = url("sharing", program.pk)
    form = operator.get(address).context["form"]
    response = operator.post(address, ON | numbers(form, line=1, email=2))
    assert said(response) == ["Saved. It holds from now on."]
    program = Program.objects.get()
    assert [channel.slug for channel in channels_of(program)] == ["line", "email"]
    assert program.placements_off == [
        "thank-you",
        "account-menu",
        "order-history",
        "order-mail",
        "footer",
        "landing",
    ]
    page = operator.get(address)
    assert [channel.slug for channel in page.context["form"].channels][:2] == ["line", "email"]
    wrong = operator.post(address, ON | numbers(form, line="x"))
    assert "Enter a whole number" in page_of(wrong)


BLOG = Placement(slug="blog", label="Our blog", help="Below each article.")
LIKE_OURS = Placement(slug="footer", label="Footer")
NO_SLUG = Placement(slug="Blog!", label="Our blog")


def test_a_place_of_the_shop_s_own_has_a_switch(operator, program, settings):
    settings.OSCAR_REFERRALS = {"PLACEMENTS": ("tests.dashboard.test_sharing.BLOG",)}
    address = url("sharing", program.pk)
    page = operator.get(address)
    assert "Our blog" in page_of(page)
    assert "Below each article." in page_of(page)
    form = page.context["form"]
    assert form["place-blog"].value() is True
    assert call_for(None, "blog") is not None
    operator.post(address, ON | numbers(form))
    assert "blog" in Program.objects.get().placements_off
    assert call_for(None, "blog") is None
    assert call_for(None, "product") is not None
    operator.post(address, ON | numbers(form) | {"place-blog": "on"})
    assert call_for(None, "blog") is not None


@pytest.mark.parametrize("name", ["LIKE_OURS", "NO_SLUG", "WORDS"])
def test_what_is_no_place_is_refused(settings, name):
    settings.OSCAR_REFERRALS = {"PLACEMENTS": (f"tests.dashboard.test_sharing.{name}",)}
    with pytest.raises(ImproperlyConfigured, match=name):
        registry()


def test_who_may_only_look_can_not_save(staff, program):
    reader = staff("view_program")
    for name in ("sharing", "share-texts"):
        assert "disabled" in page_of(reader.get(url(name, program.pk)))
        assert reader.post(url(name, program.pk), {"action": "save"}).status_code == 403
    assert Program.objects.get().share_channels is None


def test_words_are_looked_at_before_they_are_saved(operator, program):
    address = url("share-texts", program.pk)
    data = {"language": "ms", "opening": WORDS, "opening-x": f"{'panjang ' * 40}{{url}}"}
    text = page_of(operator.post(address, data | {"action": "preview"}))
    assert "Nothing is saved yet" in text
    assert "Saya suka Kedai Ujian! " in text
    assert "too long for X" in text
    assert not ShareText.objects.exists()
    response = operator.post(address, data | {"action": "save"})
    assert response["Location"] == f"{address}?language=ms"
    assert ShareText.objects.get(channel="").opening == WORDS
    assert "Saya suka Kedai Ujian! " in page_of(operator.get(response["Location"]))
    assert "Saya suka Kedai Ujian! " not in page_of(operator.get(f"{address}?language=id"))
    operator.post(address, {"language": "ms", "action": "save"})
    assert not ShareText.objects.exists()


@pytest.mark.parametrize("words", ["Jimat RM 20: {url}", "{url} {nama}", "Tiada pautan"])
def test_words_that_would_lie_or_break_are_refused(operator, program, words):
    address = url("share-texts", program.pk)
    data = {"language": "ms", "opening-whatsapp": words, "action": "save"}
    response = operator.post(address, data)
    assert response.status_code == 200
    assert response.context["form"].errors["opening-whatsapp"]
    assert not ShareText.objects.exists()

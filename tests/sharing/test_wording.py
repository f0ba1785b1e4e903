"""Words typed by hand can state no figure, and have no field that nothing fills."""

from __future__ import annotations

import pytest

from oscar_referrals.sharing.wording import figures_in, problems_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Try {shop}: {offer} {url}", []),
        ("Get 20 % off", ["20", "%"]),
        ("RM20 off!", ["RM20"]),
        ("Save MYR twenty", ["MYR twenty"]),
        ("within 14 days.", ["14"]),
        ("٢٠ off", ["٢٠"]),
        ("½ price", ["½"]),
        ("ten percent off", ["ten percent"]),
        ("sepuluh persen", ["sepuluh persen"]),
        ("Your friend saves twenty ringgit", ["twenty ringgit"]),
        ("Half price for friends", ["Half price"]),
        ("１０off", ["１０off"]),
        ("一起喝咖啡", []),
    ],
)
def test_every_figure_is_found(text, found):
    assert figures_in(text, "en-gb") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Get twenty ringgit off", ["twenty ringgit"]),
        ("Save twenty at {shop}", ["twenty"]),
        ("Save up to twenty-five here", ["twenty-five"]),
        ("Twenty off your first order!", ["Twenty"]),
        ("Half price for you: {url}", ["Half price"]),
        ("Use it within fourteen days", ["fourteen days"]),
        ("Your discount is valid for a month", ["a month"]),
        ("Use it within a month", ["a month"]),
        ("Guna dalam masa sebulan", ["sebulan"]),
        ("Jimat dua puluh ringgit", ["dua puluh ringgit"]),
        ("Jimat dua puluh", ["dua puluh"]),
        ("Hemat sepuluh ribu rupiah", ["sepuluh ribu rupiah"]),
        ("Diskon sebesar sepuluh ribu", ["sepuluh ribu"]),
        ("Potongan lima belas peratus", ["lima belas peratus"]),
        ("Sah selama dua minggu", ["dua minggu"]),
        ("Diskaunnya sah selama sebulan", ["sebulan"]),
        ("twenty ringgit off untuk anda", ["twenty ringgit"]),
        ("Bring up to ten friends a month for a reward", ["ten friends", "a month"]),
    ],
)
@pytest.mark.parametrize("language", ["en-gb", "ms", "id"])
def test_figures_in_words_are_found_whatever_the_page_speaks(text, found, language):
    assert figures_in(text, language) == found


@pytest.mark.parametrize(
    "text",
    [
        "A thousand thanks! {offer}: {url}",
        "One of my favourite shops",
        "The two of us get something: {offer}",
        "The discount is for your first order",
        "I have been coming here for a year",
        "Seven kinds of coffee, five stars from me",
        "It did not cost me a cent to try",
        "Two weeks ago I found this shop",
        "Dua minggu lalu saya jumpa kedai ini",
        "Once in a while one needs a good coffee",
        "Satu-satunya kedai kopi yang saya suka",
        "Seribu terima kasih! {offer}: {url}",
        "Dua sahabat, satu kopi",
        "Tidak rugi satu sen pun",
        "Pesanan pertama anda lebih murah",
        "Kopi lima bintang, sekali cuba pasti suka",
        "Hemat dan enak, satu untuk semua",
    ],
)
@pytest.mark.parametrize("language", ["en-gb", "ms", "id"])
def test_words_that_state_no_figure_are_let_through(text, language):
    assert figures_in(text, language) == []


@pytest.mark.parametrize(
    ("opening", "said"),
    [
        ("Hello {url}", ""),
        ("Hello {offer} at {shop}: {url}", ""),
        ("Hello", "Write {url} where the link belongs."),
        ("{url} {name}", "Nothing fills {name}."),
        ("{url} {shop.secret}", "Nothing fills {shop.secret}."),
        ("{url} {}", "Nothing fills {}."),
        ("{url} {", "A brace stands alone."),
        ("RM 20 off: {url}", "take out: 20. Write {offer}"),
        ("Easy money! {url}", "No message may promise or urge what no program can"),
    ],
)
def test_what_is_wrong_is_said(opening, said):
    problems = " ".join(problems_in(opening, "en-gb"))
    assert said in problems
    assert bool(problems) == bool(said)

"""Which sentences of any page are read as being about the program."""

from __future__ import annotations

import pytest

from oscar_referrals.programs.statements.mentions import sentences_about_program

SPEAK_OF_IT = {
    "en-gb": (
        "Refer a friend and save RM 20.",
        "Your friend gets RM 20 off the first order.",
        "For every friend who buys you receive RM 15.",
        "Invite your best friends to our shop before 31 December.",
        "Share your link: it works for 60 days.",
        "Our referral program ends on 31 December.",
        "The people you invite save RM 20.",
    ),
    "ms": (
        "Rujuk rakan dan jimat RM 20.",
        "Rakan anda mendapat diskaun RM 20.",
        "Bagi setiap rakan yang membeli, RM 15 untuk anda.",
        "Jemput rakan sebelum 31 Disember.",
        "Kod anda sah selama 30 hari.",
    ),
    "id": (
        "Ajak teman dan hemat Rp50.000.",
        "Temanmu dapat potongan 10%.",
        "Untuk setiap teman, Rp25.000 masuk ke akunmu.",
        "Tautan kamu aktif 28 hari.",
        "Imbalanmu cair setelah 7 hari.",
    ),
}
DO_NOT = {
    "en-gb": (
        "This kettle costs RM 249.",
        "Everything for tea is 30% off this week.",
        "A gift for a friend: our mug at RM 45.",
        "Delivery takes 3 to 5 days and is free from RM 120.",
        "Come to our friendly workshop on 12 May, RM 60 per seat.",
        "Get 10% off with our newsletter.",
        "We have roasted for 25 years.",
    ),
    "ms": (
        "Cerek ini berharga RM 249.",
        "Diskaun 30% untuk semua teh minggu ini.",
        "Hadiah untuk sahabat: cawan RM 45.",
        "Penghantaran mengambil masa 3 hingga 5 hari.",
    ),
    "id": (
        "Teko ini Rp249.000.",
        "Diskon 30% untuk semua teh minggu ini.",
        "Kado untuk sahabat: cangkir Rp45.000.",
        "Kami menyeduh kopi sejak 25 tahun lalu.",
    ),
}


@pytest.mark.parametrize("language", SPEAK_OF_IT)
def test_sentences_about_the_program_are_told_from_others(language: str) -> None:
    text = "\n".join((*SPEAK_OF_IT[language], *DO_NOT[language]))
    assert sentences_about_program(text, language).split("\n") == list(SPEAK_OF_IT[language])


def test_what_follows_in_the_same_paragraph_goes_on() -> None:
    text = "Refer a friend. They get RM 20 off. The kettle costs RM 80.\nMugs are 20% off."
    kept = sentences_about_program(text, "en-gb")
    assert kept == "Refer a friend.\nThey get RM 20 off."


def test_a_language_without_words_of_its_own_has_none() -> None:
    assert sentences_about_program("Freunde sparen 20 %.", "de") == ""

"""The terms pages of a program: what the shop says in its own words, in each of its languages."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Locale

from home.models import HomePage
from oscar_referrals.programs.models import Program, ProgramVersion
from wagtail_referrals.models import ReferralTermsPage, terms_pages


@dataclass(frozen=True)
class TermsWords:
    """Title (with the program's name put in), an opening, and words by the key of their section."""

    title: str
    slug: str
    opening: tuple[str, str]
    sections: dict[str, str]


WORDS = {
    "en-gb": TermsWords(
        "{program}: the terms",
        "terms",
        (
            "What it is about",
            "<p>Share your link with somebody who would enjoy what we roast. They save on their "
            "first order, and once that order has proved real, you get a voucher. The figures "
            "below are the ones our checkout uses.</p>",
        ),
        {
            "sponsor": "<p>You find us in the former printing shop in Bentong.</p>",
            "fairness": (
                "<ul><li>Please do not post your code on coupon sites.</li>"
                "<li>“I get a voucher if you order” is enough to say that you get something as "
                "well.</li><li>Promise nothing that this page does not promise.</li></ul>"
            ),
            "privacy": (
                "<p>Your friends' names are not shown to you unless they allow it, and yours is "
                "shown to them only if you allow it.</p>"
            ),
        },
    ),
    "ms": TermsWords(
        "{program}: terma",
        "terma",
        (
            "Tentang program ini",
            "<p>Kongsikan pautan anda dengan seseorang yang akan menyukai sangraian kami. Rakan "
            "anda berjimat pada pesanan pertama, dan setelah pesanan itu terbukti sah, anda "
            "menerima baucar. Angka di bawah ialah angka yang digunakan semasa pembayaran.</p>",
        ),
        {
            "sponsor": "<p>Kami berada di bekas kedai cetak di Bentong.</p>",
            "fairness": (
                "<ul><li>Jangan siarkan kod anda di laman kupon.</li>"
                "<li>“Saya dapat baucar kalau kamu membeli” sudah memadai untuk memberitahu bahawa "
                "anda turut mendapat ganjaran.</li>"
                "<li>Jangan janjikan apa-apa yang tidak dijanjikan di halaman ini.</li></ul>"
            ),
            "privacy": (
                "<p>Nama rakan tidak ditunjukkan kepada anda kecuali jika mereka membenarkannya, "
                "dan nama anda hanya ditunjukkan kepada mereka jika anda membenarkannya.</p>"
            ),
        },
    ),
    "id": TermsWords(
        "{program}: syarat",
        "syarat",
        (
            "Tentang program ini",
            "<p>Bagikan tautan Anda kepada seseorang yang akan menyukai kopi sangraian kami. Teman "
            "Anda berhemat pada pesanan pertamanya, dan setelah pesanan itu terbukti sah, Anda "
            "menerima voucher. Angka di bawah adalah angka yang dipakai saat pembayaran.</p>",
        ),
        {
            "sponsor": "<p>Kami berada di bekas percetakan di Bentong.</p>",
            "fairness": (
                "<ul><li>Jangan memasang kode Anda di situs kupon.</li>"
                "<li>“Saya dapat voucher kalau kamu memesan” sudah cukup untuk menyampaikan bahwa "
                "Anda juga mendapat imbalan.</li>"
                "<li>Jangan menjanjikan apa pun yang tidak dijanjikan di halaman ini.</li></ul>"
            ),
            "privacy": (
                "<p>Nama teman tidak ditampilkan kepada Anda kecuali bila mereka mengizinkannya, "
                "dan nama Anda hanya ditampilkan kepada mereka bila Anda mengizinkannya.</p>"
            ),
        },
    ),
}


def create_terms_pages(program: Program) -> dict[str, ReferralTermsPage]:
    """Publish the program's terms page in each language where it has none; all of them by language.

    The words are for the version that is current, or for the draft of a program that has none yet.
    """
    version = program.current_version or program.versions.get()
    existing = terms_pages(program)
    pages: dict[str, ReferralTermsPage] = {}
    for language, words in WORDS.items():
        if language in existing:
            pages[language] = existing[language][0]
            continue
        original = next(iter(pages.values()), None)
        pages[language] = _write(original, version, language, words)
    return pages


def _write(
    original: ReferralTermsPage | None,
    version: ProgramVersion,
    language: str,
    words: TermsWords,
) -> ReferralTermsPage:
    locale = Locale.objects.get(language_code=language)
    title = words.title.format(program=version.program.name)
    slug = f"{version.program.slug}-{words.slug}"
    if original is None:
        page = ReferralTermsPage(
            title=title, slug=slug, locale=locale, program=version.program, version=version
        )
        HomePage.objects.get(locale=locale).add_child(instance=page)
    else:
        page = original.copy_for_translation(locale)
        page.title = page.draft_title = title
        page.slug = slug
    heading, text = words.opening
    page.opening = [("heading", heading), ("text", text)]
    page.section_words = [
        (key, {"before": "", "after": said}) for key, said in words.sections.items()
    ]
    page.save_revision().publish()
    return page

"""The terms pages of a program: what the shop says in its own words, in each of its languages."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Locale

from home.models import HomePage
from oscar_referrals.programs.models import Program, ProgramVersion
from wagtail_referrals.models import ReferralTermsPage, terms_pages


@dataclass(frozen=True)
class TermsWords:
    """Title (with the program's name put in), a summary, and pairs of heading and rich text."""

    title: str
    slug: str
    summary: tuple[str, str]
    own_terms: tuple[tuple[str, str], ...]


WORDS = {
    "en-gb": TermsWords(
        "{program}: the terms",
        "terms",
        (
            "In short",
            "<p>Share your link with somebody who would enjoy what we roast. They save on their "
            "first order, and once that order has proved real, you get a voucher. The figures "
            "below are the ones our checkout uses.</p>",
        ),
        (
            (
                "Who runs this program",
                "<p>Rimba Pagi, in the former printing shop in Bentong, Pahang. Write to us at "
                "hello@rimbapagi.example.</p>",
            ),
            (
                "Sharing fairly",
                "<ul><li>Share with people you know. Please send no unasked messages in bulk, and "
                "do not post your code on coupon sites.</li>"
                "<li>Say that you get something as well. “I get a voucher if you order” is "
                "enough.</li>"
                "<li>Place no advertisements in our name, and promise nothing that this page does "
                "not promise.</li></ul>",
            ),
            (
                "If something looks wrong",
                "<p>A reward has not arrived, or you see a decision differently? Write to us with "
                "the order number, and we look at it again.</p>",
            ),
            (
                "Your data",
                "<p>We keep which code was used for which order, and when, so that both of you get "
                "what was promised. Your friends' names are not shown to you, and yours is shown "
                "to them only if you allow it. You can leave the program at any time in your "
                "account.</p>",
            ),
            (
                "Languages",
                "<p>These terms appear in English, Malay and Indonesian at the same time. Should "
                "they differ, the words that you accepted count.</p>",
            ),
        ),
    ),
    "ms": TermsWords(
        "{program}: terma",
        "terma",
        (
            "Ringkasnya",
            "<p>Kongsikan pautan anda dengan seseorang yang akan menyukai sangraian kami. Rakan "
            "anda berjimat pada pesanan pertama, dan setelah pesanan itu terbukti sah, anda "
            "menerima baucar. Angka di bawah ialah angka yang digunakan semasa pembayaran.</p>",
        ),
        (
            (
                "Siapa yang menjalankan program ini",
                "<p>Rimba Pagi, di bekas kedai cetak di Bentong, Pahang. Hubungi kami di "
                "hello@rimbapagi.example.</p>",
            ),
            (
                "Berkongsi secara jujur",
                "<ul><li>Kongsikan dengan orang yang anda kenali. Jangan hantar mesej pukal tanpa "
                "diminta, dan jangan siarkan kod anda di laman kupon.</li>"
                "<li>Beritahu bahawa anda turut mendapat ganjaran. “Saya dapat baucar kalau kamu "
                "membeli” sudah memadai.</li>"
                "<li>Jangan pasang iklan atas nama kami, dan jangan janjikan apa-apa yang tidak "
                "dijanjikan di halaman ini.</li></ul>",
            ),
            (
                "Jika ada yang tidak kena",
                "<p>Ganjaran belum sampai, atau anda tidak bersetuju dengan sesuatu keputusan? "
                "Hubungi kami dengan nombor pesanan, dan kami akan menyemaknya semula.</p>",
            ),
            (
                "Data anda",
                "<p>Kami menyimpan kod yang digunakan untuk setiap pesanan dan masanya, supaya "
                "anda berdua menerima apa yang dijanjikan. Nama rakan tidak ditunjukkan kepada "
                "anda, dan nama anda hanya ditunjukkan kepada mereka jika anda membenarkannya. "
                "Anda boleh keluar daripada program pada bila-bila masa melalui akaun anda.</p>",
            ),
            (
                "Bahasa",
                "<p>Terma ini diterbitkan serentak dalam bahasa Inggeris, Melayu dan Indonesia. "
                "Jika berbeza, perkataan yang anda terima itulah yang terpakai.</p>",
            ),
        ),
    ),
    "id": TermsWords(
        "{program}: ketentuan",
        "ketentuan",
        (
            "Singkatnya",
            "<p>Bagikan tautan Anda kepada seseorang yang akan menyukai kopi sangraian kami. Teman "
            "Anda berhemat pada pesanan pertamanya, dan setelah pesanan itu terbukti sah, Anda "
            "menerima voucher. Angka di bawah adalah angka yang dipakai saat pembayaran.</p>",
        ),
        (
            (
                "Siapa yang menyelenggarakan program ini",
                "<p>Rimba Pagi, di bekas percetakan di Bentong, Pahang. Hubungi kami di "
                "hello@rimbapagi.example.</p>",
            ),
            (
                "Berbagi dengan jujur",
                "<ul><li>Bagikan kepada orang yang Anda kenal. Jangan mengirim pesan massal yang "
                "tidak diminta, dan jangan memasang kode Anda di situs kupon.</li>"
                "<li>Sampaikan bahwa Anda juga mendapat imbalan. “Saya dapat voucher kalau kamu "
                "memesan” sudah cukup.</li>"
                "<li>Jangan memasang iklan atas nama kami, dan jangan menjanjikan apa pun yang "
                "tidak dijanjikan di halaman ini.</li></ul>",
            ),
            (
                "Bila ada yang keliru",
                "<p>Imbalan belum tiba, atau Anda tidak setuju dengan suatu keputusan? Hubungi "
                "kami dengan menyebutkan nomor pesanan, dan kami akan memeriksanya kembali.</p>",
            ),
            (
                "Data Anda",
                "<p>Kami menyimpan kode yang dipakai untuk setiap pesanan beserta waktunya, agar "
                "Anda berdua menerima apa yang dijanjikan. Nama teman tidak ditampilkan kepada "
                "Anda, dan nama Anda hanya ditampilkan kepada mereka bila Anda mengizinkannya. "
                "Anda dapat keluar dari program kapan saja melalui akun Anda.</p>",
            ),
            (
                "Bahasa",
                "<p>Ketentuan ini terbit serentak dalam bahasa Inggris, Melayu, dan Indonesia. "
                "Bila berbeda, kata-kata yang Anda terima yang berlaku.</p>",
            ),
        ),
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
    page.opening = _blocks([words.summary])
    page.own_terms = _blocks(words.own_terms)
    page.save_revision().publish()
    return page


def _blocks(parts: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [block for heading, text in parts for block in (("heading", heading), ("text", text))]

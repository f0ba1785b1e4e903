"""What the website says of the referral program, in each of its languages.

No figure stands here: the blocks between the words say what the live version promises.
"""

from __future__ import annotations

from dataclasses import dataclass

Questions = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Said:
    """What a customer says of the program, and the name that stands below it."""

    quote: str
    name: str


@dataclass(frozen=True)
class AboutWords:
    """One of the pages made from the rules: address, title, and the words around them."""

    slug: str
    title: str
    opening: str
    questions: Questions = ()
    said: Said | None = None


@dataclass(frozen=True)
class CampaignWords:
    """The page of a campaign, which has each kind of block once."""

    slug: str
    title: str
    introduction: str
    opening: str
    tiers: str
    for_advocates: str
    for_friends: str
    share: str
    said: Said
    questions: Questions
    invitation: str
    invitation_text: str
    #: The way there from the home page.
    story_heading: str
    story_text: str
    story_link: str


@dataclass(frozen=True)
class ProgramWords:
    """All pages about the program in one language."""

    advocate: AboutWords
    overview: AboutWords
    invitation: AboutWords
    campaign: CampaignWords


WORDS = {
    "en-gb": ProgramWords(
        advocate=AboutWords(
            "refer-a-friend",
            "Refer a friend",
            "<p>Most of the people who order from us first heard of us at a friend's kitchen "
            "table. If you know somebody who would enjoy what we roast, pass your link on.</p>",
            (
                (
                    "Where do I find my link?",
                    "On this page, as soon as you have joined, and in your account.",
                ),
                (
                    "May I post my code?",
                    "Yes, where people know you. Please leave coupon sites alone, and say that "
                    "you get something as well.",
                ),
                (
                    "How do I know what became of it?",
                    "Your account shows each friend's step, and we write to you when a reward is "
                    "ready.",
                ),
            ),
            Said(
                "I left a bag of the liberica in our office kitchen, with my card beside it. Now "
                "the whole floor orders here.",
                "Nurul from Shah Alam",
            ),
        ),
        overview=AboutWords(
            "kawan-kopi",
            "Kawan Kopi at a glance",
            "<p>Kawan Kopi is how we thank the people who tell others about us. Whatever is said "
            "here about amounts and days comes straight from the rules of our checkout.</p>",
        ),
        invitation=AboutWords(
            "invitation",
            "A friend has thought of you",
            "<h2>Who sends the parcel</h2><p>We roast coffee in small batches in Bentong and sell "
            "it with tea, kaya and all that belongs on a breakfast table. You don't have to "
            "recommend us to anybody to use your friend's offer.</p>",
            (
                (
                    "Do I need an account?",
                    "No. You can order as a guest, with the e-mail address that you always use.",
                ),
                (
                    "Where do I see the discount?",
                    "In your basket, before you pay. If something is missing, it says what.",
                ),
            ),
            Said(
                "Whoever visits us asks what smells so good. Then I send them the link.",
                "Devi from Ipoh",
            ),
        ),
        campaign=CampaignWords(
            "year-end-gifts",
            "Year-end gifts",
            "For the people with whom we had breakfast this year.",
            "<p>A parcel of coffee is a good present, and a good start to the next year. Tell a "
            "friend where yours comes from: the more of them order, the better we thank you.</p>",
            "Every friend counts",
            "How you recommend us",
            "How your friend orders",
            "Your link for the holidays",
            Said(
                "My sister moved to Kuching, and we still have the same coffee at the same time.",
                "Aminah from Melaka",
            ),
            (
                (
                    "Can I give a parcel as a present?",
                    "Of course. Put your card with it, so that your friend can order the next one.",
                ),
                (
                    "I have recommended you before. Does that count?",
                    "Yes. Friends who ordered earlier in this program are counted as well.",
                ),
            ),
            "Who comes to mind?",
            "A few lines are enough, and you both have something of it.",
            "A year of good mornings",
            "<p>In the last weeks of the year we thank those who bring us new friends a little "
            "more than usual.</p>",
            "See the year-end gifts",
        ),
    ),
    "ms": ProgramWords(
        advocate=AboutWords(
            "rujuk-rakan",
            "Rujuk rakan",
            "<p>Kebanyakan pelanggan kami mula-mula mendengar tentang kami di meja makan seorang "
            "rakan. Kalau anda kenal seseorang yang akan menyukai kopi sangraian kami, kongsikan "
            "pautan anda.</p>",
            (
                (
                    "Di manakah pautan saya?",
                    "Di halaman ini, sebaik sahaja anda menyertai, dan dalam akaun anda.",
                ),
                (
                    "Bolehkah saya menyiarkan kod saya?",
                    "Boleh, di tempat orang mengenali anda. Elakkan laman kupon, dan beritahu "
                    "bahawa anda turut mendapat sesuatu.",
                ),
                (
                    "Bagaimana saya tahu perkembangannya?",
                    "Akaun anda menunjukkan langkah setiap rakan, dan kami akan menghantar e-mel "
                    "apabila ganjaran sudah sedia.",
                ),
            ),
            Said(
                "Saya tinggalkan sebungkus liberika di pantri pejabat bersama kad saya. Sekarang "
                "semua orang di tingkat kami membeli di sini.",
                "Nurul dari Shah Alam",
            ),
        ),
        overview=AboutWords(
            "kawan-kopi",
            "Kawan Kopi secara ringkas",
            "<p>Kawan Kopi ialah cara kami berterima kasih kepada mereka yang bercerita tentang "
            "kami. Semua jumlah dan tempoh di sini datang terus daripada peraturan pembayaran "
            "kami.</p>",
        ),
        invitation=AboutWords(
            "jemputan",
            "Seorang rakan teringat akan anda",
            "<h2>Siapa yang menghantar bungkusan ini</h2><p>Kami menyangrai kopi sedikit demi "
            "sedikit di Bentong dan menjualnya bersama teh, kaya dan segala yang patut ada di meja "
            "sarapan. Anda tidak perlu merujuk sesiapa untuk menggunakan tawaran rakan anda.</p>",
            (
                (
                    "Adakah saya memerlukan akaun?",
                    "Tidak. Anda boleh membuat pesanan sebagai tetamu, dengan alamat e-mel yang "
                    "biasa anda gunakan.",
                ),
                (
                    "Di manakah saya melihat diskaunnya?",
                    "Dalam bakul anda, sebelum anda membayar. Jika ada yang belum dipenuhi, ia "
                    "dinyatakan di situ.",
                ),
            ),
            Said(
                "Setiap tetamu bertanya apa yang berbau wangi. Saya pun menghantar pautan kepada "
                "mereka.",
                "Devi dari Ipoh",
            ),
        ),
        campaign=CampaignWords(
            "hadiah-akhir-tahun",
            "Hadiah akhir tahun",
            "Untuk mereka yang bersarapan dengan kita sepanjang tahun ini.",
            "<p>Sebungkus kopi ialah hadiah yang baik, dan permulaan yang baik untuk tahun baharu. "
            "Beritahu rakan dari mana datangnya kopi anda: lebih ramai rakan yang membuat pesanan, "
            "lebih besar penghargaan kami.</p>",
            "Setiap rakan dikira",
            "Cara anda merujuk rakan",
            "Cara rakan anda membuat pesanan",
            "Pautan anda untuk musim cuti",
            Said(
                "Adik saya berpindah ke Kuching, tetapi kami masih minum kopi yang sama pada waktu "
                "yang sama.",
                "Aminah dari Melaka",
            ),
            (
                (
                    "Bolehkah bungkusan itu dijadikan hadiah?",
                    "Tentu. Sertakan kad anda, supaya rakan anda boleh memesan bungkusan "
                    "seterusnya.",
                ),
                (
                    "Saya pernah merujuk rakan. Adakah itu dikira?",
                    "Ya. Rakan yang membuat pesanan lebih awal dalam program ini turut dikira.",
                ),
            ),
            "Siapa yang terlintas di fikiran anda?",
            "Beberapa baris sudah memadai, dan anda berdua mendapat manfaat.",
            "Setahun penuh pagi yang indah",
            "<p>Pada minggu-minggu terakhir tahun ini, penghargaan kami kepada mereka yang membawa "
            "rakan baharu lebih besar daripada biasa.</p>",
            "Lihat hadiah akhir tahun",
        ),
    ),
    "id": ProgramWords(
        advocate=AboutWords(
            "ajak-teman",
            "Ajak teman",
            "<p>Sebagian besar pelanggan kami pertama kali mendengar tentang kami di meja makan "
            "seorang teman. Bila Anda mengenal seseorang yang akan menyukai kopi sangraian kami, "
            "bagikan tautan Anda.</p>",
            (
                (
                    "Di mana saya menemukan tautan saya?",
                    "Di halaman ini, begitu Anda bergabung, dan di akun Anda.",
                ),
                (
                    "Bolehkah kode saya dipasang di media sosial?",
                    "Boleh, di tempat orang mengenal Anda. Hindari situs kupon, dan sampaikan "
                    "bahwa Anda juga mendapat sesuatu.",
                ),
                (
                    "Bagaimana saya tahu perkembangannya?",
                    "Akun Anda menunjukkan langkah setiap teman, dan kami mengirim email saat "
                    "imbalan sudah siap.",
                ),
            ),
            Said(
                "Saya menaruh sebungkus liberika di dapur kantor, dengan kartu saya di sampingnya. "
                "Sekarang semua orang di lantai kami memesan di sini.",
                "Nurul dari Shah Alam",
            ),
        ),
        overview=AboutWords(
            "kawan-kopi",
            "Sekilas Kawan Kopi",
            "<p>Kawan Kopi adalah cara kami berterima kasih kepada mereka yang bercerita tentang "
            "kami. Semua jumlah dan jangka waktu di sini berasal langsung dari aturan pembayaran "
            "kami.</p>",
        ),
        invitation=AboutWords(
            "undangan",
            "Seorang teman teringat pada Anda",
            "<h2>Siapa pengirim paketnya</h2><p>Kami menyangrai kopi sedikit demi sedikit di "
            "Bentong dan menjualnya bersama teh, selai kaya, dan segala yang pantas ada di meja "
            "sarapan. Anda tidak perlu mengajak siapa pun untuk memakai tawaran teman Anda.</p>",
            (
                (
                    "Apakah saya perlu akun?",
                    "Tidak. Anda bisa memesan sebagai tamu, dengan alamat email yang biasa Anda "
                    "pakai.",
                ),
                (
                    "Di mana saya melihat diskonnya?",
                    "Di keranjang Anda, sebelum Anda membayar. Bila masih ada yang kurang, di situ "
                    "disebutkan apa.",
                ),
            ),
            Said(
                "Setiap tamu bertanya apa yang harum ini. Lalu saya kirimkan tautannya.",
                "Devi dari Ipoh",
            ),
        ),
        campaign=CampaignWords(
            "hadiah-akhir-tahun",
            "Hadiah akhir tahun",
            "Untuk mereka yang sarapan bersama kita sepanjang tahun ini.",
            "<p>Sebungkus kopi adalah hadiah yang baik, dan awal yang baik untuk tahun baru. "
            "Ceritakan kepada teman dari mana kopi Anda berasal: makin banyak teman yang memesan, "
            "makin besar terima kasih kami.</p>",
            "Setiap teman dihitung",
            "Cara Anda mengajak teman",
            "Cara teman Anda memesan",
            "Tautan Anda untuk musim liburan",
            Said(
                "Adik saya pindah ke Kuching, tetapi kami tetap minum kopi yang sama pada jam yang "
                "sama.",
                "Aminah dari Melaka",
            ),
            (
                (
                    "Bolehkah paketnya dijadikan hadiah?",
                    "Tentu. Sertakan kartu Anda, supaya teman Anda bisa memesan paket berikutnya.",
                ),
                (
                    "Saya pernah mengajak teman. Apakah itu dihitung?",
                    "Ya. Teman yang memesan lebih awal dalam program ini ikut dihitung.",
                ),
            ),
            "Siapa yang terlintas di benak Anda?",
            "Beberapa baris sudah cukup, dan Anda berdua mendapat manfaatnya.",
            "Setahun penuh pagi yang nikmat",
            "<p>Pada minggu-minggu terakhir tahun ini, terima kasih kami kepada mereka yang "
            "membawa teman baru sedikit lebih besar dari biasanya.</p>",
            "Lihat hadiah akhir tahun",
        ),
    ),
}

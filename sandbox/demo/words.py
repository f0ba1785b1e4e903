"""What the website says, in each of its languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class HomeWords:
    """The home page: greeting, headings, three promises, the story's beginning, an invitation."""

    greeting: str
    sentence: str
    button: str
    bestsellers: str
    categories: str
    morning: str
    promises: tuple[tuple[str, str], ...]
    story_heading: str
    story_text: str
    story_link: str
    invitation: str
    invitation_text: str


@dataclass(frozen=True)
class PageWords:
    """A content page: address, title, introduction, paragraphs, questions with answers."""

    slug: str
    title: str
    introduction: str
    paragraphs: tuple[str, ...] = ()
    questions: tuple[tuple[str, str], ...] = ()


HOME = {
    "en-gb": HomeWords(
        "Good mornings, roasted in small batches",
        "Coffee, tea and the things that belong beside them, from hills and kitchens across "
        "Malaysia.",
        "Visit the shop",
        "What people come back for",
        "Find your shelf",
        "For a slow morning",
        (
            ("Roasted twice a week", "Your bag leaves us the day after roasting."),
            ("Free delivery from RM 150", "RM 8 below that, anywhere we deliver."),
            ("Growers we know by name", "We visit each farm at least once a year."),
        ),
        "It began with one sock and a stove",
        "<p>Rimba Pagi means <i>morning forest</i>. It is what you see from our kitchen window in "
        "Janda Baik, where we started roasting for neighbours. The neighbours told their sisters, "
        "and here we are.</p>",
        "Read our story",
        "Good coffee travels by word of mouth",
        "Tell a friend where your mornings come from.",
    ),
    "ms": HomeWords(
        "Pagi yang indah, disangrai sedikit demi sedikit",
        "Kopi, teh dan segala yang menemaninya, dari bukit dan dapur di seluruh Malaysia.",
        "Lawati kedai",
        "Yang sering dicari semula",
        "Cari rak anda",
        "Untuk pagi yang santai",
        (
            ("Disangrai dua kali seminggu", "Beg anda dihantar sehari selepas disangrai."),
            ("Penghantaran percuma dari RM 150", "RM 8 di bawah jumlah itu, ke semua destinasi."),
            (
                "Petani yang kami kenali",
                "Setiap ladang kami lawati sekurang-kurangnya setahun sekali.",
            ),
        ),
        "Bermula dengan sehelai kain penapis dan sebuah dapur",
        "<p>Rimba Pagi ialah pemandangan dari tingkap dapur kami di Janda Baik, tempat kami mula "
        "menyangrai kopi untuk jiran-jiran. Jiran memberitahu adik-beradik mereka, dan beginilah "
        "kami hari ini.</p>",
        "Baca kisah kami",
        "Kopi yang sedap tersebar dari mulut ke mulut",
        "Beritahu rakan dari mana datangnya pagi anda.",
    ),
    "id": HomeWords(
        "Pagi yang nikmat, disangrai sedikit demi sedikit",
        "Kopi, teh, dan segala yang menemaninya, dari perbukitan dan dapur di seluruh Malaysia.",
        "Kunjungi toko",
        "Yang selalu dicari lagi",
        "Temukan rak Anda",
        "Untuk pagi yang santai",
        (
            ("Disangrai dua kali seminggu", "Pesanan Anda dikirim sehari setelah disangrai."),
            ("Gratis ongkir mulai RM 150", "RM 8 di bawah jumlah itu, ke semua tujuan."),
            ("Petani yang kami kenal", "Setiap kebun kami kunjungi sedikitnya sekali setahun."),
        ),
        "Berawal dari satu saringan kain dan sebuah kompor",
        "<p>Rimba Pagi adalah pemandangan dari jendela dapur kami di Janda Baik, tempat kami mulai "
        "menyangrai kopi untuk tetangga. Para tetangga bercerita kepada saudara mereka, dan "
        "jadilah kami seperti sekarang.</p>",
        "Baca kisah kami",
        "Kopi enak tersebar dari mulut ke mulut",
        "Ceritakan kepada teman dari mana pagi Anda berasal.",
    ),
}

PAGES: dict[str, tuple[PageWords, ...]] = {
    "en-gb": (
        PageWords(
            "our-story",
            "Our story",
            "A kitchen, a roaster for three kilos and a list of neighbours.",
            (
                "We roast on Tuesdays and Fridays in a former printing shop in Bentong. Everything "
                "is weighed, packed and labelled by the five of us, which is why a parcel "
                "sometimes smells of ginger.",
                "We buy from eleven families. They set the price before the harvest and we pay "
                "half of it then. What we cannot sell as coffee becomes compost for their "
                "seedlings.",
            ),
        ),
        PageWords(
            "delivery-and-returns",
            "Delivery and returns",
            "When your parcel leaves, what it costs and what happens if something is wrong.",
            (),
            (
                (
                    "How long does delivery take?",
                    "Two to four working days in Malaysia, and about "
                    "a week to Singapore, Brunei and Indonesia.",
                ),
                ("What does it cost?", "RM 8 for every parcel. Orders from RM 150 travel free."),
                (
                    "How can I pay?",
                    "By card, by bank transfer or through TestPay. A transferred "
                    "order is packed when the money has arrived.",
                ),
                (
                    "May I send something back?",
                    "Within 30 days, if it is unopened. Chipped on the "
                    "way? Send us a photograph and we replace it.",
                ),
            ),
        ),
    ),
    "ms": (
        PageWords(
            "kisah-kami",
            "Kisah kami",
            "Sebuah dapur, penyangrai tiga kilo dan senarai nama jiran.",
            (
                "Kami menyangrai setiap Selasa dan Jumaat di sebuah bekas kedai cetak di Bentong. "
                "Semuanya ditimbang, dibungkus dan dilabel oleh kami berlima, sebab itulah "
                "bungkusan kadang-kadang berbau halia.",
                "Kami membeli daripada sebelas keluarga. Mereka menetapkan harga sebelum menuai "
                "dan kami membayar separuh ketika itu. Yang tidak dapat dijual sebagai kopi "
                "menjadi kompos untuk anak benih mereka.",
            ),
        ),
        PageWords(
            "penghantaran-dan-pemulangan",
            "Penghantaran dan pemulangan",
            "Bila bungkusan anda dihantar, berapa kosnya dan apa berlaku jika ada masalah.",
            (),
            (
                (
                    "Berapa lama penghantaran?",
                    "Dua hingga empat hari bekerja di Malaysia, dan "
                    "kira-kira seminggu ke Singapura, Brunei dan Indonesia.",
                ),
                (
                    "Berapakah kosnya?",
                    "RM 8 bagi setiap bungkusan. Pesanan dari RM 150 dihantar percuma.",
                ),
                (
                    "Bagaimana saya boleh membayar?",
                    "Dengan kad, pindahan bank atau melalui "
                    "TestPay. Pesanan dengan pindahan bank dibungkus setelah wang diterima.",
                ),
                (
                    "Bolehkah saya memulangkan barang?",
                    "Dalam masa 30 hari, jika belum dibuka. "
                    "Sumbing dalam perjalanan? Hantar gambar dan kami akan menggantikannya.",
                ),
            ),
        ),
    ),
    "id": (
        PageWords(
            "kisah-kami",
            "Kisah kami",
            "Sebuah dapur, mesin sangrai tiga kilo, dan daftar nama tetangga.",
            (
                "Kami menyangrai setiap Selasa dan Jumat di bekas percetakan di Bentong. Semuanya "
                "ditimbang, dikemas, dan diberi label oleh kami berlima, karena itu paket "
                "kadang-kadang beraroma jahe.",
                "Kami membeli dari sebelas keluarga. Mereka menentukan harga sebelum panen dan "
                "kami membayar separuhnya saat itu. Yang tidak bisa dijual sebagai kopi menjadi "
                "kompos untuk bibit mereka.",
            ),
        ),
        PageWords(
            "pengiriman-dan-pengembalian",
            "Pengiriman dan pengembalian",
            "Kapan paket Anda dikirim, berapa biayanya, dan apa yang terjadi bila ada masalah.",
            (),
            (
                (
                    "Berapa lama pengirimannya?",
                    "Dua sampai empat hari kerja di Malaysia, dan "
                    "sekitar seminggu ke Singapura, Brunei, dan Indonesia.",
                ),
                (
                    "Berapa biayanya?",
                    "RM 8 untuk setiap paket. Pesanan mulai RM 150 dikirim gratis.",
                ),
                (
                    "Bagaimana cara membayar?",
                    "Dengan kartu, transfer bank, atau lewat TestPay. "
                    "Pesanan dengan transfer dikemas setelah uangnya masuk.",
                ),
                (
                    "Bolehkah saya mengembalikan barang?",
                    "Dalam 30 hari, bila belum dibuka. Gompal "
                    "di perjalanan? Kirim fotonya dan kami ganti.",
                ),
            ),
        ),
    ),
}

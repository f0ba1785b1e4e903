"""How terms speak in Malay and Indonesian.

The two share most of their words, and members read both; what only one of them has does no harm
in the other.
"""

from __future__ import annotations

from decimal import Decimal

from oscar_referrals.programs.statements.vocabulary.base import Words
from oscar_referrals.programs.statements.vocabulary.malay_roles import ROLES
from oscar_referrals.programs.statements.vocabulary.malay_speech import SPEECH

_DIGITS = {
    **{"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7},
    **{"lapan": 8, "delapan": 8, "sembilan": 9},
}

WORDS = Words(
    number_words={**_DIGITS, "sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000}
    | {"sejuta": 1_000_000, "selusin": 12, "sedozen": 12},
    teens=frozenset({"belas"}),
    multipliers={
        **{"puluh": 10, "ratus": 100, "lusin": 12, "dozen": 12, "ribu": 1000, "rb": 1000},
        **{"juta": 1_000_000, "jt": 1_000_000, "miliar": 1_000_000_000, "bilion": 1_000_000_000},
        "k": 1000,
    },
    digit_multipliers=("ribu", "rb", "juta", "jt", "miliar", "bilion", "lusin", "dozen", "k"),
    halves=frozenset({"setengah"}),
    ordinals={"pertama": 1, "kesepuluh": 10, "kesebelas": 11}
    | {f"ke{word}": number for word, number in _DIGITS.items()},
    ordinal_opening="ke-?",
    ordinal_ending="hb",
    currency_names={
        "ringgit(?: malaysia)?": "MYR",
        "rupiah": "IDR",
        "paun|pounds?(?: ?sterling)?": "GBP",
        "dolar singapura": "SGD",
        "dolar(?: as| amerika)?": "USD",
        "euro": "EUR",
    },
    half_more="setengah",
    hundredths={"sen": "MYR"},
    percent=r"%|peratus|persen|per\s?sen|pct",
    half_price=(
        "separuh harga|setengah harga|separuh daripada harga|separuh dari harga"
        "|(?:diskaun|diskon|potongan) (?:separuh|setengah)"
    ),
    units={
        "hari": Decimal(1),
        "malam": Decimal(1),
        "minggu|pekan": Decimal(7),
        "bulan|bln": Decimal(30),
        "tahun|thn": Decimal(365),
        "jam": Decimal(1) / 24,
    },
    single_units={
        "sehari|per hari|setiap hari|tiap hari|harian": Decimal(1),
        "seminggu|sepekan|(?:per|setiap|tiap|satu) (?:minggu|pekan)|mingguan": Decimal(7),
        "sebulan|(?:per|setiap|tiap|satu) bulan|bulanan": Decimal(30),
        "setengah tahun|separuh tahun": Decimal(182),
        "setahun|(?:per|setiap|tiap|satu) tahun|tahunan": Decimal(365),
    },
    unit_fillers="penuh|kalendar|kalender|berturut-turut|lagi",
    working="bekerja|kerja|perniagaan|bank|bisnis",
    span_before=(
        "selama|dalam|dalam masa|dalam tempoh|dalam waktu|dalam jangka|tempoh|masa|waktu"
        "|setelah|selepas|lebih dari|lebih daripada|kurang dari|jangka|hingga|sehingga|sampai"
        "|berlaku|sah|aktif|ditahan|tersedia|cair|lagi|genap|hangus|luput|ialah|adalah"
    ),
    span_after=(
        "selepas|setelah|sejak|dari|daripada|kemudian|sebelum|lagi|lamanya|terhitung|usai"
        "|bermula|pasca"
    ),
    rate_before="per|setiap|tiap|tiap-tiap|dalam|dalam tempoh|se",
    range_words="hingga|sehingga|sampai|dan|atau|ke|s\\.d\\.|s/d|sampai dengan",
    month_names={"mac": 3, "ogos": 8, "julai": 7, "jun": 6, "mei": 5, "disember": 12}
    | {"februari": 2, "maret": 3, "juni": 6, "juli": 7, "agustus": 8, "desember": 12}
    | {"nopember": 11, "agt": 8, "okt": 10, "okto": 10, "oktober": 10, "des": 12, "dis": 12},
    date_before="pada|tanggal|tarikh|hingga|sehingga|sampai|sebelum|mulai|sejak|dari|selepas|per",
    day_before_month="haribulan|bulan",
    counted=(
        "rakan|teman|kawan|sahabat|orang|ganjaran|imbalan|hadiah|baucar|voucher|kupon|rujukan"
        "|ajakan|jemputan|undangan|kod|kode|pesanan|pembelian|transaksi|kali|tuntutan|klaim"
        "|bonus|ahli|anggota|pelanggan|kontak|kenalan|pendaftaran|referral|belanjaan"
    ),
    people=(
        "rakan|teman|kawan|sahabat|orang|ahli|anggota|pelanggan|pembeli|pengikut|pengunjung|kali"
        "|pesanan|terima kasih|poin|mata|km|kilometer|meter|gram|ulasan|langkah|jam|tahun|hari"
    ),
    counted_ordinally=(
        "rujukan|rakan|kawan|teman|ajakan|pesanan|pembelian|jemputan|undangan|transaksi|referral"
    ),
    goal_before="selepas|setelah|sesudah|melebihi|lebih dari|lebih daripada|di atas",
    goal_after="pertama",
    limit_before=(
        "sehingga|hingga|sampai|maks(?:imum|imal)?\\.?|paling banyak|paling ramai"
        "|paling sedikit|had|tidak lebih dari|tidak lebih daripada|tak lebih dari"
        "|lebih daripada|lebih dari|sekurang-kurangnya|min(?:imum|imal)?\\.?|terhad kepada"
        "|dihadkan kepada|dibatasi|batas(?:nya)?|kepada|hanya|cuma|jemput|ajak|mengajak|rujuk"
        "|merujuk|bawa|membawa|kumpul(?:kan)?|mengumpulkan|setiap|tiap|per|selepas|setelah"
        "|mulai|dengan|ialah|adalah|sebanyak|menerima|mendapat|dapat|memperoleh|capai"
        "|mencapai|apabila|jika|kalau|bila|untuk|bagi|undang|mengundang|seramai|pakai"
    ),
    limit_after=(
        "sebulan|setahun|seminggu|sepekan|sehari|per|setiap|tiap|dalam|sahaja|saja|atau lebih"
        "|sekaligus|yang berjaya|yang berhasil|yang membeli|yang berbelanja|untuk|bagi|dan"
        "|pertama|baru|baharu|lagi|berbelanja|membeli|mendaftar|memesan|maksimum|maksimal"
    ),
    reference_before=(
        "seksyen|fasal|klausa|perenggan|langkah|bahagian|muka surat|halaman|versi|bab|butir"
        "|perkara|pasal|ayat|bagian|nomor|nombor|no\\.?|poin|lampiran|tahap|akta|uu|tingkat"
        "|lantai|blok|lot|unit|tahun|peraturan|jadual|tabel|gambar|edisi|paragraf|bil|rt|rw"
        "|km|jalan|peringkat|soalan|pertanyaan|isi"
    ),
    time_before="pukul|jam|dari|hingga|sampai|antara|sebelum|selepas",
    time_after="pagi|petang|malam|siang|sore|tengah hari|tengah malam|wib|wita|wit",
    about_program=(
        "bawa|membawa|kumpul|mengumpul|daftar|skim|skema|rakan|teman|kawan|sahabat|rujuk"
        "|rujukan|ajak|ajakan|mengajak|jemput|undang|ganjaran|imbalan|hadiah|baucar|vouc?her"
        "|kupon|diskaun|diskon|potongan|kod\\b|kode|kodnya|tautan|pautan|link|tuntut|klaim"
        "|diklaim|mengklaim|dituntut|tuntutan|kredit|bonus|komisen|komisi|tawaran|penawaran"
        "|program|kempen|promo|kampanye|insentif|ahli|anggota|advokat|tebus|manfaat|faedah"
        "|ditahan|sah\\b|berlaku|hangus|luput|jimat|hemat|menghemat|cashback|poin"
        "|mata ganjaran|referral|cair\\b"
    ),
    about_benefit=(
        "berkurang|lebih murah|membayar kurang|kedua-dua pihak|kedua pihak|kalian berdua"
        "|pelanggan baharu|pelanggan baru|rakan|teman|kawan|sahabat|ganjaran|imbalan|baucar"
        "|vouc?her|kupon|diskaun|diskon|potongan|rujukan|ajakan|jemputan|jimat|hemat|bonus"
        "|komisen|komisi|cashback|kredit|insentif|kod\\b|kode|mendapat|dapatkan|menerima"
        "|memperoleh"
    ),
    about_else=(
        "memaklumkan|dimaklumi|memberi tahu|mengumumkan|log masuk|masuk selama|tidak aktif"
        "|sebelum sebarang|sebelum ada perubahan|garis panduan|pedoman|resit|struk|nota"
        "|dibantah|membantah|digugat|menggugat|dijawab|talian|layanan kami|layanan pelanggan"
        "|gudang|menghantar pesanan|mengirim pesanan|letak kereta|parkir|surat berita|buletin"
        "|bayaran balik|dana kembali|ansuran|cicilan|menyemak|memeriksa|kanak-kanak"
        "|anak di bawah|lawatan|kunjungan|latihan|pelatihan|disangrai|direhatkan|didiamkan"
        "|diseduh|membancuh|menyeduh|tuaian|panen|mahkamah|pengadilan|tribunal|invois|faktur"
        "|balas|membalas|dibalas|jawab|menjawab|respons|merespons|hubungi|menghubungi|rayuan"
        "|banding|aduan|keluhan|pengaduan|bantah|sengketa|pertikaian|notis|notifikasi"
        "|pemberitahuan|umumkan|diumumkan|maklum|dimaklumkan|memberi tahu|memberitahu|berumur"
        "|berusia|umur|usia|ditubuhkan|didirikan|berdiri|cawangan|cabang|pekerja|karyawan"
        "|pegawai|kakitangan|gerai|penghargaan|anugerah|rekod|catatan|disimpan|menyimpan"
        "|simpan|penyimpanan|dipadam|dihapus|arkib|arsip|data peribadi|data pribadi|kuki"
        "|privasi|undang-undang|cukai|pajak|akta\\b|\\buu\\b|pulangkan|pemulangan|kembalikan"
        "|pengembalian|ditukar|penukaran|waranti|garansi|jaminan|jaminan produk|waktu operasi"
        "|jam operasi|jam buka|dibuka pada pukul|tutup|ongkir|ongkos|bengkel|kursus|percubaan"
        "|uji coba|gabung|digabung|serentak|bersamaan|alamat yang sama|orang yang sama"
        "|kata laluan|kata sandi|log masuk|penyelenggaraan|pemeliharaan|ulang tahun"
        "|ulang tahunnya|memanggang|menyangrai|cawan|cangkir|gram|bungkus|minit|menit"
        "|beroperasi|berniaga|berpengalaman|pengalaman"
    ),
    about_else_unless_reward=(
        "24 jam|penghantaran|pengiriman|dihantar dalam|dikirim dalam|sampai dalam|acara|stok"
        "|kaedah (?:pem)?bayaran|metode pembayaran|(?:pindahan|transfer) bank (?:mesti|perlu"
        "|harus|hendaklah)"
        "|kelab|klub|paket|bungkusan|kelas|langganan|dipulangkan|dikembalikan"
    ),
    about_reward=(
        "ganjaran|imbalan|baucar|voucher|kupon|diskaun|diskon|potongan|bonus|komisen|komisi"
        "|cashback|kredit|kod rujukan|kode ajakan|pautan anda|tautan anda|tautanmu"
    ),
    about_other_money=(
        "menderma|menyumbang|mendermakan|balutan|bungkus kado|membungkus|setiap satu"
        "|per barang|per buah|baiki|perbaikan|alat ganti|suku cadang|parkir|pinjaman"
        "|kad kredit|kartu kredit|cukai|dikenakan|berharga|dijual|langganan|tiket|sewa|upah"
        "|borong|grosir|ansuran|cicilan|uang muka|wang pendahuluan|penghantaran|pengiriman"
        "|dihantar|dikirim|ongkos|ongkir|kos(?:nya)?\\b|kurier|kurir|harga\\b|harganya|biaya"
        "|bayaran proses|yuran|fi\\b|caj|sst\\b|gst\\b|ppn\\b|ppnbm|cukai|pajak|levi|deposit"
        "|jaminan|kapas|katun|linen|sutera|sutra|bulu|arabika|kakao|koko|kitar semula"
        "|daur ulang|organik|asli|alami|semula jadi|orisinal|tulen|kulit|buatan tangan|puas"
        "|kepuasan|derma|donasi|sumbang|didermakan|disumbangkan|amal|pelanggan kami"
        "|daripada pelanggan|dari pelanggan|dari pembeli|modal|pendapatan|omzet|omset"
        "|perolehan syarikat|gaji|denda|bunga|faedah pinjaman|alkohol|kelembapan|bateri"
        "|baterai|dibulatkan|insurans|asuransi|keuntungan|laba"
    ),
    about_other_dates=(
        "(?:ber)?pindah\\b|(?:kedai|toko) kami (?:beroperasi|buka)\\b"
        "|sebelum (?:krismas|natal|hari raya|raya|lebaran)|untuk sampai|supaya sampai"
        "|garis panduan|pedoman|kementerian|putusan|keputusan mahkamah|edisi|bertanggal"
        "|dikemas kini|dikemaskini|diperbarui|dipinda|diubah|bertarikh|tertanggal|ditubuhkan"
        "|didirikan|berdiri|berdasarkan|akta|\\buu\\b|undang-undang|peraturan|diluluskan"
        "|disahkan|kecuali|cuti|libur|tutup|versi|didaftarkan|terdaftar|lahir|dibuka di"
        "|membuka"
    ),
    clause_links="dan|tetapi|tapi|namun|manakala|sedangkan|walaupun|meskipun|serta",
    about_past="telah|sudah|sejak (?!di)|lalu|lepas|silam|berusia|ulang tahun|sejarah",
    about_lasting=(
        "pautan|tautan|tuntut|klaim|kod|tawaran|penawaran|rakan|teman|sah\\b|berlaku|luput|hangus"
    ),
    names_program=(
        "rujukan|rujuk (?:\\w+ )?(?:rakan|kawan)|ajak (?:\\w+ )?teman|ajakan"
        "|(?:jemput|undang|ajak)(?:lah)? (?:\\w+ )?(?:rakan|teman|kawan)|referral"
        "|(?:kod|kode|pautan|tautan)(?:mu)? (?:anda|kamu|rakan|teman)|bagi setiap rakan"
        "|untuk setiap (?:rakan|teman)|ganjaran anda|imbalan(?:mu| anda)"
    ),
    names_people=(
        "rakan|teman|kawan|sahabat|(?:orang )?yang (?:anda|kamu) (?:jemput|ajak|undang|rujuk)"
    ),
    says_gain=(
        "diskaun|diskon|potongan|jimat|hemat|ganjaran|imbalan|baucar|voucher|kupon|kredit|bonus"
        "|(?:men)?dapat|menerima|memperoleh|belanja"
    ),
    small_words=(
        "anda|kamu|untuk(?:mu)?|dan|yang|ini|itu|bagi|ialah|adalah|selama|dengan|kami|boleh|bisa"
        "|akan|pada|rakan|teman(?:mu)?|apabila|saat|hari|lagi|mendapat|dapat|diskaun|diskon"
    ),
    ends_of_year=r"(?:akhir|hujung|penghujung) tahun(?: (?:ini|ni))?",
    roles=ROLES,
    **SPEECH,  # type: ignore[arg-type]
)

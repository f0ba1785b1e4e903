"""What says in Malay and Indonesian what a figure is."""

from __future__ import annotations

from oscar_referrals.programs.statements.vocabulary.role_words import RoleWords

ROLES = RoleWords(
    fillers=(
        "sebanyak|sebesar|senilai|bernilai|berjumlah|hanya|cuma|lagi|tambahan|yakni|toko"
        "|kedai|anda|kamu|itu|ini"
    ),
    order_fillers="sebanyak|sebesar|senilai|bernilai|berjumlah|hanya|cuma",
    worth_before=(
        "jimat|(?:meng)?hemat|(?:men)?dapat(?:kan)?|(?:me)?nerima|terima|memperoleh|peroleh"
        "|raih|menikmati|nikmati|kreditkan|kumpulkan|(?:mem)?beri(?:kan|mu)?(?: anda)?"
        "|memberimu|ambil|(?:ber)?kurang|(?:di)?potong|(?:diskaun|diskon|potongan|baucar"
        "|voucher|kupon|ganjaran|imbalan|bonus|kredit(?: (?:toko|kedai))?|cashback)(?:nya"
        "|mu)?(?: (?:anda|kamu|teman|rakan|itu))?(?: (?:sebanyak|sebesar|senilai|bernilai"
        "|berupa)|:)?"
    ),
    worth_after=(
        "lebih murah|(?:diskaun|diskon|potongan|baucar|voucher|ganjaran|imbalan|bonus"
        r"|kredit)\b|(?:langsung )?(?:ditolak|dipotong|terpotong|dikurangkan)|setiap kali"
        "|masuk ke|(?:per|(?:untuk|bagi) (?:setiap|tiap)) (?:rakan|teman|rujukan|ajakan)"
        "|milik (?:anda|kamu)"
    ),
    minimum_before=(
        "(?:ber)?belanja(?: (?:sebanyak|minimal|minimum|sekurang-kurangnya|paling sedikit"
        "|lebih dari|kurang (?:dari|daripada)))?"
        "|(?:pesanan|pembelian|perbelanjaan|pembelanjaan|belanja|troli"
        r"|keranjang)(?: \w+){0,2}? (?:bernilai|senilai|melebihi|di atas|di bawah|minimal"
        "|minimum|mencapai|mencecah|sekurang-kurangnya|paling sedikit|seharga|mulai"
        "|dari)(?: (?:sekurang-kurangnya|paling sedikit))?|min(?:imum|imal"
        r"|\.)\.?(?:nya)?(?: (?:belanja|pesanan|perbelanjaan|pembelian))?(?: (?:ialah|adalah)|:)?"
        "|sekurang-kurangnya|paling sedikit|mencecah|mencapai|di bawah|membeli"
        "|belanjaan(?:nya)?|troli|keranjang"
    ),
    minimum_after=r"(?:atau|dan) lebih\b|ke atas|minimum|minimal",
    maximum_before=(
        r"(?:se)?hingga|sampai|maks(?:imum|imal)?\.?(?:nya)?(?: (?:potongan|diskaun|diskon))?"
        "|paling banyak(?: [^,;]*?)?"
        "|(?:tidak|tak)(?: (?:akan |boleh |dapat )?(?:pernah|akan|boleh|dapat"
        "|bisa))? (?:lebih (?:dari|daripada)|melebihi)|dihadkan(?: kepada)?"
        "|terhad kepada|dibatasi(?: (?:pada|hingga|sampai))?|(?:tertinggi"
        "|terbesar)(?: (?:ialah|adalah))?|had(?:nya)?(?: ialah)?|batas(?:nya)?(?: adalah)?"
    ),
    maximum_after=r"paling banyak|maks(?:imum|imal)\b",
    for_whom=r"untuk(?:mu|ku)\b|untuk (?:anda|kamu|mereka|temanmu|rakan|teman)\b",
    total=(
        "jumlah keseluruhan|keseluruhan|anggaran|peruntukan|bajet|total|setahun|per tahun"
        "|sebulan|per bulan|seluruh"
    ),
    minimum_subject="min(?:imum|imal)|(?:ter|paling )(?:kecil|rendah)|paling sedikit",
    worth_subject="diskaun|diskon|potongan|ganjaran|imbalan|baucar|voucher|bonus|kredit",
    maximum_subject=r"maks(?:imum|imal)|had\b|batas|paling banyak|tertinggi|terbesar",
    copula=(
        "ialah|adalah|:|=|berupa|sebanyak|sebesar|merupakan|(?:naik|meningkat) (?:jadi"
        "|menjadi|kepada)"
    ),
    friend_gets=(
        r"(?<!setiap\s)(?<!per\s)(?:rakan|teman|kawan|pelanggan (?:baharu"
        r"|baru))(?:mu)?(?: (?:anda|yang|baharu|baru|berbelanja|akan|pula)){0,4}?"
        " (?:mendapat|dapat|jimat|hemat|menghemat|menerima|menikmati)"
    ),
    friend_after=r"(?:\w+ ){0,2}(?:untuk|bagi|pada) (?:pesanan|pembelian|belanja) pertama",
    advocate="ganjaran|imbalan|komisen|komisi",
    advocate_gets=(
        r"(?:pengajak|perujuk|pengundang|pemberi (?:rujukan|referensi))"
        r"(?: (?!dan\b|atau\b)\w+){0,3}?"
        " (?:(?:men)?dapat(?:kan)?|menerima|memperoleh|diberi(?:kan)?)"
    ),
    gives=r"(?:beri(?:kan)?|kasih) (?:\w+ ){0,3}?\D{0,3}\d",
    then_gets="(?:dan |lalu )?(?:dapat(?:kan)?|terima)",
    either=("kedua|masing-masing|rakan|teman|kawan|pelanggan baharu|pelanggan baru|selamat datang"),
    hold=(
        r"(?:di|ter|me)?(?:tahan|nahan)(?:kan)?\b|menahan|ditangguh\w*|tertangguh|tertunda"
        r"|ditunda|dilepas\w*|cair\b|dicairkan|tempoh tahanan|masa tahan|(?:masa|waktu"
        r"|tempoh) (?:tunggu|menunggu)|tunggu|menunggu"
    ),
    spendable="baucar|voucher|kupon|ganjaran|imbalan|kredit|bonus",
    expires=r"\bsah\b|berlaku|luput|hangus|kedaluwarsa|kadaluarsa|terbatal|tamat tempoh",
    use_before=(
        r"(?:guna|pakai|belanja|tebus|habiskan)\w*\b[^,;]*\b(?:dalam(?: (?:tempoh|masa"
        "|waktu))?|selama)"
    ),
    use_after=r"(?:\w+ )?untuk (?:mem|meng|men)?(?:belanja|guna|pakai|ebus|akai)\w*",
    window=(
        r"(?:selepas|setelah|sesudah) (?:\w+ )?(?:menuntut|dituntut|klaim|diklaim|mengklaim)"
        r"|pautan|tautan|klaim (?:\w+ )?berlaku|\w{0,3}klik"
    ),
    wind_down=(
        "ditamatkan|ditutup|diakhiri|berakhir|dihentikan|dihormati|menamatkan|menutup"
        "|mengakhiri|penutupan|menghentikan"
    ),
    condition_before=(
        "sekurang-kurangnya|paling sedikit|min(?:imum|imal|\\.)\\.?(?:nya)?(?: (?:belanja|pesanan"
        "|perbelanjaan|pembelian))?(?: (?:ialah|adalah)|:)?|melebihi|di atas|atas|lebih (?:dari"
        "|daripada)|kurang (?:dari|daripada)|di bawah|mencapai|mencecah|mulai|serendah|cukup|capai"
    ),
    condition_after=r"(?:atau|dan) lebih\b|ke ?atas|minimum|minimal|sekurang-kurangnya",
    own_order=(
        r"baucar|voucher|kredit|ganjaran|imbalan|tebus|(?:guna|pakai)(?:kan|nya)?\b"
        r"(?! (?:link|pautan|tautan|kod))|seterusnya"
        r"|berikutnya|selanjutnya|untukmu|(?:untuk|bagi) (?:kamu|anda)"
    ),
    friend_order=(
        r"rakan|teman|kawan|sahabat|(?:pesanan|pembelian|belanja) pertama|pelanggan (?:baru|baharu)"
        r"|layak|dirujuk|diajak|orang yang"
    ),
    both=r"kedua|masing-masing|berdua|sama-sama|kalian",
    for_friend=(
        r"(?:\w+ ){0,3}(?:untuk|bagi|kepada) (?:rakan|teman|kawan|sahabat|mereka|dia|orang baru)"
    ),
    per_friend=(
        r"(?:(?:untuk|bagi) (?:setiap|tiap|tiap-tiap)|per)(?: \w+)? ?(?:rakan|teman|kawan|sahabat"
        r"|orang|rujukan|ajakan|referral)|(?:setiap|tiap) kali|sekali (?:ajak|rujuk)|(?:pesanan"
        r"|pembelian) (?:seterusnya"
        r"|berikutnya|selanjutnya)"
    ),
    you_get=(
        r"(?:anda|kamu|kalian|awak)(?: (?:akan|pula|pun|juga|boleh|bisa|langsung|terus|yang))*"
        r" (?:(?:men)?dapat(?:kan)?|terima|menerima|peroleh|memperoleh|raih|jimat|hemat)"
    ),
    for_you=r"(?:\w+ ){0,2}(?:untukmu|(?:untuk|bagi) (?:anda|kamu|awak))\b",
    i_get=(
        r"(?:saya|kita)(?: (?:akan|pula|pun|juga|boleh|bisa|tetap|langsung))*"
        r" (?:(?:men)?dapat(?:kan)?|terima|menerima|peroleh|memperoleh)"
    ),
    for_me=r"(?:\w+ ){0,2}(?:untukku|(?:untuk|bagi) saya)\b",
    me_too=r"saya(?: \w+)? (?:(?:men)?dapat|terima|menerima)|(?:untukku|untuk saya)\b",
    you_too=(
        r"(?:kamu|anda|awak)(?: \w+)? (?:(?:men)?dapat|terima|jimat|hemat)|(?:untukmu|untuk (?:kamu"
        r"|anda))\b"
    ),
    friend_too=(
        r"(?:rakan|teman|kawan|sahabat|mereka|dia)(?:mu|nya)?(?: (?:anda|kamu|akan|pula|juga|saya"
        r"|baru|langsung))* (?:(?:men)?dapat|terima|menerima|jimat|hemat|menghemat|menikmati"
        r"|diskon)"
        r"|(?:untuk|bagi) (?:rakan|teman|kawan|sahabat|mereka)"
    ),
    credit_word=r"kredit",
    voucher_word=r"(?:baucar|voucher)(?!.*(?:rakan|teman|kawan|pertama|baru|baharu|selamat))",
    discount_word=r"diskaun|diskon|potongan|jimat|hemat|lebih murah",
    window_after=(
        r"(?:lagi )?(?:selepas|setelah|sejak|dari|daripada|usai"
        r"|sesudah)(?: \w+){0,4}? (?:\w{0,3}klik"
        r"|tekan|ditekan|link|pautan|tautan|klaim|diklaim|mengklaim|tuntut|dituntut|menuntut|dibuka"
        r"|buka|membuka|jemputan|undangan)|untuk (?:membeli|beli|memesan|pesan|pesanan"
        r"|berbelanja|belanja"
        r"|membuat pesanan|checkout)"
    ),
    validity_after=(
        r"(?:selepas|setelah|sejak|dari|daripada|mulai|terhitung(?: sejak)?)(?: \w+){0,4}?"
        r" (?:terbit|diterbitkan|diterima|terima|menerima|dikreditkan|masuk|dikeluarkan|keluar"
        r"|dapat|didapat|diberikan)"
    ),
    hold_after=(
        r"(?:kerja |penuh )?(?:selepas|setelah|sejak|dari|daripada|usai|sesudah|kemudian)"
        r"(?: \w+){0,4}? (?:\w{0,4}bayar\w*|pembayaran|pesanan|beli|membeli|pembelian|lunas|belanja"
        r"|berbelanja|dihantar|dikirim|barang|paket|bungkusan|kiriman)"
    ),
    link=r"(?:dan|serta|manakala|sedangkan|plus|tapi|tetapi|atau)\b",
    grace=(
        r"penutupan|tenggang|dihormati|masih|penggulungan|selepas (?:tamat|berakhir)"
        r"|setelah (?:tutup|berakhir)"
    ),
    grace_until=(
        r"(?:tempoh|masa|periode) (?:penutupan|penggulungan|tenggang) (?:program |itu |ini )?"
        r"(?:(?:yang )?(?:(?:ber(?:langsung|jalan|akhir)|tamat) )?(?:(?:se)?hingga|sampai)"
        r"|(?:berakhir|tamat) pada) $"
    ),
    hold_question=(
        r"kapan|bila\b|berapa (?:lama|hari)(?: \w+){0,4} (?:cair|masuk|keluar|tunggu|menunggu"
        r"|terbit"
        r"|dikreditkan|ditahan|dapat)"
    ),
)

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
        r"|\.)(?:nya)?(?: (?:belanja|pesanan|perbelanjaan|pembelian))?(?: (?:ialah|adalah)|:)?"
        "|sekurang-kurangnya|paling sedikit|mencecah|mencapai|di bawah|membeli"
        "|belanjaan(?:nya)?|troli|keranjang"
    ),
    minimum_after=r"(?:atau|dan) lebih\b|ke atas|minimum|minimal",
    maximum_before=(
        r"(?:se)?hingga|sampai|maks(?:imum|imal|\.)?(?:nya)?|paling banyak(?: [^,;]*?)?"
        "|(?:tidak|tak)(?: pernah)? (?:lebih (?:dari|daripada)|melebihi)|dihadkan(?: kepada)?"
        "|terhad kepada|dibatasi(?: (?:pada|hingga|sampai))?|(?:tertinggi"
        "|terbesar)(?: (?:ialah|adalah))?|had(?:nya)?(?: ialah)?|batas(?:nya)?(?: adalah)?"
    ),
    maximum_after=r"paling banyak|maks(?:imum|imal)\b",
    for_whom=r"untuk(?:mu|ku)\b|untuk (?:anda|kamu|mereka|temanmu|rakan|teman)\b",
    total=(
        "jumlah keseluruhan|keseluruhan|anggaran|peruntukan|bajet|total|setahun|per tahun"
        "|sebulan|per bulan|seluruh"
    ),
    minimum_subject="min(?:imum|imal)",
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
    either=("kedua|masing-masing|rakan|teman|kawan|pelanggan baharu|pelanggan baru|selamat datang"),
    hold=(
        r"(?:di|ter|me)?(?:tahan|nahan)(?:kan)?\b|menahan|ditangguh\w*|tertangguh|tertunda"
        r"|ditunda|dilepas\w*|cair\b|dicairkan|tempoh tahanan|masa tahan"
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
        r"|pautan|tautan|klaim (?:\w+ )?berlaku"
    ),
    wind_down=(
        "ditamatkan|ditutup|diakhiri|berakhir|dihentikan|dihormati|menamatkan|menutup"
        "|mengakhiri|penutupan|menghentikan"
    ),
)

"""How people write Malay and Indonesian to each other, and how they deny."""

from __future__ import annotations

SPOKEN = {
    **dict.fromkeys(("temen", "tmn", "temennya", "bestie", "sohib"), "teman"),
    **dict.fromkeys(("temenmu", "temen kamu", "temen lo", "temen lu", "temen kau"), "temanmu"),
    **dict.fromkeys(("teman lo", "teman lu", "temen elo"), "temanmu"),
    **dict.fromkeys(("temen-temen", "temen2", "teman2", "teman-teman"), "teman"),
    **dict.fromkeys(
        ("kwn", "member", "geng", "sepupu", "jiran", "adik", "kakak", "abang"), "kawan"
    ),
    **{"sebagai member": "sebagai anggota"},
    **dict.fromkeys(("tetangga", "kakakku", "adikku", "sepupuku", "kakak saya"), "kawan"),
    **dict.fromkeys(("dapet", "dpt", "dpat", "dapt", "dapetin", "ngedapetin"), "dapat"),
    **dict.fromkeys(("utk", "tuk", "buat", "untk"), "untuk"),
    **{"yg": "yang", "dgn": "dengan", "sblm": "sebelum", "slps": "selepas", "lps": "selepas"},
    **{"stlh": "setelah", "abis": "setelah", "habis tu": "kemudian", "sampe": "sampai"},
    **dict.fromkeys(("vocer", "vocher", "voucer", "baucer", "vcr"), "voucher"),
    **dict.fromkeys(("vocernya", "vouchernya", "voucernya", "baucarnya"), "voucher"),
    **dict.fromkeys(("disc", "diskonan", "disk", "off"), "diskaun"),
    **dict.fromkeys(("aja", "doang", "je", "jer", "jak", "ja", "saja", "sahaja", "cuma"), "saja"),
    **dict.fromkeys(("dah", "udah", "udh", "sdh"), "sudah"),
    **dict.fromkeys(("ga", "gak", "nggak", "ngga", "enggak", "tak", "x", "gk", "engga"), "tidak"),
    **dict.fromkeys(("takde", "takda", "xde", "xda", "tak ada", "x ada"), "tiada"),
    **dict.fromkeys(("ga ada", "gak ada", "nggak ada", "gada", "tidak ada", "gaada"), "tiada"),
    **dict.fromkeys(("lo", "lu", "elo", "loe", "kau", "ko", "korang", "hang"), "kamu"),
    **dict.fromkeys(("gue", "gua", "gw", "gwe", "aku", "sy", "ane"), "saya"),
    **dict.fromkeys(("kitorang", "kitaorang"), "kami"),
    **dict.fromkeys(("order", "orderan", "ordernya", "pesenan"), "pesanan"),
    **dict.fromkeys(("first order", "order first"), "pesanan pertama"),
    **{"free": "percuma", "expired": "luput", "expire": "luput", "claim": "klaim"},
    **{"valid": "sah", "up to": "sehingga", "duit": "wang", "reward": "ganjaran"},
    **{"rewards": "ganjaran", "spend": "belanja", "shopping": "belanja", "minima": "minimum"},
    **{"spendnya": "belanja", "friend": "kawan", "friends": "kawan", "refer": "rujuk"},
    **{"bln": "bulan", "thn": "tahun", "hr": "hari", "mgg": "minggu", "mggu": "minggu"},
    **{"mnggu": "minggu", "mentok": "maksimal", "mentoknya": "maksimal", "setaun": "setahun"},
    **{
        "min": "minimum",
        "max": "maksimal",
        "maks": "maksimal",
        "mak": "maksimum",
        "belanjanya": "belanja",
    },
    **{"hujung": "akhir", "taun": "tahun", "bayaran": "bayaran", "ngajak": "ajak"},
    **{"gocap": "50 ribu rupiah", "goceng": "5 ribu rupiah", "ceban": "10 ribu rupiah"},
    **{"dapatnya": "dapat", "kreditnya": "kredit", "creditnya": "kredit", "credit": "kredit"},
    **{"diskonnya": "diskon", "diskaunnya": "diskaun", "potongannya": "potongan"},
}

SPEECH = {
    "about_spending": (
        "belanja|beli\\b|pesan|pembelian|troli|keranjang|min(?:imum|imal)?(?:nya)?\\b"
        "|maks(?:imum|imal)?(?:nya)?\\b"
        "|sekurang-kurangnya|paling (?:sedikit|banyak)|sehingga|hingga|had\\b|batas|anggaran|bajet"
        "|peruntukan|jumlah|pertama|bayar|pembayaran|untuk(?:mu| kamu| anda| saya| teman| kawan)"
        "|akaun|akun"
        "|dompet|layak|kurang|tolak|setiap (?:teman|kawan|rakan)|per (?:teman|kawan|rakan)"
        "|ekstra|tambahan|capai|klik|link|pautan|tautan|tunggu|sabar|tertunda|tertangguh|mengapa"
        "|kenapa"
        "|berlalu|lewat|tamat|berakhir|tutup|mula|mulai|sertai|ikut|guna|pakai|beri\\b|dapat|terima"
        "|milik|habiskan|membelanjakan|punya|dikira|masuk|cair|tukar|tempoh|masa\\b|hujung|akhir"
    ),
    "about_goods": (
        "kad hadiah|kartu hadiah|stempel|cop\\b|klub|kelab|jualan (?:gudang|penghabisan)"
        "|cuci gudang"
        "|obral|buletin|newsletter|undian|cabutan|kuiz|kuis|pelajar|liabiliti|sticker|stiker"
        "|giveaway|letak kereta|parkir|sejam|per jam|porsi|helai|sehelai|sekotak|kotak\\b"
        "|sepasang|pasang\\b|sebiji|sekeping|meter\\b"
        "|buatan|flash sale|jualan kilat|beli (?:dua|tiga|2|3)\\b|stok|saiz|ukuran|warna|uncang"
        "|kado"
        "|hari (?:lahir|jadi)\\b|bayaran balik|refund|pengembalian dana|dikembalikan|ulang tahun"
        "|harga (?:asal|biasa"
        "|normal)"
        "|bakso|nasi|makan|lapar|parti|pesta|kenduri|libur\\b|cuti\\b"
    ),
    "about_products": (
        "tas\\b|beg\\b|dompet (?!anda|kamu)|mantel|syal|selendang|jaket|kemeja|kasut"
        "|sepatu|baju\\b|gaun|tudung|sofa\\b|lampu\\b|selimut|koleksi"
        "|barangan rumah|perlengkapan|perabot|black friday|harbolnas"
        "|(?:untuk|bagi) (?:semua|satu|setiap) (?:produk|barang(?:an)?|item)"
        "|jualan (?:gaji|akhir tahun|mega|pertengahan|merdeka|raya)"
        "|promo (?:gajian|lebaran|ramadh?an|natal|akhir tahun|kemerdekaan)|\\d+\\.\\d+ sale"
    ),
    "about_own": (
        "link|pautan|tautan|kode?(?:ku|mu)\\b|kode? (?:saya|anda|kamu)|pertama|berdua|kedua"
        "|min(?:imum|imal)|ajak|rujuk|undang|jemput|jimat|hemat"
    ),
    "meant_for": "untuk|bagi|dari|daripada|pada|per",
    "how_many": "berapa|had\\b|batas|maks(?:imum|imal)|limit|paling (?:banyak|ramai)",
    "limit_is": "(?:ialah|adalah|itu|sudah) (?:had|batas|maks(?:imum|imal))(?:nya)?",
    "at_most": "tidak pernah|maks(?:imum|imal)|sehingga|hingga|paling banyak|had|batas|melebihi",
    "spoken": SPOKEN,
    "denied_before": (
        "(?:bukan(?:nya|lah|kan)?|tidak lagi|alih-alih|ganti|berbanding|dan bukan"
        "|(?:naik|turun|diubah|berubah|dinaikkan|diturunkan) dari(?:pada)?)"
        "(?: (?:saja|lagi|cuma|hanya|sekadar|sekedar|setakat))*"
    ),
    "below": "(?:di )?bawah|kurang (?:dari|daripada)|tidak (?:sampai|capai|mencapai)",
    "too_little": (
        "(?:saja )?(?:itu |ya |pun |ni )?(?:masih )?(?:tidak|belum)(?: \\w+)? ?(?:lepas|cukup"
        "|layak|bisa"
        "|boleh|dapat|lulus|dikira|dihitung|kena)|kurang\\b"
    ),
    "supposed": "(?:bagaimana|macam mana|gimana|apa jadi) (?:jika|kalau)|(?:jika|kalau) pesanan",
    "answers_no": "tidak|bukan(?:lah|nya)?|salah|tidak lagi|maaf, (?:tidak|bukan)",
    "elapsed_after": "(?:yang )?(?:lalu|lepas|silam)|sudah",
    "so_far_before": "(?:sudah|telah)(?: (?:lebih|hampir|selama|menunggu|tunggu|nunggu))*",
    "former": (
        "(?:promo|kempen|program|tawaran|kampanye) (?:\\w+ )?(?:lama|lalu|lepas|sudah)"
        "|sudah (?:tamat|berakhir)"
        "|dulu|dulunya|dahulu|dahulunya|sebelum ini|sebelumnya|(?:tahun|bulan|musim"
        "|minggu) (?:lepas"
        "|lalu|kemarin)|asalnya|awalnya|tadinya|semula|ingatkan|ingat|(?:saya|aku) (?:sangka|kira"
        "|pikir|fikir|rasa)|sangkakan|sangka|kirain|kukira|mulanya|berbanding"
        "|dibanding(?:kan)?|daripada yang lama|program lama|salah cetak"
        "|khabar angin|rumor|gosip"
    ),
    "former_after": (
        "(?:tahun|bulan|musim) (?:lepas|lalu|kemarin)|(?:itu )?salah(?: cetak)?|tidak lagi"
    ),
    "elsewhere": (
        "(?:kedai|toko|program|tempat|jenama|merek) (?:lain|sebelah)|toko tetangga|pesaing"
        "|kompetitor|sebelah rumah|bank"
    ),
    "but_now": (
        "sekarang|kini|ternyata|rupanya|rupa-rupanya|tapi|tetapi|melainkan|sebenarnya|tahun ini"
        "|kali ini|kami|kita"
    ),
    "own_spending": ("baucar|voucher|kredit|ganjaran|imbalan|tebus|(?:guna|pakai)(?:kan|nya)?\\b"),
    "denials": {
        "no_minimum": (
            "(?:tanpa|tiada|tidak perlu|tidak pakai|tidak usah|bebas|nol)(?: (?:had|syarat|nilai"
            "|jumlah|ada|batas))* (?:(?:belanja|pembelian|belian|pesanan|perbelanjaan) )?min(?:imum"
            "|imal)?(?: (?:belanja|pembelian"
            "|pesanan|perbelanjaan))?|berapa ?(?:pun|pun saja|saja)(?: (?:nilai"
            "|jumlah))?(?: (?:belanja|pembelian|pesanan"
            ")\\w*)|belanja berapa (?:pun|saja)|(?:min(?:imum|imal)?(?: (?:belanja|pembelian))?)"
            " (?:tiada|kosong|nol)|pesanan apa saja|sekecil apa ?pun",
            "",
        ),
        "no_maximum": (
            "(?:tanpa|tiada|tidak (?:ada|pakai))(?: (?:had|batas(?:an)?|nilai"
            "|jumlah))* ?(?:maks(?:imum"
            "|imal)|had|batas(?:an)?|siling)(?: (?:maks(?:imum|imal)))?|tidak (?:terhad|terbatas"
            "|dibatasi"
            "|dihadkan)|makin (?:banyak|besar) (?:dia |mereka )?(?:belanja|beli)",
            r"diskon|diskaun|potongan|\d+ ?%|persen|peratus",
        ),
        "no_limit": (
            "(?:tanpa|tiada|tidak ada)(?: (?:sebarang|apa-apa))? (?:had"
            "|batas(?:an)?(?! ?(?:waktu|masa))|limit"
            "|maks(?:imum"
            "|imal))|tidak (?:terhad|terbatas|dibatasi|dihadkan)|sebanyak-banyaknya"
            "|sebanyak mana|seberapa (?:banyak|ramai)|sepuas(?:nya| hati)|sesuka hati|ramai mana"
            "|berapa (?:banyak|ramai)? ?(?:pun|saja) boleh|semaunya|bebas",
            "teman|kawan|rakan|orang|ajak|jemput|undang|rujuk|ganjaran|imbalan|hadiah|voucher"
            "|baucar"
            "|bulan|tahun|berapa|kredit",
        ),
        "no_expiry": (
            "(?:tidak|tidak (?:akan|pernah|bakal|ada)|tiada|tanpa)(?: (?:akan|pernah|bakal"
            "|tarikh|tanggal"
            "|masa|tempoh|ada))*(?: (?:luput|hangus|berlaku|sah|tamat(?: tempoh)?|kedaluwarsa"
            "|kadaluarsa"
            "|kedaluarsa"
            "|kadaluwarsa|terbatal|mati))|selama-lamanya|selamanya|seumur hidup|sampai bila-bila"
            "|berlaku terus|bila-bila masa saja",
            "baucar|voucher|kredit|ganjaran|imbalan|poin",
        ),
        "no_hold": (
            "serta-merta|serta merta|terus (?:masuk|dapat|dikreditkan|cair|dibayar)"
            "|langsung (?:cair|dibayar|diterima"
            "|masuk|dapat"
            "|keluar|dikreditkan|terbit)|saat itu juga|seketika|pada hari yang sama|hari (?:itu"
            "|yang"
            " sama)(?: juga)?|tanpa (?:tunggu|menunggu|nunggu|masa tunggu|jeda|tempoh menunggu)"
            "|tidak (?:perlu|usah) (?:tunggu|menunggu|nunggu)|tiada (?:masa tunggu|tempoh menunggu"
            "|tempoh tahanan)",
            "kredit|ganjaran|imbalan|voucher|baucar|bonus|hadiah",
        ),
        "no_end": (
            "(?:tiada|tanpa|tidak ada|tidak mempunyai) (?:tarikh|tanggal|batas waktu|had masa|masa)"
            " ?(?:tamat|akhir|berakhir|penutup)?|tidak (?:akan |pernah )?(?:berakhir|tamat|tutup)"
            "|selama-lamanya|selamanya|sepanjang masa|tanpa tarikh",
            "program|tawaran|promo|kempen|penawaran|kampanye|rujuk|ajak",
        ),
    },
}

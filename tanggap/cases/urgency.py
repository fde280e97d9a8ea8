"""Words of danger: for these a form of several days is the wrong door, and somebody has to be woken. Pure.

DOMAIN §2: danger to life, violence, a child, collapse, flood. Two kinds of words, because the mistakes differ. Words
of harm done to a person count wherever they stand. Words of a hazard (fire, accident, landslide …) also fill calm
reports: fire engines, roads prone to accidents, last year's earthquake; they count only where nothing around them
says that nothing is happening now. Water alone is a clogged drain: it counts with what makes it dangerous.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_READ = 20_000

# How the same word is typed on a phone. Applied before the lists below, so that these need one spelling each.
SPELLINGS: tuple[tuple[str, str], ...] = (
    (r"tdk|gak|ga|nggak|ngga|enggak|ndak|tak|ora|indak", "tidak"),
    (r"anq|ank|anaq", "anak"),
    (r"skrg|skrng|skr|skrang|saiki", "sekarang"),
    (r"sdh|udh|udah|sdah|wis", "sudah"),
    (r"kebakarn|kbakaran|kebkaran|kebakran|kebakarab|kobongan|kahuruan|kabakaran", "kebakaran"),
    (r"kebakar|tebakar|trbakar|kobong|kaduruk|tabaka|katonon", "terbakar"),
    (r"kecelakan|kecelaka'?an|kclakaan|kcelakaan|laka ?lantas|kacilakaan|kecelakaaan", "kecelakaan"),
    (r"bnjir|banjr|banjirr|caah", "banjir"),
    (r"longsr|lonksor|urug", "longsor"),
    (r"lindu|gempabumi", "gempa"),
    (r"klelep|kelelep|kelem|titeuleum", "tenggelam"),
    (r"hanyuik|kintir|kabawa caah", "hanyut"),
    (r"galodo", "banjir bandang"),
    (r"digebukin?|digebugan|digepuki|dipukulin|dipukul2|dipukuli|dihajar", "dipukuli"),
    (r"perkosan|pemerkosan|prkosaan|rudapaksa|dirudapaksa", "perkosaan"),
    (r"diprkosa|diperkosaa|diperkaos", "diperkosa"),
    (r"plecehan|pelecehn", "pelecehan"),
    (r"kekerasn|kekersan", "kekerasan"),
    (r"k\.d\.r\.t\.?", "kdrt"),
    (r"ambulan|ambulance|ambulans", "ambulans"),
    (r"pingsn|semaput", "pingsan"),
    (r"tulung|tlg|tlng|tolg|toloong|tulong", "tolong"),
    (r"drurat|darurt|dararut|emergensi", "darurat"),
)

# Harm to a person: counts wherever it stands, calm gatherings about it excepted.
HARM = (
    r"pembunuhan|(?:mau|akan|ingin|di)\s?bunuh|dibunuh|ancam\w* (?:\w+ )?bunuh\w*|bunuh diri|gantung diri|"
    r"(?:ingin|mau|pengen|pingin) mati|mengakhiri hidup|"
    r"perkosaan|pemerkosaan|diperkosa|pelecehan seksual|dilecehkan|pencabulan|dicabuli|disodomi|"
    r"(?:jadi |menjadi |ada |mengalami |terjadi )?kekerasan (?:pada|terhadap|kepada|seksual|fisik)|kdrt|"
    r"kekerasan dalam rumah tangga|dianiaya|penganiayaan|dipukuli|dikeroyok|pengeroyokan|dibacok|ditusuk|ditikam|"
    r"ditembak(?! harga)|disekap|disandera|diculik|penculikan|"
    r"(?:suami|bapak|ayah|ibu|majikan|guru|pacar|penjaga|perawat|paman|polisi|satpam)\w*(?: \w+){0,2} "
    r"(?:memukul\w*|pukul(?= (?:saya|aku|anak|istri|dia|kami|ibu))|menyiksa\w*|mukulin\w*|mencabuli|menganiaya|"
    r"memperkosa)(?! (?:meja|kentongan|gong|rata))|"
    r"(?:lompat|loncat|terjun) dari (?:\w+ )?(?:jembatan|gedung|tower|menara|lantai)|mencabuli|memperkosa|"
    r"(?:jatuh|kecebur|tercebur|terperosok) (?:ke|di|dalam) (?:dalam )?(?:sumur|sungai|jurang|septic tank|kolam|laut)|"
    r"mayat|(?:ada|ancaman|teror|temuan) bom|(?:bawa|membawa|mengacungkan)(?: \w+)? (?:parang|golok|celurit|pistol|"
    r"senjata tajam|sajam|clurit)|overdosis|bersenjata|suara tembakan|teriak(?: \w+)? minta tolong|"
    r"dipukul (?:suami|istri|ayah|ibu|bapak|guru|majikan|orang|sampai)\w*|(?:sesak|sulit|susah) ?(?:napas|nafas|"
    r"bernapas)|"
    r"(?:napas|nafas)\w* sesak|(?:kapal|perahu|speedboat|feri)(?: \w+){0,2} (?:terbalik|karam|tenggelam)|(?:butuh|"
    r"perlu|mohon|minta) pertolongan (?:segera|sekarang|cepat)|"
    r"terendam sampai (?:atap|dada|leher)|(?:anjing|kera|monyet|buaya|ular|harimau|gajah)(?: \w+){0,2} "
    r"(?:menggigit|menyerang|menerkam|mengamuk)|"
    r"anak(?: \w+){0,4} (?:hilang|disiksa|dipukul\w*|dijual|dirantai|dikurung)|bayi(?: \w+){0,2} (?:dibuang|terlantar)|"
    r"sekarat|tidak sadarkan diri|tidak sadar(?= (?:sejak|setelah|dari|di))|pingsan|kejang|pendarahan hebat|"
    r"serangan jantung|henti jantung|keracunan|(?:butuh|perlu|minta|panggil\w*|tolong) (?:\w+ )?ambulans|"
    r"tenggelam(?! dalam (?:utang|hutang))|(?:orang|warga|anak|korban|mobil|motor|rumah)(?: \w+){0,2} hanyut|"
    r"tersengat(?: \w+)? listrik|kesetrum|tersetrum|nyawa(?: \w+)? (?:terancam|melayang)|luka (?:parah|berat)|"
    r"terjebak (?:di (?:dalam|atap|lift|reruntuhan)|banjir|api|longsor|reruntuhan)|tertimbun|tertimpa (?:pohon|tembok|"
    r"reruntuhan|bangunan|tiang|longsor\w*)|"
    r"rape[ds]?|assaulted|stabbed|kidnapped|drowning|unconscious|domestic violence|child abuse|suicide|"
    r"(?:is|are|being|was) (?:\w+ )?beaten|missing child|bleeding|heart attack"
)

# Something that happens to a place: counts unless the words before or after it say that it does not happen now.
_COLLAPSING = (
    r"jembatan|atap|gedung|rumah|tembok|dinding|sekolah|kelas|tanggul|bangunan|tebing|plafon|tiang|turap|menara|"
    r"jalan|bendungan|talud|pasar|masjid|tower|billboard|reklame|crane"
)
HAZARD = (
    r"kebakaran|terbakar|kecelakaan|tabrakan|ditabrak|perampokan|dirampok|dibegal|begal|tawuran|longsor|gempa|tsunami|"
    r"banjir bandang|air bah|(?:gas|lpg|elpiji|amonia)(?: \w+){0,4} bocor|kebocoran (?:gas|lpg|amonia)|bau gas|ledakan|"
    r"meledak|"
    r"banjir(?: \w+){0,4} (?:se(?:tinggi )?(?:dada|leher|pinggang|atap)|sampai (?:dada|leher|pinggang|atap)|"
    r"(?:\w+ )?meter)|"
    r"banjir(?: \w+){0,6} (?:terjebak|belum dievakuasi|butuh evakuasi|minta dievakuasi|hanyut|menerjang|naik terus)|"
    r"(?:terjebak|dievakuasi|evakuasi)(?: \w+){0,4} banjir|air (?:\w+ )?naik terus|"
    rf"(?:{_COLLAPSING})(?: (?!hampir|nyaris|akan)\w+){{0,3}} (?:ambruk|roboh|runtuh|ambrol|amblas|amblek|jebol)|"
    rf"(?:ambruk|robohnya|runtuhnya|ambruknya|ambrol)(?:nya)?(?: \w+){{0,2}} (?:{_COLLAPSING})|"
    r"kabel(?: \w+){0,2} (?:listrik|pln|tegangan tinggi)(?: \w+){0,2} (?:putus|jatuh|menjuntai|terkelupas)|"
    r"kabel(?: \w+){0,2} putus(?: \w+){0,3} (?:api|listrik|setrum)|pohon(?: \w+){0,3} tumbang(?: \w+){0,2} (?:menimpa|"
    r"timpa)|(?:ini|sangat|kondisi|keadaan|situasi|tolong) (?:\w+ )?darurat|darurat (?:tolong|mohon|butuh|sekarang)|"
    r"on fire|house fire|accident|robbery|robbed|collapsed|landslide|flash flood|gas leak|trapped|earthquake|"
    r"this is an? emergency|emergency help"
)

# Names of things and rooms that hold a word of danger and mean none.
CALM_NAMES = (
    r"(?:dinas|mobil|petugas|pos|regu|unit|markas|kantor|armada|alat|selang)? ?(?:pemadam|damkar|hidran|hydrant)"
    r"(?: kebakaran)?|(?:instalasi|unit|ruang|layanan)? ?gawat darurat|"
    r"(?:nomor|telepon|pintu|jalur|tangga|lampu|tenda|jembatan|jalan|kelas|dana|tanggap|posko|call ?center|landasan) "
    r"darurat|matahari (?:\w+ )?tenggelam|bekas (?:kebakaran|terbakar|longsor\w*|tabrakan|kecelakaan)|"
    r"asuransi kecelakaan|jaminan kecelakaan(?: kerja)?|surat keterangan kebakaran|emergency (?:number|room|unit|"
    r"exit)s?|"
    r"pembunuhan karakter|sampah(?: \w+){0,2} hanyut|accident[- ]prone|kulit terbakar matahari|bom waktu"
)

# Before a hazard: it is feared, prevented, taught, insured, denied or asked about.
CALM_BEFORE = (
    r"rawan|berpotensi|potensi|risiko|resiko|beresiko|berisiko|mencegah|pencegahan|cegah|antisipasi|mitigasi|"
    r"sering(?:kali)?|kerap|bisa|dapat|mengakibatkan|menyebabkan|memicu|menimbulkan|mengundang|"
    r"takut|khawatir|kuatir|dikhawatirkan|was-was|agar tidak|supaya tidak|jangan sampai|sebelum|menghindari|hindari|"
    r"tidak ada|tidak pernah|bukan|belum|hampir|nyaris|ganti rugi|bikin|buat|korban|pasca|pascabencana|bantuan|"
    r"santunan|dana|rehabilitasi|relokasi|"
    r"penanggulangan|simulasi|data|statistik|angka|peta|informasi|info|sejarah|film|berita|museum|cara|prosedur|syarat|"
    r"penanganan|perbaikan|jalur|titik|daerah|zona|prevent|avoid|risk of|cause|causing"
)
# Between the two there may be this much: "sering sekali terjadi kecelakaan".
_BETWEEN = r"(?:\s+(?!tolong|sekarang|sedang|baru|ada)\w+){0,2}\s+"

# After it: it is over.
CALM_AFTER = (
    r"(?:\s+\w+){0,5}\s+(?:(?:tahun|bulan|minggu|pekan)(?: yang)? (?:lalu|kemarin|silam)|pada tahun \d{4}|tahun \d{4}|"
    r"last (?:year|month))"
)

# Gatherings and papers about any of it.
ABOUT_IT = (
    r"(?:seminar|sosialisasi|penyuluhan|pelatihan|lomba|webinar|workshop|kampanye|simulasi|skripsi|penelitian|edukasi|"
    r"peraturan|perda|undang-undang|layanan pengaduan|satgas|materi|program|anggaran)(?:\s+\w+){0,4}\s+"
)

_SPELLINGS = tuple((re.compile(rf"\b(?:{typed})\b"), meant) for typed, meant in SPELLINGS)
_MISSPELT = re.compile(rf"\b(?:{'|'.join(typed for typed, _ in SPELLINGS)})\b")
# In this order: a name goes before what could be read into it.
_CALM = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{CALM_NAMES})\b",
        rf"\b{ABOUT_IT}(?:{HARM}|{HAZARD})\b",
        rf"\b(?:{CALM_BEFORE}){_BETWEEN}(?:{HAZARD})\b",
        rf"\b(?:{HAZARD}){CALM_AFTER}\b",
    )
)
_URGENT = re.compile(rf"\b(?:{HARM}|{HAZARD})\b|^darurat\b")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_SPACE = re.compile(r"[ \t\n\r\f\v]+")


def sounds_urgent(text: str, title: str = "") -> bool:
    """Whether the words speak of danger happening now."""
    return any(_alarming(part) for part in (title, text))


def _alarming(text: str) -> bool:
    words = _plain(text[:LONGEST_READ])
    if _URGENT.search(words) is None:
        return False  # most reports; taking a calm word out ends a find and never begins one
    for calm in _CALM:
        words = calm.sub(" . ", words)
    return _URGENT.search(words) is not None


def _plain(text: str) -> str:
    """Lower case, no accents, "toloooong" as "tolong", the usual misspellings as the word that was meant."""
    words = text.lower()
    if not words.isascii():
        decomposed = unicodedata.normalize("NFKD", words)
        words = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = _STRETCHED.sub(r"\1", _SPACE.sub(" ", words)).strip()
    if _MISSPELT.search(words) is not None:
        for typed, meant in _SPELLINGS:
            words = typed.sub(meant, words)
    return words

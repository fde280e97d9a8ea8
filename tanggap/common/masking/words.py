"""Words that are no names, and words that announce one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

COMMON: Final = frozenset(Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8").split())
"""Frequent words of complaints from which all names had been taken out: in lower case they end a name."""

NOT_NAMES: Final = frozenset(
    """
    saya kami kita anda aku beliau mereka dia ia orang warga masyarakat rakyat umum publik pribadi sendiri
    bersama pemerintah pemkab pemkot pemprov negara republik kementerian dinas badan kantor kecamatan kelurahan
    desa kabupaten kota provinsi lembaga instansi perusahaan pt cv ud pd bumn yayasan koperasi sekolah
    universitas kampus tim panitia presiden wakil menteri gubernur bupati walikota wali camat lurah kades kepala
    sekda sekretaris ketua rt rw dukuh kadus kabid kasi kadis kabag direktur manajer dirut rektor dekan guru
    dosen dokter bidan perawat polisi tentara hakim jaksa pengacara anggota dewan staf pegawai petugas pejabat
    admin operator kasir satpam sopir pelapor terlapor korban saksi tetangga teman keluarga anak adik kakak ayah
    ibu bapak bapa suami istri orangtua tua nenek kakek paman bibi hamil rumah kandung tiri mertua muda mudi
    sekalian semua semuanya siapa siapapun tersebut ini itu terhormat yth haji ustad ustadz kyai pendeta romo
    dan atau serta di ke dari yang untuk dengan tentang adalah sebagai selaku mohon tolong ingin mau hendak akan
    sudah telah belum tidak bukan jalan jl jln gang gg perumahan dusun kampung kp nomor no alamat nik ktp kk hp
    telp wa umur usia tanggal tgl lahir pekerjaan agama status jenis tahun bulan senin selasa rabu kamis jumat
    sabtu minggu januari februari maret april mei juni juli agustus september oktober november desember terima
    kasih salam hormat assalamualaikum selamat pagi siang sore malam indonesia jakarta jawa pns asn tni polri
    pengguna pemilik penghuni pelanggan peserta mahasiswa siswa pasien pensiunan karyawan buruh petani nelayan
    pedagang program kegiatan nama bpjs pln pdam kpk dpr dprd mpr bpk bkn kpu lapor sp4n nohp nope norek rek
    rekening npwp nip email e-mail tlp telepon telpon kontak nopol plat ktpnya akun ig fb dukcapil disdukcapil
    puskesmas pasar terminal toko warung blok de lik wassalamualaikum wassalam mhon mundur maju alangkah
    kapolres kapolsek kapolda kapolri danramil dandim sekdes kepsek kasat kuwu keuchik geuchik perbekel mantri
    eropa papua kawin kapten nasional pertiwi bos bro tukang ogah pengajian usaha barang produk merek almt
    sertifikat ijazah akta akte shm paspor sim stnk bpkb pemda anggaran proyek
    pemuda umat organisasi pengurus bendahara kader juragan becak ojek ojol jago parkir sales teknisi jukir kurir
    driver paket sayur bakso sate soto siomay gorengan rujak galon preman satgas relawan pengawas
    """.split()
)

HONORIFICS: Final = (
    r"bapak|ibu|pak|bu|bpk|sdr|sdri|saudara|saudari|mas|mbak|mba|tn|ny|tuan|nyonya|kak|bang|cak|neng|teh|kang|ust|"
    r"h|hj|dr|drg|ustadz?|ustadzah|ustaz|kyai|daeng|mbah|pakde|bude|alm|almarhum|almarhumah|suster"
)

KIN: Final = (
    r"nenek|kakek|pak ?de|bu ?de|pak ?lik|bu ?lik|om|tante|uda|uni|eyang|opa|oma|mama|lae|bli|mbok|"
    r"gus|koh?|abah|ambu|wak|tulang|paman|bibi|amang|inang|kakak|dokter|bidan|mantri|hajah|hajjah|nyai|drs\.?|dra\.?|ir\."
)
"""Address of the family and of the regions: too often something else where no capital follows."""

FAMILY: Final = (
    r"anak|putra|putri|istri|isteri|suami|ayah|bapak|bpk|ibu|kakak|adik|adek|kakek|nenek|mertua|keponakan|cucu|ortu|"
    r"paman|bibi|sepupu|tetangga|teman"
)

PLACES: Final = (
    r"jl|jln|jalan|gang|gg|pasar|terminal|waduk|embung|"
    r"rs|rsu|rsud|rsup|rsia|rumah sakit|bandara|stadion|taman|gedung|museum|univ|universitas|"
    r"masjid|musholl?a|jembatan|bundaran|lapangan|pelabuhan|perpustakaan|sdn?|smpn?|sman?|smkn?|tk"
)
"""What is named after people: *RSUD dr. Soetomo*, *Jalan H. Agus Salim*."""

RANKS: Final = r"prof|kh|k\.h|ir|dr|h|hj|rd|raden|tgk|jend|jenderal|letjen|mayjen|kapten|bung|gus"
"""What may stand between *Jalan* and the title: *Jl. Ir. H. Juanda*."""

AREAS: Final = (
    r"desa|ds|dusun|kampung|kp|kelurahan|kel|kecamatan|kec|kota|kabupaten|kab|daerah|wilayah|rumah|sekolah|kantor"
)

DOCUMENTS: Final = (
    r"ktp|kk|ijazah|akta|akte|sertifikat|shm|paspor|sim|stnk|bpkb|rekening|buku nikah|surat|kartu|slip gaji"
)

ALSO_NAMES: Final = frozenset({"hakim", "muda"})
"""Words that are part of many names where a capital leads them."""

OFFICES: Final = r"haji|hajah|hajjah|ustadz?|kyai|guru|dokter|bidan|mantri|rt|rw|kadus|dukuh"
"""Titles between *Pak* or *Bu* and a name. Not those of a bupati or a camat: what follows is as often the place."""

RELATIONS: Final = (
    r"saya|lengkap|pelapor|pemohon|terlapor|pemilik|pasien|siswa|korban|peserta|nasabah|wajib pajak|wp|petugas|pegawai|"
    r"oknum|pelaku|guru|dokter|"
    r"(?:anak|ibu|ayah|bapak|suami|istri|adik|kakak|orang tua|orangtua|kandung)(?: kandung)?(?: saya)?"
)

SHORT_FORMS: Final = frozenset(
    "rr rd tb kh ust moh muh mohd muhd mhd abd ach ahm md st ig fx drs dra ir prof dr h hj".split()
)
"""What stands with a point before or within a name."""

_OWNED: Final = re.compile(r"([a-z]{2,20})(?:ku|mu|nya)")
_SHAPED: Final = re.compile(
    r"(?:ke|pe[lmnr]?)[a-z]{4,20}an|(?:meng|meny|mem)[a-z]{3,20}|men[cdjtz][a-z]{3,20}|(?:ber|ter)[a-z]{5,20}|di[a-z]{6,20}"
)


def is_no_name(word: str) -> bool:
    """Whether a word in small letters is known to be none, also as *nikku*, or is built like a verb or *keadilan*."""
    if word in NOT_NAMES or _SHAPED.fullmatch(word):
        return True
    owned = _OWNED.fullmatch(word)
    return owned is not None and owned[1] in NOT_NAMES

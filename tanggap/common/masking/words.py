"""Words that are no names, and words that announce one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

COMMON: Final = frozenset(Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8").split())
"""Frequent words of complaints from which all names had been taken out: in lower case they end a name."""

NOT_NAMES: Final = frozenset(
    """
    saya kami kita anda aku beliau mereka dia ia orang warga masyarakat rakyat umum publik pribadi sendiri bersama
    pemerintah pemkab pemkot pemprov negara republik kementerian dinas badan kantor kecamatan kelurahan desa
    kabupaten kota provinsi lembaga instansi perusahaan pt cv ud pd bumn yayasan koperasi sekolah universitas
    kampus tim panitia presiden wakil menteri gubernur bupati walikota wali camat lurah kades kepala sekda
    sekretaris ketua rt rw dukuh kadus kabid kasi kadis kabag direktur manajer dirut rektor dekan guru dosen
    dokter bidan perawat polisi tentara hakim jaksa pengacara anggota dewan staf pegawai petugas pejabat admin
    operator kasir satpam sopir pelapor terlapor korban saksi tetangga teman keluarga anak adik kakak ayah ibu
    bapak bapa suami istri orangtua orang tua nenek kakek paman bibi hamil rumah kandung tiri mertua muda mudi
    sekalian semua semuanya siapa siapapun tersebut ini itu terhormat yth haji ustad ustadz kyai pendeta romo dan
    atau serta di ke dari yang untuk dengan tentang adalah sebagai selaku mohon tolong ingin mau hendak akan sudah
    telah belum tidak bukan jalan jl jln gang gg perumahan dusun kampung kp nomor no alamat nik ktp kk hp telp wa
    umur usia tanggal tgl lahir pekerjaan agama status jenis tahun bulan senin selasa rabu kamis jumat sabtu
    minggu januari februari maret april mei juni juli agustus september oktober november desember terima kasih
    salam hormat assalamualaikum selamat pagi siang sore malam indonesia jakarta jawa pns asn tni polri pengguna
    pemilik penghuni pelanggan peserta mahasiswa siswa pasien pensiunan karyawan buruh petani nelayan pedagang
    program kegiatan nama bpjs pln pdam kpk dpr dprd mpr bpk bkn kpu lapor sp4n
    """.split()
)

HONORIFICS: Final = (
    r"bapak|ibu|pak|bu|bpk|sdr|sdri|saudara|saudari|mas|mbak|mba|tn|ny|tuan|nyonya|kak|bang|cak|neng|teh|kang|"
    r"h|hj|dr|drg|ustadz?|kyai"
)

OFFICES: Final = r"haji|hajah|hajjah|ustadz?|kyai|guru|dokter|bidan|mantri|rt|rw|kadus|dukuh"
"""Titles between *Pak* or *Bu* and a name. Not those of a bupati or a camat: what follows is as often the place."""

RELATIONS: Final = (
    r"saya|lengkap|pelapor|pemohon|terlapor|pemilik|pasien|siswa|korban|peserta|nasabah|wajib pajak|petugas|pegawai|"
    r"oknum|pelaku|guru|dokter|"
    r"(?:anak|ibu|ayah|bapak|suami|istri|adik|kakak|orang tua|orangtua|kandung)(?: kandung)?(?: saya)?"
)

SHORT_FORMS: Final = frozenset("moh muh mohd muhd mhd abd ach ahm md st ig fx drs dra ir prof dr h hj".split())
"""What stands with a point before or within a name."""

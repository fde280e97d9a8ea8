"""Which words wake somebody at night: sentences as people write them, labelled by hand."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.cases.urgency import LONGEST_READ, sounds_urgent

URGENT = [
    "Tolong, rumah di Jalan Melati kebakaran, apinya membesar!",
    "kebakarn di pasar baru, damkar belum datang",
    "KEBAKARAAAN!!! di gudang belakang SD",
    "Omahe tonggoku kobong, tulung cepet",
    "Ada kecelakaan di depan pom bensin, korban belum ditolong",
    "kecelakan motor sama truk, org nya tdk sadarkan diri",
    "Saya korban KDRT, suami memukul saya setiap malam",
    "Anak tetangga saya disiksa ibu tirinya, sekarang dikurung di kamar",
    "Anak saya umur 6 tahun hilang sejak sore di alun-alun",
    "ank sy diculik orang tdk dikenal pakai mobil hitam",
    "Adik saya diperkosa oleh pamannya dua bulan lalu dan takut melapor",
    "Guru itu melakukan pelecehan seksual terhadap siswi kelas 5",
    "Terjadi kekerasan terhadap anak di panti asuhan ini",
    "Saya diancam akan dibunuh karena melaporkan jual beli tanah",
    "Saya sudah tidak kuat, ingin mati saja",
    "Teman kos saya mau bunuh diri, pintunya dikunci",
    "Jembatan gantung roboh dan warga jatuh ke sungai",
    "Atap kelas 3 SDN 2 ambruk pagi ini, ada murid di dalam",
    "Tanggul sungai jebol, air masuk ke kampung",
    "Longsor menutup rumah warga, masih ada yang tertimbun",
    "lonksor di tebing blkg rumah barusan",
    "Gempa barusan merobohkan pasar, banyak korban luka berat",
    "Banjir setinggi dada, kami terjebak di lantai dua bersama bayi",
    "banjir sudah 2 meter, lansia belum dievakuasi",
    "Galodo datang dari bukit, rumah warga hanyut",
    "Ada anak tenggelam di kolam bekas galian",
    "Budak titeuleum di walungan, tolong kirim bantuan",
    "Kabel listrik PLN putus di jalan depan sekolah dan mengeluarkan api",
    "Tukang bangunan kesetrum dan pingsan di proyek drainase",
    "Gas amonia dari pabrik es bocor, warga sesak",
    "Bau gas menyengat di gang kami, takut meledak",
    "Puluhan murid keracunan makanan sekolah",
    "Ibu mau melahirkan dan pendarahan hebat, tolong ambulans",
    "Rumah sakit menolak pasien serangan jantung karena kartu tidak aktif",
    "Sedang terjadi tawuran di depan SMK, ada yang dibacok",
    "Saya baru saja dibegal di jembatan layang",
    "Ini darurat, mohon bantuan segera di Desa Banyuates",
    "Pohon besar tumbang menimpa mobil, orangnya masih di dalam",
    "Bayi dibuang di depan puskesmas, masih hidup",
    "Pembantu itu disekap majikannya di lantai atas",
    "My neighbour's house is on fire, please send help",
    "A child is drowning in the river near the market",
    "There was an accident, two people are bleeding",
    "He is being beaten by his father right now",
    "Ada orang mau lompat dari jembatan layang",
    "Anak kecil jatuh ke sumur di belakang masjid",
    "Bapak tiri mencabuli anak perempuan di rumah sebelah",
    "Orang mengamuk bawa parang di pasar",
    "Tetangga teriak minta tolong, sepertinya dipukul suaminya",
    "Kapal nelayan terbalik di laut, lima orang belum ketemu",
    "Sungai meluap, rumah terendam sampai atap",
]
CALM = [
    "Lampu jalan padam sejak tiga malam, warga takut lewat.",
    "Jalan berlubang sering menyebabkan kecelakaan, mohon diperbaiki.",
    "Tikungan ini rawan kecelakaan, tolong pasang cermin.",
    "Selokan mampet sehingga banjir setiap hujan di gang kami.",
    "Mobil pemadam kebakaran di kecamatan kami sudah tua.",
    "Mohon pelatihan pencegahan kebakaran untuk pedagang pasar.",
    "Antrean di instalasi gawat darurat tiga jam, petugas tidak ramah.",
    "Nomor darurat di situs pemda salah.",
    "Bantuan korban gempa tahun lalu belum cair.",
    "Tebing ini berpotensi longsor bila hujan, mohon diperiksa.",
    "Masyarakat tidak sadar membuang sampah ke sungai.",
    "Saya terjebak macet setiap pagi karena parkir liar.",
    "Pemandangan matahari tenggelam di pantai tertutup papan reklame.",
    "Kabel internet putus, sudah seminggu tidak diperbaiki.",
    "Kapan ada penyuluhan kekerasan dalam rumah tangga di desa?",
    "Bagaimana cara mengurus asuransi kecelakaan nelayan?",
    "Jembatan darurat di dusun kami belum diganti yang permanen.",
    "Sampah hanyut menumpuk di pintu air.",
    "KTP saya belum jadi sejak enam bulan, petugas bilang blangko habis.",
    "Bansos anak yatim tidak merata di RT kami.",
    "Guru honorer belum digaji empat bulan.",
    "Program anak asuh dinas sosial tidak jelas syaratnya.",
    "Tidak ada kecelakaan, tetapi rambu di simpang itu perlu dipasang.",
    "Data kebakaran hutan 2024 tidak bisa diunduh.",
    "Meteran listrik terbakar tiga minggu lalu, belum diganti.",
    "Mohon bantuan bedah rumah, rumah saya hampir roboh.",
    "Ganti rugi tanah longsor belum dibayar.",
    "Saya ditembak harga tiga kali lipat oleh tukang parkir.",
    "Polisi pukul 9 belum datang ke kantor samsat.",
    "Anak saya pukul 7 sudah antre di puskesmas.",
    "Guru memukul meja waktu rapat komite.",
    "Petugas parkir memungut lebih dari tarif resmi.",
    "Mohon info syarat izin mendirikan bangunan.",
    "Pohon di tepi jalan perlu dipangkas agar tidak tumbang.",
    "Harga pupuk bersubsidi di atas HET di kios desa.",
    "Air PDAM keruh dan berbau dua minggu ini.",
    "The emergency exit of the clinic is locked with boxes in front of it.",
    "This road is accident-prone, please add a mirror.",
    "Usul: lomba poster tentang kekerasan terhadap anak di sekolah.",
]


@pytest.mark.parametrize("sentence", URGENT)
def test_danger_happening_now_is_heard(sentence: str) -> None:
    assert sounds_urgent(sentence)


@pytest.mark.parametrize("sentence", CALM)
def test_a_word_of_danger_in_a_calm_report_wakes_nobody(sentence: str) -> None:
    assert not sounds_urgent(sentence)


def test_danger_is_heard_beside_a_calm_use_of_the_same_word() -> None:
    assert sounds_urgent("Tikungan ini rawan kecelakaan. Pagi ini ada kecelakaan lagi, korbannya pingsan.")


def test_the_title_counts_as_well() -> None:
    assert sounds_urgent("Di depan SD Inpres, cepat.", title="Kebakaran")


@given(st.text(max_size=400))
def test_any_text_gets_an_answer_and_more_danger_never_calms_it(text: str) -> None:
    assert isinstance(sounds_urgent(text), bool)
    assert sounds_urgent(f"{text}\n. Ada yang ditusuk di jalan.")


def test_the_longest_and_most_awkward_text_is_read_in_a_moment() -> None:
    for awkward in (
        "rawan " * 4000,
        "kebakaran " * 2500,
        "anak " * 5000,
        "banjir a b c d e f " * 1200,
        "a" * LONGEST_READ,
    ):
        begun = time.process_time()
        sounds_urgent(awkward)
        assert time.process_time() - begun < 1.0

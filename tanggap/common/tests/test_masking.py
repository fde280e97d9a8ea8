"""What names a person is hidden; everything else stays as it was typed."""

import io
import re
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from tanggap.common.ids import new_tracking_id
from tanggap.common.masking import KINDS, mask


def masked(text: str) -> str:
    return mask(text).text


@pytest.mark.parametrize(
    "number",
    [
        "3578011234560001".replace("123456", "120190"),
        "3578015201900001",
        "3578 0112 0190 0001",
        "357801 120190 0001",
        "3578.0112.0190.0001",
        "35-78-01-120190-0001",
    ],
)
def test_a_plausible_national_number_is_hidden_without_a_cue(number: str) -> None:
    assert masked(f"Data saya {number}, mohon dicek") == "Data saya [NIK], mohon dicek"


@pytest.mark.parametrize(
    "number",
    [
        "0078011201900001",  # no such province
        "3500011201900001",  # no such regency
        "3578013201900001",  # day 32
        "3578017201900001",  # day 72
        "3578011213900001",  # month 13
        "3578010001900001",  # day 0
        "357801120190000",
        "35780112019000012",
    ],
)
def test_sixteen_digits_without_its_structure_or_a_cue_stay(number: str) -> None:
    text = f"Kode barang {number} rusak"
    assert masked(text) == text


def test_a_national_number_with_a_typing_error_is_hidden_when_it_is_called_so() -> None:
    assert masked("NIK: 3578013213900001") == "NIK: [NIK]"
    assert masked("no ktp saya 9978011201900001") == "no ktp saya [NIK]"


def test_the_nearest_cue_decides_what_sixteen_digits_are() -> None:
    text = "NIK 3578011201900001 KK 3578011201080005 NPWP 0123456789012345 kartu debit 3578011201900001"
    assert masked(text) == "NIK [NIK] KK [KK] NPWP [NPWP] kartu debit [REKENING]"
    assert masked("Nomor Kartu Keluarga: 3578011201080005") == "Nomor Kartu Keluarga: [KK]"


@pytest.mark.parametrize(
    "number",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "0812.3456.7890",
        "0812 345 678",
        "0812 34 56 78 90",
        "+6281234567890",
        "+62 812-3456-7890",
        "(+62) 812 3456 7890",
        "+62 (0)812 3456 7890",
        "62 812 3456 7890",
        "6281234567890",
        "(0351) 456789",
        "(021) 567-8901",
        "021-5678901",
        "0351 456789",
        "0812–3456–7890",
        "+65 9123 4567",
        "08 12 3456 7890",
    ],
)
def test_every_spelling_of_a_phone_number_is_hidden_whole(number: str) -> None:
    result = masked(f"Hubungi {number} ya, 2 hari lagi")
    assert re.sub(r"\[TELEPON\]\)?", "X", result).replace("(X", "X") == "Hubungi X ya, 2 hari lagi"


def test_a_phone_number_does_not_swallow_the_number_after_it() -> None:
    assert masked("WA 081234567890 2 hari tidak dibalas") == "WA [TELEPON] 2 hari tidak dibalas"
    assert masked("081234567890/081345678901") == "[TELEPON]/[TELEPON]"
    assert masked("3578011201900001 081234567890") == "[NIK] [TELEPON]"


def test_a_word_for_phone_hides_what_alone_would_be_too_little() -> None:
    assert masked("telp 456789") == "telp [TELEPON]"
    assert masked("wa: 812-3456-7890") == "wa: [TELEPON]"
    assert masked("rumah 456789") == "rumah 456789"
    assert masked("HP081234567890") == "HP[TELEPON]"


@pytest.mark.parametrize(
    "address",
    [
        "budi@example.com",
        "Budi.Santoso+lapor@mail.example.co.id",
        "budi [at] example.com",
        "budi(at)example.com",
        "budi at example dot com",
        "budi @example.com",
        "budi[at]example[dot]com",
    ],
)
def test_an_address_is_hidden_also_when_it_is_spelled_out(address: str) -> None:
    assert masked(f"kirim ke {address}.") == "kirim ke [EMAIL]."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plat B 1234 XYZ parkir", "plat [PLAT] parkir"),
        ("AE1234BC menyerempet", "[PLAT] menyerempet"),
        ("L-1234-AB dan W.1234.CD", "[PLAT] dan [PLAT]"),
        ("motor b 1234 xyz", "motor [PLAT]"),
        ("nopol L 12 A", "nopol [PLAT]"),
        ("mobil DK 1", "mobil [PLAT]"),
        ("truk bernopol AB 9876 C", "truk bernopol [PLAT]"),
    ],
)
def test_a_licence_plate_is_hidden(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rekening 1234567890", "rekening [REKENING]"),
        ("norek BCA: 123-456-7890", "norek BCA: [REKENING]"),
        ("transfer ke 1234567890 (BRI)", "transfer ke [REKENING] (BRI)"),
        ("Mandiri 137-00-1234567-8 atas", "Mandiri [REKENING] atas"),
        ("bank jatim 0012345678", "bank jatim [REKENING]"),
        ("NIP 19800101 200501 1 001", "NIP [NIP]"),
        ("pegawai 198001012005011001 kasar", "pegawai [NIP] kasar"),
        ("NIP. 131234567", "NIP. [NIP]"),
        ("BPJS 0001234567890", "BPJS [BPJS]"),
        ("kartu 0001234567890", "kartu [BPJS]"),
        ("No. BPJS Ketenagakerjaan 12345678901", "No. BPJS Ketenagakerjaan [BPJS]"),
        ("12.345.678.9-012.345", "[NPWP]"),
        ("NPWP saya 123456789012345", "NPWP saya [NPWP]"),
    ],
)
def test_other_numbers_of_people_are_hidden(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nama saya Budi Santoso, warga Madiun", "Nama saya [NAMA], warga Madiun"),
        ("nama saya budi santoso mau lapor", "nama saya [NAMA] mau lapor"),
        ("NAMA SAYA BUDI SANTOSO DARI DESA", "NAMA SAYA [NAMA] DARI DESA"),
        ("Nama: Siti Nur Aisyah", "Nama: [NAMA]"),
        ("nama anak saya Rina Wati sakit", "nama anak saya [NAMA] sakit"),
        ("a.n. M. Yusuf bin Ali, S.Pd.", "a.n. [NAMA], S.Pd."),
        ("a/n budi", "a/n [NAMA]"),
        ("atas nama budi santoso di Madiun", "atas nama [NAMA] di Madiun"),
        ("Bapak Slamet Riyadi dan Ibu Ani", "Bapak [NAMA] dan Ibu [NAMA]"),
        ("Pak Joko. Jalan rusak", "Pak [NAMA]. Jalan rusak"),
        ("bu siti tidak datang", "bu [NAMA] tidak datang"),
        ("Sdr. Moh. Ali marah", "Sdr. [NAMA] marah"),
        ("perkenalkan saya Dewi Lestari", "perkenalkan saya [NAMA]"),
        ("saya bernama Dewi", "saya bernama [NAMA]"),
        ("Hormat saya, Budi Santoso", "Hormat saya, [NAMA]"),
        ("atas nama Bapak Budi", "atas nama Bapak [NAMA]"),
        ("H. Abdul Karim menagih", "H. [NAMA] menagih"),
        ("Pak Haji Udin dan Pak RT Slamet", "Pak Haji [NAMA] dan Pak RT [NAMA]"),
        ("saya Budi Santoso warga Madiun", "saya [NAMA] warga Madiun"),
        ("Nama\t: Budi Santoso", "Nama\t: [NAMA]"),
        ("Nama petugas: Rudi", "Nama petugas: [NAMA]"),
        ("atas nama D'Arcy Nur-Aini", "atas nama [NAMA]"),
    ],
)
def test_an_announced_name_is_hidden(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Bapak Bupati Sampang yang terhormat",
        "Pak RT dan Bu Lurah tidak menanggapi",
        "Yth. Bapak/Ibu Kepala Dinas",
        "ibu hamil di rumah sakit",
        "Ibu Kota Nusantara",
        "pak tolong jalan rusak",
        "bu sdh 3 hari",
        "atas nama warga RT 03 RW 05",
        "atas nama PT Maju Jaya",
        "nama jalan di desa",
        "nama sekolah: SDN 1 Sampang",
        "harganya mahal",
        "saya Warga Desa Sukamaju",
        "Saya Ingin Melaporkan Jalan",
        "saya PNS di Kota Malang",
        "Pak Camat Sampang",
        "pak guru honorer belum digaji",
        "pelapor: warga sekitar",
        "saya ibu rumah tangga",
    ],
)
def test_words_that_only_look_announced_stay(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Nomor pelacakan 7KQ4-M2XD-T dan 0812-3456-7",
        "laporan #2007157 dan #081234567890",
        "Rp 1.234.567.890 atau Rp50000000, 15.000.000 rupiah, 081234567890 rupiah",
        "total 1.500.000.000,00",
        "tanggal 12-11-2024, 12/11/2024, 2024-11-12 10:30, tahun 2023 2024",
        "buka 08.30-15.00 25 orang, 08.00 - 16.00 2024",
        "ID pelanggan PLN 512345678901",
        "id pel 512345678901",
        "token PLN 3578 0112 0190 0001 1234",
        "NOP 35.78.100.001.001-0123.0",
        "desa 62.01.02.1001 dan kecamatan 35.78.09",
        "RT 03 RW 05 Blok B 12 NO 5",
        "Blok A 1234 B",
        "SIM A 1234 BC",
        "Pasal 12345678 ayat 2",
        "kode pos 69211, hubungi 112 atau 110, call center 1500-123",
        "INV081234567890",
        "BPJS saya tahun 2019 2020 tidak aktif",
        "-7.0512345, 112.3456789",
        "jalan selebar 3 m sepanjang 1200 m",
    ],
)
def test_what_is_no_personal_data_stays(text: str) -> None:
    assert masked(text) == text


@given(st.builds(new_tracking_id))
def test_no_tracking_id_is_ever_hidden(tracking_id: str) -> None:
    text = f"Laporan {tracking_id} belum dijawab, wa saya"
    assert masked(text) == text


def test_the_spans_say_what_was_where() -> None:
    text = "NIK 3578011201900001\nHP 081234567890"
    found = mask(text).spans
    assert [(text[span.start : span.end], span.kind) for span in found] == [
        ("3578011201900001", "NIK"),
        ("081234567890", "TELEPON"),
    ]


def test_every_kind_has_a_name_for_the_screen() -> None:
    assert set(KINDS) == {"NIK", "KK", "NPWP", "TELEPON", "EMAIL", "PLAT", "REKENING", "NIP", "BPJS", "NAMA", "AKUN"}
    assert KINDS["TELEPON"] == "nomor telepon"


PIECES = st.sampled_from(
    [
        "NIK", "KK", "nama saya", "a.n.", "Pak", "bu", "Budi", "budi santoso", "SITI", "rekening", "BRI",
        "PLN", "telp", "plat", "3578011201900001", "081234567890", "0812", "3456", "7890", "+62", "(0351)",
        "456789", "B 1234 XYZ", "b 12", "Rp", "1.500.000", "12-11-2024", "08.30", "budi@example.com", "at",
        "[at]", "example.com", "7KQ4-M2XD-T", "#2007157", "[NIK]", "[NAMA]", "19800101", "200501", "1", "001",
        "0001234567890", "bpjs", "nip", "12.345.678.9-012.345", "jalan", "rusak", ".", ",", ":", "-", "(",
        ")", "/", "\n", "\r\n", "\u2028", "\x0b", "é", "🕳", "ı", "\ud800"
    ]
)  # fmt: skip
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "  ", "\t"])), max_size=30).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
) | st.text(max_size=200)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_only_the_spans_change_and_every_line_stays(text: str) -> None:
    result = mask(text)
    position, rebuilt = 0, ""
    for span in result.spans:
        assert position <= span.start < span.end <= len(text)
        assert not re.search(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", text[span.start : span.end])
        rebuilt += text[position : span.start] + f"[{span.kind}]"
        position = span.end
    assert rebuilt + text[position:] == result.text
    assert len(result.text.splitlines()) == len(text.splitlines())


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_masking_again_changes_nothing(text: str) -> None:
    once = masked(text)
    assert masked(once) == once


def run_command(monkeypatch: pytest.MonkeyPatch, given: bytes) -> bytes:
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(given)))
    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=written))
    call_command("mask")
    return written.getvalue()


def test_the_command_masks_standard_input_and_keeps_every_byte_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    given = b"Halo\r\nNIK 3578011201900001\n\n" + b"\xff\xfe rusak 081234567890\x00\nakhir tanpa baris baru"
    expected = b"Halo\r\nNIK [NIK]\n\n\xff\xfe rusak [TELEPON]\x00\nakhir tanpa baris baru"
    assert run_command(monkeypatch, given) == expected


def test_the_command_answers_nothing_with_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_command(monkeypatch, b"") == b""


def test_the_command_reads_batch_after_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    rest = b" jalan rusak" * 20 + b"\n"
    given, wanted = b"hp 081234567890" + rest, b"hp [TELEPON]" + rest
    assert run_command(monkeypatch, given * 5_000) == wanted * 5_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sdr Agus mengancam. Agus itu bawa celurit", "Sdr [NAMA] mengancam. [NAMA] itu bawa celurit"),
        ("pak wito mencuri, wito dilepas", "pak [NAMA] mencuri, [NAMA] dilepas"),
        ("Bu Indah kasir. Taman yang indah", "Bu [NAMA] kasir. Taman yang indah"),
        ("Pak Sudirman tinggal di Jalan Sudirman", "Pak [NAMA] tinggal di Jalan Sudirman"),
        ("mbak mbak penjual, mbak itu", "mbak mbak penjual, mbak itu"),
        ("atas nama keadilan dan pemuda", "atas nama keadilan dan pemuda"),
        ("token 0812 3456 7890 1234 5678 gagal", "token 0812 3456 7890 1234 5678 gagal"),
    ],
)
def test_a_name_announced_once_is_hidden_wherever_it_stands_again(text: str, expected: str) -> None:
    assert mask(text).text == expected
    assert mask(expected).text == expected

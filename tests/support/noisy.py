"""Complaints as worn exports and hasty hands leave them, with one known thing planted in each.

Everything is drawn from wide lists by a seed; nothing here knows how the masking finds anything, and nothing
is a real person's: names are of no use in it, and numbers are dice. A sample says where its planted part
stands in the text.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Agt",
    "Agu",
    "Sep",
    "Sept",
    "Okt",
    "Nov",
    "Nop",
    "Des",
]
OPENINGS = [
    "Selamat pagi,", "Assalamualaikum wr wb.", "Yth. Bapak Wali Kota,", "mohon ijin melapor", "Dengan hormat,", "Kepada dinas terkait", "Siang min", "Permisi",
    "LAPOR", "Izin bertanya pak", "Perihal : Aduan", "Halo admin,", "Saya warga kelurahan sini.", "Lapor pju mati", "slmt sore bpk/ibu", "TOLONG DITINDAK LANJUTI", "",
]  # fmt: skip
MIDDLES = [
    "lampu jalan di depan gang sudah padam dua minggu", "saluran air mampet dan bau", "bantuan sosial belum juga cair", "jalan berlubang membahayakan pengendara",
    "antrean di puskesmas lama sekali", "sampah menumpuk di belakang pasar", "air pdam tidak mengalir sejak kemarin", "pohon tumbang menutup jalan",
    "KARTU SAYA TIDAK AKTIF", "data anak saya tidak muncul di sekolah", "pelayanan loketnya kurang ramah", "pungutan parkir tanpa karcis", "kabel menjuntai ke jalan",
]  # fmt: skip
ENDINGS = [
    "Terima kasih", "mohon segera ditindaklanjuti.", "trims", "Mohon bantuannya ya pak", "Kecamatan Sukamaju", "Demikian, atas perhatiannya kami ucapkan terima kasih.",
    "masih belum ada jawaban", "Kel. Sukasari", "sampai sekarang belum ada hasil", "Alamat di gang mawar", "TERIMA KASIH", "yg baru", "sudah dicek petugas", "wassalam", "Bukti terlampir",
    "Status aktif", "Keluhan : tidak bisa dipakai", "(sudah lama)", "https://contoh.example.com/bukti", "dan lainnya", "",
]  # fmt: skip
JOINTS = [" ", " ", " ", "  ", "\n", ". ", ", ", "", "", ";", " - ", "\r\n", "\t"]
LOOKALIKES = {"0": "Oo", "1": "lI", "5": "S", "8": "B"}
SIGNS = [
    "-",
    " ",
    ".",
    "  ",
    "*",
    "_",
    ", ",
    "·",
    "–",
    " - ",
    "--",
    " . ",
    "\u00a0",
    "\u2011",
    ". ",
    "\u200b",
    "/",
    "   ",
]
TIGHT = ["-", " ", ".", "  ", " - ", "–", "\u00a0", "·"]


@dataclass(frozen=True)
class Sample:
    """text[start:end] is what was planted."""

    kind: str
    text: str
    start: int
    end: int


Writer = Callable[[random.Random], tuple[str, str]]


def samples(kind: str, seed: int, count: int) -> list[Sample]:
    """`count` complaints with one of `kind` in each; the same ones for the same seed."""
    dice = random.Random(f"{kind}:{seed}")
    writer = {**PERSONAL, **HARMLESS}[kind]
    return [_sample(kind, writer, dice) for _ in range(count)]


def _sample(kind: str, writer: Writer, dice: random.Random) -> Sample:
    before, planted = writer(dice)
    head = (
        dice.choice(OPENINGS) + dice.choice(JOINTS) + _typed(dice.choice(MIDDLES), dice) + dice.choice(JOINTS)
    )
    # A number that nothing introduces must not stand behind another one's digit, nor end in one.
    tail = dice.choice(JOINTS) + _typed(dice.choice(ENDINGS), dice)
    start = len(head) + len(before)
    return Sample(kind, head + before + planted + tail, start, start + len(planted))


def _typed(words: str, dice: random.Random) -> str:
    """`words` with what hands do to them: capitals, doubled blanks, fused words, dropped letters."""
    slip = dice.random()
    if slip < 0.12:
        return words.upper()
    if slip < 0.2:
        return words.title()
    if slip < 0.3:
        return words.replace(" ", "  ", 2)
    if slip < 0.4:
        return words.replace(" ", "", 1)
    if slip < 0.5 and len(words) > 4:
        at = dice.randrange(1, len(words) - 1)
        return words[:at] + words[at + 1 :]
    return words


def _digits(dice: random.Random, count: int) -> str:
    return "".join(dice.choice("0123456789") for _ in range(count))


def _pick(dice: random.Random, *choices: str) -> str:
    return dice.choice(choices)


def _introduced(dice: random.Random, words: list[str]) -> str:
    sign = dice.choice(
        [
            " ",
            " : ",
            ": ",
            ":",
            " = ",
            "",
            ".",
            ". ",
            " saya ",
            " nya ",
            " saya: ",
            ":\n",
            " adalah ",
            "  ",
            " - ",
            ";",
        ]
    )
    word = dice.choice(words)
    return dice.choice([word, word, word.upper(), word.lower()]) + sign


def _grouped(dice: random.Random, digits: str, ways: list[list[int]], signs: list[str]) -> str:
    way = dice.choice(ways)
    parts, at = [], 0
    for length in way:
        parts.append(digits[at : at + length])
        at += length
    if at < len(digits):
        parts.append(digits[at:])
    parts = [part for part in parts if part]
    if dice.random() < 0.25:  # mixed
        joined = parts[0]
        for part in parts[1:]:
            joined += dice.choice(TIGHT) + part
        return joined
    return dice.choice(signs).join(parts)


def _worn(dice: random.Random, number: str) -> str:
    """A number as scanners leave it: letters for digits, wide digits, a blank where none was."""
    wear = dice.random()
    if wear < 0.15:
        places = [at for at, char in enumerate(number) if char in LOOKALIKES]
        for at in dice.sample(places, min(len(places), dice.choice([1, 1, 2, 3]))):
            number = number[:at] + dice.choice(LOOKALIKES[number[at]]) + number[at + 1 :]
    elif wear < 0.18:
        number = number.translate({ord("0") + n: ord("０") + n for n in range(10)})
    return number


def _identity(dice: random.Random, *, woman: bool) -> str:
    day = dice.randint(1, 28) + (40 if woman else 0)
    area = f"{dice.choice([11, 12, 16, 18, 31, 32, 33, 34, 35, 36, 51, 64, 73, 91])}{dice.randint(1, 79):02}{dice.randint(1, 40):02}"
    return f"{area}{day:02}{dice.randint(1, 12):02}{dice.randint(0, 99):02}{dice.randint(1, 9999):04}"


def _id_number(dice: random.Random, digits: str) -> str:
    shape = dice.random()
    if shape < 0.5:
        return _worn(dice, digits)
    if shape < 0.65:  # broken by a blank or two
        cut = sorted(dice.sample(range(1, 16), dice.choice([1, 1, 2])))
        parts = [digits[a:b] for a, b in zip([0, *cut], [*cut, 16], strict=True)]
        return dice.choice([" ", " ", "  ", "\n"]).join(parts)
    ways = [
        [4, 4, 4, 4],
        [6, 6, 4],
        [2, 2, 2, 6, 4],
        [2, 2, 2, 2, 2, 2, 4],
        [4, 4, 8],
        [8, 8],
        [3, 3, 3, 3, 4],
        [1] * 16,
    ]
    return _worn(dice, _grouped(dice, digits, ways, TIGHT))


def _nik(dice: random.Random) -> tuple[str, str]:
    words = [
        "NIK",
        "No NIK",
        "No. KTP",
        "Nik",
        "KTP",
        "nomor NIK",
        "NIK/KTP",
        "No KTP/NIK",
        "N.I.K",
        "E-KTP",
        "nomer ktp",
        "dengan NIK",
        "Nomor Induk Kependudukan",
        "ber-NIK",
        "no.nik",
    ]
    before = (
        _introduced(dice, words)
        if dice.random() < 0.75
        else _pick(dice, "", "data ", "(", "punya saya ", "an. ybs ")
    )
    return before, _id_number(dice, _identity(dice, woman=dice.random() < 0.5))


def _kk(dice: random.Random) -> tuple[str, str]:
    words = [
        "KK",
        "No KK",
        "No. KK",
        "Nomor KK",
        "Kartu Keluarga",
        "no kartu keluarga",
        "NKK",
        "no.kk",
        "nomor kartu keluarga",
    ]
    before = _introduced(dice, words) if dice.random() < 0.8 else _pick(dice, "", "data ", "berikut ")
    return before, _id_number(dice, _identity(dice, woman=False))


def _phone(dice: random.Random) -> tuple[str, str]:
    words = [
        "HP", "No HP", "No. HP", "WA", "no wa", "Telp", "Tlp.", "Telepon", "hub", "hubungi", "nomor saya", "WhatsApp", "CP", "kontak", "No.Hp/WA", "No telp", "HP/WA", "nomer hp", "Contact Person",
        "call", "sms ke", "bisa dihubungi di", "no", "nomor yang bisa dihubungi",
    ]  # fmt: skip
    before = (
        _introduced(dice, words)
        if dice.random() < 0.7
        else _pick(dice, "", "(", "saya ", "ini ", "pelapor ", "di ")
    )
    if dice.random() < 0.2:
        code = dice.choice(
            ["021", "022", "024", "031", "0341", "0251", "0274", "0361", "0411", "0711", "0761", "0651"]
        )
        rest = dice.choice("23456789") + _digits(
            dice, dice.choice([5, 6, 6]) if len(code) == 4 else dice.choice([6, 7])
        )
        written = dice.choice(
            [
                f"({code}){rest}",
                f"({code}) {rest}",
                f"{code}-{rest}",
                f"{code} {rest}",
                f"{code}{rest}",
                f"{code}.{rest}",
                f"+62 {code[1:]} {rest}",
                f"{code}-{rest[:3]}-{rest[3:]}",
            ]
        )
        return before, written
    operator = dice.choice(
        [
            "11",
            "12",
            "13",
            "21",
            "22",
            "31",
            "38",
            "51",
            "52",
            "53",
            "55",
            "56",
            "57",
            "58",
            "59",
            "77",
            "78",
            "81",
            "82",
            "95",
            "96",
            "98",
            "99",
        ]
    )
    number = f"8{operator}{_digits(dice, dice.choice([7, 7, 8, 8, 8, 9]))}"
    start = dice.choice(["0", "0", "0", "0", "62", "+62"])
    if dice.random() < 0.45:
        return before, _worn(dice, start + number)
    if start == "0":
        whole = f"0{number}"
        ways = [
            [4, 4, 4],
            [4, 3, 4],
            [4, 4, 5],
            [4, 3, 3],
            [3, 4, 4],
            [4, 2, 2, 2, 2],
            [2] * 6,
            [1] * 13,
            [5, 5],
            [6, 6],
            [4, 8],
            [4, 5],
        ]
        return before, _worn(dice, _grouped(dice, whole, ways, SIGNS))
    grouped = _grouped(dice, number, [[3, 4, 4], [3, 4], [3, 3, 4], [11], [3, 8]], TIGHT)
    return before, start + dice.choice([" ", "-", "", " 0", ".", "  "]) + grouped


def _email(dice: random.Random) -> tuple[str, str]:
    syllables = ["ba", "di", "ku", "la", "mo", "ri", "san", "to", "wi", "yan", "tri", "net"]
    word = "".join(dice.choice(syllables) for _ in range(dice.choice([2, 3, 3, 4])))
    local = dice.choice(
        [
            word,
            f"{word}.{dice.choice(syllables)}",
            f"{word}_{_digits(dice, 2)}",
            f"{word}{_digits(dice, 4)}",
            word.title(),
            f"{word}-{dice.choice(syllables)}",
            f"{word}+lapor",
        ]
    )
    host = dice.choice(
        [
            "gmail",
            "yahoo",
            "contoh",
            "hotmail",
            "outlook",
            "warga-kota",
            "kampus",
            "ymail",
            "mail.contoh",
            "icloud",
        ]
    )
    ending = dice.choice(["com", "co.id", "com", "go.id", "net", "org", "ac.id", "id", "or.id"])
    words = [
        "email",
        "e-mail",
        "Email",
        "surel",
        "alamat email",
        "mail",
        "email saya",
        "Email aktif",
        "kirim ke",
        "bukti dikirim ke",
    ]
    sign = dice.choice([" ", " : ", ": ", ":", " = ", "  ", ":\n", " ke ", " di "])
    before = dice.choice(words) + sign if dice.random() < 0.85 else _pick(dice, "", "ke ", "(")
    shape = dice.random()
    if shape < 0.5:
        written = f"{local}@{host}.{ending}"
    elif shape < 0.62:
        written = f"{local}{dice.choice(['(at)', '[at]', '(a)', ' [at] ', ' (at) ', '{at}', '[AT]', '(AT)', '＠'])}{host}.{ending}"
    elif shape < 0.72:
        dotted = ending.replace(".", dice.choice([" dot ", " titik ", "."]))
        written = f"{local} {dice.choice(['at', 'AT', 'et'])} {host} {dice.choice(['dot', 'titik', 'DOT'])} {dotted}"
        written = written.replace("mail.contoh", "contoh")
    elif shape < 0.8:
        written = f"{local}{dice.choice(['[at]', '(at)', ' [at] '])}{host}{dice.choice(['[dot]', '(dot)', ' [dot] '])}{ending.replace('.', '[dot]')}"
    elif shape < 0.88:
        written = f"{local}{dice.choice([' @', '@ ', ' @ '])}{host}.{ending}"
    elif shape < 0.94:
        written = f"{local}@{dice.choice(['gmail', 'yahoo', 'hotmail'])}{dice.choice(['com', ' com', '. com', ' .com', ',com'])}"
    else:
        written = f"{local}@{host}.{ending}".upper()
    return before, written


def _bpjs(dice: random.Random) -> tuple[str, str]:
    words = [
        "BPJS",
        "No BPJS",
        "No. BPJS",
        "no kartu bpjs",
        "BPJS Kesehatan",
        "nomor BPJS",
        "JKN",
        "KIS",
        "No JKN-KIS",
        "Noka",
        "no peserta bpjs",
        "Kartu BPJS",
    ]
    digits = "000" + _digits(dice, 10)
    before = _introduced(dice, words) if dice.random() < 0.9 else _pick(dice, "kartu ", "")
    if dice.random() < 0.7:
        return before, _worn(dice, digits)
    return before, _worn(
        dice, _grouped(dice, digits, [[4, 4, 5], [4, 4, 4, 1], [3, 5, 5], [5, 8], [6, 7]], TIGHT)
    )


def _npwp(dice: random.Random) -> tuple[str, str]:
    words = ["NPWP", "No NPWP", "No. NPWP", "npwp", "nomor npwp", "NPWP perusahaan", "N.P.W.P"]
    before = _introduced(dice, words) if dice.random() < 0.8 else _pick(dice, "", "pajak ", "nomor ")
    if dice.random() < 0.3:
        return before, _worn(dice, f"0{_digits(dice, 15)}")
    digits = dice.choice("0123456789") + _digits(dice, 14)
    shape = dice.random()
    parts = [digits[:2], digits[2:5], digits[5:8], digits[8:9], digits[9:12], digits[12:]]
    if shape < 0.5:
        return before, _worn(dice, f"{parts[0]}.{parts[1]}.{parts[2]}.{parts[3]}-{parts[4]}.{parts[5]}")
    if shape < 0.7:
        return before, _worn(dice, digits)
    if shape < 0.85:
        return before, dice.choice([" ", "-", ".", " . "]).join(parts)
    return before, f"{parts[0]}.{parts[1]}.{parts[2]}.{parts[3]} - {parts[4]}.{parts[5]}"


def _account(dice: random.Random) -> tuple[str, str]:
    banks = [
        "BRI",
        "BCA",
        "Mandiri",
        "BNI",
        "BSI",
        "BTN",
        "BJB",
        "Bank Jatim",
        "Bank DKI",
        "CIMB Niaga",
        "Danamon",
        "Bank Jago",
        "bank mandiri",
        "bri",
        "Bank Syariah Indonesia",
        "Bank Sumut",
    ]
    bank = dice.choice(banks)
    before = dice.choice(
        [
            f"rek {bank} ", f"rekening {bank}: ", f"No. Rek {bank} ", f"{bank} ", f"{bank}: ", f"no rekening {bank} ", "norek ", "rek. ", f"Rekening Bank : {bank} No ", f"transfer ke {bank} ",
            f"{bank} no rek ", f"Rek {bank}", "rekening saya ", f"{bank} a/c ", "no.rek:", "ke rekening ",
        ]
    )  # fmt: skip
    length = dice.choice([10, 10, 10, 13, 15, 15, 9, 8, 12])
    digits = dice.choice("0123456789") + _digits(dice, length - 1)
    if dice.random() < 0.6:
        return before, _worn(dice, digits)
    ways = {
        10: [[3, 3, 4], [4, 3, 3], [3, 7], [5, 5]],
        13: [[3, 2, 7, 1], [3, 2, 4, 4]],
        15: [[4, 2, 6, 2, 1], [4, 4, 4, 3]],
        12: [[4, 4, 4]],
        9: [[3, 3, 3]],
        8: [[4, 4], [3, 5]],
    }
    return before, _grouped(dice, digits, ways[length], ["-", " ", ".", "  "])


def _dotted(dice: random.Random) -> str:
    thousand = dice.choice(
        [
            dice.randint(1, 999) * 1_000,
            dice.randint(1, 99) * 50_000,
            dice.randint(1, 999_999_999),
            dice.randint(1, 30) * 1_000_000,
        ]
    )
    return f"{max(thousand, 1_000):,}".replace(",", ".")


def _amount(dice: random.Random) -> tuple[str, str]:
    money = _dotted(dice)
    words = [
        "sebesar ",
        "biaya ",
        "bayar ",
        "denda ",
        "harga ",
        "tagihan ",
        "dipungut ",
        "total ",
        "SIM C ",
        "perpanjang SIM ",
        "rekening listrik ",
        "tagihan rek air ",
        "parkir ",
        "",
        "bantuan ",
        "iuran BPJS ",
        "transfer BRI ",
    ]
    plain = money.replace(".", "")
    written = dice.choice(
        [
            f"Rp {money}", f"Rp.{money}", f"Rp. {money}", f"Rp{money}", f"rp {money}", f"Rp {money},-", f"Rp {money},00", f"Rp{plain}", f"Rp. {plain}", f"IDR {money}", f"{money} rupiah", f"{money}",
            f"{dice.randint(5, 900)}rb", f"{dice.randint(5, 900)} ribu", f"{dice.randint(1, 90)},5 juta", f"{dice.randint(1, 90)}jt", f"{_dotted(dice)}-{_dotted(dice)}", f"Rp {_dotted(dice)} - Rp {_dotted(dice)}",
            f"Rp. {_dotted(dice)} s/d {_dotted(dice)}", f"{dice.randint(1, 9)}.{dice.randint(0, 999):03}.{dice.randint(0, 999):03}",
        ]
    )  # fmt: skip
    return dice.choice(words), written


def _day(dice: random.Random) -> str:
    day, month, year = (
        dice.randint(1, 28),
        dice.randint(1, 12),
        dice.choice([1998, 2009, 2017, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]),
    )
    return dice.choice(
        [
            f"{day:02}-{month:02}-{year}", f"{day}/{month}/{year}", f"{day:02}.{month:02}.{year}", f"{year}-{month:02}-{day:02}", f"{day} {dice.choice(MONTHS)} {year}", f"{day:02}/{month:02}/{year % 100:02}",
            f"{day} - {month} - {year}", f"{day:02} - {month:02} - {year}", f"{day}-{dice.choice(MONTHS)}-{year}", f"{day}-{month}-{year % 100:02}", f"{year}/{month:02}/{day:02}", f"{day:02}.{month:02}.{year % 100:02}",
        ]
    )  # fmt: skip


def _date(dice: random.Random) -> tuple[str, str]:
    hour = dice.choice(
        [
            f"{dice.randint(0, 23):02}.{dice.randint(0, 59):02}",
            f"{dice.randint(0, 23):02}:{dice.randint(0, 59):02}",
        ]
    )
    written = dice.choice(
        [
            _day(dice),
            _day(dice),
            _day(dice),
            f"{_day(dice)} {hour}",
            f"{_day(dice)} pukul {hour}",
            f"{_day(dice)} jam {hour} WIB",
            f"{_day(dice)} s/d {_day(dice)}",
            f"{_day(dice)} sampai {_day(dice)}",
            hour,
            f"{hour}-{hour}",
            f"{hour} - {hour}",
            "2024/2025",
            "2023-2024",
            "2022, 2023",
        ]
    )
    words = [
        "tgl ",
        "tanggal ",
        "sejak ",
        "pada ",
        "KTP dicetak pada ",
        "tgl : ",
        "Tanggal:",
        "hari Senin, ",
        "sejak tgl. ",
        "rekam KTP tanggal ",
        "",
        "tahun ",
        "KK terbit ",
        "BPJS nonaktif sejak ",
        "WA terakhir ",
        "telp tgl ",
    ]
    return dice.choice(words), written


def _letter(dice: random.Random) -> tuple[str, str]:
    year, number, roman = (
        dice.randint(2015, 2026),
        dice.randint(1, 9999),
        dice.choice(["I", "II", "IV", "VII", "IX", "XII"]),
    )
    code = dice.choice(
        ["005", "440", "188.45", "470", "900", "660.1", "800", "B", "SK", "KOM", "Um.01", "445"]
    )
    office = dice.choice(
        ["436.7.2", "402.112", "KOM.01", "DISHUB", "RT03", "Setda", "35.78", "II.3.AU", "PKK", "436.9.12.3"]
    )
    written = dice.choice(
        [
            f"{code}/{number}/{year}", f"{code}/{number:04}/{office}/{year}", f"B-{number}/{office}/{roman}/{year}", f"{number}/SK/{roman}/{year}", f"{number:03}/RT.03/RW.05/{roman}/{year}", f"{code}/{number}/{office}",
            f"KTP/{_digits(dice, 6)}/{''.join(dice.choice('ABCDEFGH') for _ in range(7))}", f"SP2HP/{number}/{roman}/{year}", f"{number} Tahun {year}", f"{number}/{year}", f"LP/B/{number}/{roman}/{year}/SPKT",
            f"W10-{number}-UM.01.01", f"{code} / {number} / {year}", f"S-{number}/PJ.09/{year}", f"{number:05}/PDAM/{roman}/{year}",
        ]
    )  # fmt: skip
    words = [
        "surat nomor ",
        "Nomor: ",
        "SK ",
        "No. ",
        "surat no ",
        "Perda No ",
        "surat keterangan no. ",
        "nomor surat : ",
        "berdasarkan SK Nomor ",
        "No Surat:",
        "PP ",
        "laporan polisi ",
        "surat dinas nomor ",
    ]
    return dice.choice(words), written


def _tracking(dice: random.Random) -> tuple[str, str]:
    number = str(dice.randint(1, 9)) + _digits(dice, dice.choice([1, 3, 5, 6, 6, 7]))
    bare = dice.choice([f"#{number}", f"#{number}", f"# {number}", f"(#{number})"])
    if dice.random() < 0.5:
        return dice.choice(
            ["laporan ", "lihat ", "sesuai ", "tiket ", "", "nomor ", "aduan saya ", "WA dibalas laporan "]
        ), bare
    words = [
        "laporan no ",
        "laporan nomor ",
        "no aduan ",
        "nomor tiket ",
        "tiket: ",
        "ID laporan ",
        "pengaduan nomor : ",
        "kode laporan ",
        "No. Tiket ",
        "nomor pengaduan saya ",
        "laporan saya no. ",
        "status laporan ",
    ]
    return dice.choice(words), number


def _address(dice: random.Random) -> tuple[str, str]:
    rt, rw, house = dice.randint(1, 15), dice.randint(1, 15), dice.randint(1, 250)
    street = dice.choice(
        [
            "Jl. Melati",
            "Jalan Raya Sukamaju",
            "Jl.Mawar",
            "JL KENANGA",
            "jln anggrek",
            "Gg. Buntu",
            "Perum Griya Indah",
            "Gang II",
            "Jl. Pahlawan Timur",
        ]
    )
    written = dice.choice(
        [
            f"{street} No. {house} RT {rt:02}/RW {rw:02}", f"{street} {house} RT.{rt:03}/{rw:03}", f"{street} No {house} RT/RW {rt:03}/{rw:03}", f"{street} Blok {dice.choice('ABCDE')}-{dice.randint(1, 9)}/{house}",
            f"{street} no.{house} rt{rt:02} rw{rw:02} kode pos {dice.randint(10000, 99999)}", f"{street} {house} - {house + 2}", f"{street} km {dice.randint(1, 90)},5", f"RT {rt:02} RW {rw:02} Kel. Sukasari {dice.randint(10000, 99999)}",
            f"{street} gg {dice.randint(1, 9)} no {house}A", f"RT{rt:02}/RW{rw:02}", f"RT. {rt} / RW. {rw}", f"{street} Blok C{dice.randint(1, 20)} No. {house}", f"{street} No.{house},RT.{rt:02},RW.{rw:02}", f"rt/rw {rt:02}/{rw:02} {dice.randint(10000, 99999)}",
            f"-{dice.randint(6, 8)}.{_digits(dice, 6)}, 1{dice.randint(10, 14)}.{_digits(dice, 6)}", f"{street} nomor {house}, {house + 3}, {house + 5} dan {house + 9}", f"RT {rt:03} RW {rw:03} Desa Sukamaju",
        ]
    )  # fmt: skip
    return dice.choice(
        [
            "alamat ",
            "di ",
            "lokasi: ",
            "Alamat : ",
            "tepatnya ",
            "",
            "rumah saya ",
            "depan ",
            "beralamat di ",
            "koordinat ",
        ]
    ), written


# What must go, and what must stay, by kind.
PERSONAL: Mapping[str, Writer] = {
    "nik": _nik,
    "kk": _kk,
    "phone": _phone,
    "email": _email,
    "bpjs": _bpjs,
    "npwp": _npwp,
    "account": _account,
}
HARMLESS: Mapping[str, Writer] = {
    "amount": _amount,
    "date": _date,
    "letter": _letter,
    "tracking": _tracking,
    "address": _address,
}

"""The words before a number that say what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.rules.reports.masking.kinds import DatumKind

REACH = 64  # characters in which they can stand
BANKS = (
    r"bri|bca|mandiri|bni|bsi|btn|bjb|btpn|jenius|cimb(?: niaga)?|danamon|permata|maybank|muamalat|mega|panin|ocbc"
    r"|bukopin|seabank|jago|neo|dki|jatim|jateng|jabar|sumut|sumsel|nagari|riau(?: kepri)?|kaltim|kalsel|sulsel"
    r"|papua|ntb|ntt|bpd(?: \w{2,8})?|brimo|bsm|gopay|ovo|dana|shopeepay|linkaja"
)
_WORDS: tuple[tuple[DatumKind, str], ...] = (
    (
        DatumKind.NIK,
        r"n\.?i\.?k|e-?ktp|ktp|(?:nomor|no\.?)\s?induk\s?kependudukan|induk kependudukan|(?:nomor|no\.?|kartu)\s?identitas",
    ),
    (DatumKind.KK, r"n?kk|k\.k|kartu\s?keluarga"),
    (
        DatumKind.BPJS,
        r"bpjs(?:tk)?(?:\s?(?:kesehatan|ketenagakerjaan|kes|tk|kis))?|jkn(?:[-\s]?kis)?|kis|noka|kpj|kartu indonesia sehat",
    ),
    (DatumKind.NPWP, r"n\.?p\.?w\.?p|wajib pajak"),
    (DatumKind.PASSPORT, r"paspor|passport|pasport"),
    (
        DatumKind.ACCOUNT,
        rf"rek(?:ening|ning|g)?|norek|no\.?rek|virtual\s?account|va|(?:bank\s?)(?:{BANKS}|\w{{3,12}})|(?:bri|bca|mandiri|bni|bsi|btn|bjb|gopay|ovo|bsm|brimo|cimb(?: niaga)?|danamon|maybank|muamalat|btpn|jenius|seabank|bukopin|ocbc|linkaja|shopeepay)",
    ),
    (
        DatumKind.PHONE,
        (
            r"(?:no\.?|nmr)?\s?(?:hp|hape|h\.p)|(?:no)?wa|whats?\s?app?|watsap|w\.a|telp?|tlp|tlpn|telpon|telfon|telepon|telephone|phone"
            r"|handphone|ponsel|kontak|contact(?:\s?person)?|cp|(?:di)?hubungi|hub|call|sms|nomor\s?(?:saya|aktif)|no\.?\s?(?:saya|aktif)|ext"
        ),
    ),
    (
        DatumKind.NUMBER,
        r"sim(?:\s?[abcd](?:\s?[i1]{1,2})?)?|nip|nisn?|nim|nrp|nuptk|kta|id\s?pel(?:anggan)?|idpel|(?:no\.?|nomor|kode)\s?(?:pelanggan|meter(?:an)?|polis|peserta)|nopel|stnk|bpkb|nop|passcode",
    ),
)
_LINK = (
    r"(?:[\s.:=;,()\[\]\"'/&-]|a/c|(?<=[a-z0-9 ])nya\b|\b(?:no|nomor|nomer|nmr|number|id|kartu|saya|sy|aku|kami|beliau|pribadi|aktif|ini|itu|adalah|ialah|yaitu|yakni|dg|dgn"
    r"|dengan|pelapor|pemohon|ibu|bapak|bpk|ayah|suami|istri|anak|ke|di|kepala|keluarga|peserta|elektronik|wa|hp|telp|telepon|sms|call|rek|rekening|tujuan"
    rf"|pengirim|penerima|bank|syariah|indonesia|nasional|rakyat|negara|daerah|perusahaan|atau|dan|bisa|selular|seluler|rumah|kantor|{BANKS})(?![^\W0-9_])|(?:[a-c](?=\s)))"
)
# Fused with a word before it, a label still shows by its capital or by being no other word's end; with a
# slash on both sides it belongs to a letter's number.
_FUSED = (
    r"(?:(?<![^\W0-9_])|(?-i:(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]))|(?=norek|rek[.:]|rekening|npwp|bpjs|whatsapp|telepon|handphone|paspor))"
    r"(?<![^\W0-9_]/)"
)
_CLOSE = tuple(
    (kind, re.compile(rf"{_FUSED}(?:{words}){_LINK}*?\Z", re.IGNORECASE)) for kind, words in _WORDS
)
_CAPITAL = re.compile(
    r"(?<=[a-z])(?:NIK|KTP|KK|HP|WA|Hp|Wa|Telp|Tlp|NPWP|BPJS|Rek|Nik|No HP|No WA)[\s.:=]{0,4}\Z"
)
_CAPITALS = {
    "nik": DatumKind.NIK,
    "ktp": DatumKind.NIK,
    "kk": DatumKind.KK,
    "npwp": DatumKind.NPWP,
    "bpjs": DatumKind.BPJS,
    "rek": DatumKind.ACCOUNT,
}
# Further off: up to some words that say neither an amount nor a day.
_FAR = tuple(
    (kind, re.compile(rf"{_FUSED}(?:{words})\b[^0-9/\n]{{0,28}}\Z", re.IGNORECASE))
    for kind, words in _WORDS
    if kind is not DatumKind.NUMBER
)
_BUT = re.compile(
    r"\b(?:rp|sebesar|senilai|sejumlah|seharga|harga|tagihan|biaya|bayar|membayar|dibayar|denda|listrik|air|pdam|tanggal|tgl|tahun|thn|surat|sk|pada|sejak"
    r"|hari|jam|pukul|bulan|dicetak|total|jumlah|laporan|tiket|aduan|pengaduan|kode|pos|jalan|jl|jln|perda|pasal|rt|rw|blok)\b",
    re.IGNORECASE,
)


_PAID = re.compile(
    r"\b(?:iuran|premi|biaya|tagihan|bayar|membayar|transfer|denda|setor|tarif|potongan|top ?up|saldo|gaji|pinjaman|pinjam|harga|uang|dana)\b[^0-9]{0,24}\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """What words say about the number behind them. close: nothing but linking words lies between.
    paid: they speak of money as well, so that an amount may follow."""

    kind: DatumKind
    close: bool
    paid: bool


def label(before: str) -> Said | None:
    """What the words at the end of `before` say about the number after it."""
    before = before[-REACH:]
    paid = _PAID.search(before) is not None
    close = _last(before, _CLOSE)
    if close is not None:
        return Said(close[0], close=True, paid=paid)
    fused = _CAPITAL.search(before)
    if fused is not None:
        word = re.sub(r"[^a-z]", "", fused[0].lower()).removeprefix("no")
        return Said(_CAPITALS.get(word, DatumKind.PHONE), close=True, paid=paid)
    far = _last(before, _FAR)
    if far is None or _BUT.search(before[far[1] :]):
        return None
    return Said(far[0], close=False, paid=paid)


def _last(before: str, patterns: Iterable[tuple[DatumKind, re.Pattern[str]]]) -> tuple[DatumKind, int] | None:
    """The kind whose word begins last, and where: of several words in a row the last one says it."""
    found = [(match.start(), kind) for kind, words in patterns if (match := words.search(before))]
    return max(((kind, start) for start, kind in found), key=lambda each: each[1], default=None)

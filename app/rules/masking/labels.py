"""The words before a number that say what it is."""

from __future__ import annotations

import re

from app.rules.masking.kinds import Kind

REACH = 64  # characters in which they can stand
BANKS = (
    r"bri|bca|mandiri|bni|bsi|btn|bjb|btpn|jenius|cimb(?: niaga)?|danamon|permata|maybank|muamalat|mega|panin|ocbc"
    r"|bukopin|seabank|jago|neo|dki|jatim|jateng|jabar|sumut|sumsel|nagari|riau(?: kepri)?|kaltim|kalsel|sulsel"
    r"|papua|ntb|ntt|bpd(?: \w{2,8})?|brimo|bsm|gopay|ovo|dana|shopeepay|linkaja"
)
_WORDS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.NIK,
        r"n\.?i\.?k|e-?ktp|ktp|(?:nomor|no\.?)\s?induk\s?kependudukan|induk kependudukan|(?:nomor|no\.?|kartu)\s?identitas",
    ),
    (Kind.KK, r"n?kk|k\.k|kartu\s?keluarga"),
    (
        Kind.BPJS,
        r"bpjs(?:tk)?(?:\s?(?:kesehatan|ketenagakerjaan|kes|tk|kis))?|jkn(?:[-\s]?kis)?|kis|noka|kpj|kartu indonesia sehat",
    ),
    (Kind.NPWP, r"n\.?p\.?w\.?p|wajib pajak"),
    (Kind.PASSPORT, r"paspor|passport|pasport"),
    (
        Kind.ACCOUNT,
        rf"rek(?:ening|ning|g)?|norek|no\.?rek|virtual\s?account|va|(?:bank\s?)(?:{BANKS}|\w{{3,12}})|(?:bri|bca|mandiri|bni|bsi|btn|bjb|gopay|ovo|bsm|brimo)",
    ),
    (
        Kind.PHONE,
        (
            r"(?:no\.?|nmr)?\s?(?:hp|hape|h\.p)|(?:no)?wa|whats?\s?app?|watsap|w\.a|telp?|tlp|tlpn|telpon|telfon|telepon|telephone|phone"
            r"|handphone|ponsel|kontak|contact(?:\s?person)?|cp|hubungi|call|sms|nomor\s?(?:saya|aktif)|no\.?\s?(?:saya|aktif)|ext"
        ),
    ),
    (
        Kind.NUMBER,
        r"sim(?:\s?[abcd](?:\s?[i1]{1,2})?)?|nip|nisn?|nim|nrp|nuptk|kta|id\s?pel(?:anggan)?|idpel|(?:no\.?|nomor|kode)\s?(?:pelanggan|meter(?:an)?|polis|peserta)|nopel|stnk|bpkb|nop|passcode",
    ),
)
_LINK = (
    r"(?:[\s.:=;,()\[\]\"'/&-]|\b(?:no|nomor|nomer|nmr|number|id|kartu|saya|sy|aku|kami|beliau|pribadi|aktif|ini|itu|adalah|ialah|yaitu|yakni|dg|dgn"
    r"|dengan|pelapor|pemohon|ibu|bapak|bpk|ayah|suami|istri|anak|ke|di|kepala|keluarga|peserta|elektronik|wa|hp|telp|telepon|sms|call|rek|rekening|tujuan"
    rf"|pengirim|penerima|bank|atau|dan|bisa|selular|seluler|rumah|kantor|{BANKS})\b|(?:[a-c](?=\s)))"
)
# Fused with a word before it, a label still shows by its capitals; a slash on both sides belongs to a letter's number.
_FUSED = r"(?<![^\W0-9_])(?<![^\W0-9_]/)"
_CLOSE = tuple(
    (kind, re.compile(rf"{_FUSED}(?:{words}){_LINK}*?\Z", re.IGNORECASE)) for kind, words in _WORDS
)
_CAPITAL = re.compile(
    r"(?<=[a-z])(?:NIK|KTP|KK|HP|WA|Hp|Wa|Telp|Tlp|NPWP|BPJS|Rek|Nik|No HP|No WA)[\s.:=]{0,4}\Z"
)
_CAPITALS = {
    "nik": Kind.NIK,
    "ktp": Kind.NIK,
    "kk": Kind.KK,
    "npwp": Kind.NPWP,
    "bpjs": Kind.BPJS,
    "rek": Kind.ACCOUNT,
}
# Further off: up to some words that say neither an amount nor a day.
_FAR = re.compile(
    rf"{_FUSED}(?P<phone>hp|wa|whats?app|telp?|tlp|telepon|ponsel|kontak|hubungi)\b[^0-9/]{{0,24}}\Z"
    rf"|{_FUSED}(?P<account>rek(?:ening)?|norek|virtual account)\b[^0-9/]{{0,32}}\Z"
    rf"|{_FUSED}(?P<nik>nik|ktp|npwp|kk)\b[^0-9/]{{0,24}}\Z",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"\b(?:rp|sebesar|senilai|sejumlah|seharga|harga|tagihan|biaya|bayar|membayar|dibayar|denda|listrik|air|pdam|tanggal|tgl|tahun|thn|surat|sk|pada|sejak"
    r"|hari|jam|pukul|bulan|dicetak|total|jumlah|laporan|tiket|aduan|pengaduan|kode|pos|jalan|jl|jln|perda|pasal|rt|rw|blok)\b",
    re.IGNORECASE,
)


def label(before: str) -> tuple[Kind, bool] | None:
    """What the words at the end of `before` say about the number after it, and whether they stand close."""
    before = before[-REACH:]
    best: tuple[int, Kind] | None = None
    for kind, words in _CLOSE:
        match = words.search(before)
        if match is not None and (best is None or match.start() > best[0]):
            best = (match.start(), kind)
    if best is not None:
        # "NIK/KK: …", "HP rek": the first of several words in a row begins further left; the last says it.
        return best[1], True
    fused = _CAPITAL.search(before)
    if fused is not None:
        word = re.sub(r"[^a-z]", "", fused[0].lower()).removeprefix("no")
        return _CAPITALS.get(word, Kind.PHONE), True
    far = _FAR.search(before)
    if far is None or _BUT.search(far[0]):
        return None
    return Kind(str(far.lastgroup)), False

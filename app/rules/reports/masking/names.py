"""Names behind the words that introduce them: "nama saya …", "a.n. …", "atas nama …".

A name is up to five words. It ends at a line's end, a digit, a comma or another sign, a word that names the
next entry (alamat, NIK, umur, …) or an everyday word. In capitals it goes on while words are in capitals,
in title case while they begin with one; in small letters it is three words at most.
"""

from __future__ import annotations

import re

from app.rules.reports.masking.kinds import DatumKind, DatumPlace, FoundDatum, words

WORDS_MOST, SMALL_MOST = 5, 3
_WHOSE = r"(?:saya|sy|aku|lengkap|pelapor|pemohon|pengadu|terlapor|panggilan|asli|ktp|pasien|siswa|anak(?:\ssaya)?|ibu|ayah|bapak|suami|istri|orang\s?tua|wali|korban|pemilik|pelanggan|peserta|pengirim|penerima)"
_CUE = re.compile(
    rf"(?:(?<![^\W0-9_])|(?-i:(?<=[a-z])(?=[A-Z])))(?:nama(?:nya)?(?:\s{{0,2}}{_WHOSE}){{1,3}}\s{{0,2}}(?:(?:adalah|ialah|yaitu|yakni)\b)?\s{{0,2}}[:=,.-]{{0,2}}|nama(?:nya)?\s{{0,3}}[:=]"
    r"|a\s?\.\s?n\s?\.?(?![a-z])\s?:?|a/n\.?\s?:?|an\s?[.:]|(?-i:an|AN|An)\s(?=(?-i:[A-Z][A-Za-z]))|atas\s{1,2}nama\s{0,2}:?|perkenalkan,?\s{1,2}(?:nama\s)?saya)[\s]{0,3}(?:\n\s{0,2})?",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"(?:[^\W0-9_]+(?:['’`.-][^\W0-9_]+)*\.?)")
_BETWEEN = re.compile(r"[ \t]{1,3}|(?<=\.)")
_TITLES = words(
    "bapak bpk bp ibu bu pak sdr sdri saudara saudari mas mbak kak tn ny nn h hj dr drs dra ir prof kh ust ustadz gus alm almh"
)
_ENTRIES = words(
    "nik ktp kk nkk no nomor nomer alamat almt umur usia tgl tanggal ttl tempat lahir hp wa telp tlp telepon email jl jln jalan rt rw desa kel kelurahan kec kecamatan kab kabupaten kota"
    " provinsi dusun pekerjaan agama jenis kelamin status npwp bpjs rek rekening bank nip nisn jabatan instansi lokasi perihal isi keluhan laporan nama blok gang gg perumahan"
)
_EVERYDAY = words(
    "saya sy aku kami kita ingin mau akan hendak melaporkan melapor lapor mengadukan mengajukan menyampaikan menanyakan bertanya tanya mohon minta dari di ke dengan dgn dan yang yg untuk utk"
    " pada adalah ialah sudah sdh belum blm tidak tdk tak bukan telah sedang masih warga penduduk tinggal beralamat berdomisili domisili sebagai selaku karena krn sejak bahwa atau juga jg"
    " ada bisa dapat dpt tolong terima kasih terimakasih assalamualaikum selamat pagi siang sore malam yth kepada hari ini itu tersebut tsb pemilik ketua salah sesuai tercantum terdaftar"
    " seperti sampai supaya agar jika bila kalau tapi tetapi namun lalu kemudian program jalan sekolah pt cv toko warung puskesmas dinas kantor tahun bulan hanya punya mempunyai memiliki"
    " baru lama orang anak istri suami ibunya rumah ternyata padahal setelah sebelum saat ketika malah merasa keberatan komplain complain kecewa sangat terkait tentang mengenai atas oleh beliau pengurus ketua anggota wakil sekretaris menjawab bilang kata katanya maka sdn smpn sman smkn sd smp sma smk madrasah yayasan koperasi ud bapak2 ibu2 mahasiswa pelajar siswa karyawan pegawai sopir pedagang guru murid pasien pengguna konsumen nasabah kepala bagian seksi bidang tim"
)
_DEGREES = re.compile(
    r",\s?(?:(?:S|M|A|Dr|SH|SE|ST|SPd|MM|MSi|Amd)\.?\s?[A-Z][A-Za-z]{0,3}\b\.?|(?:SH|SE|ST|MM|MSi|MPd|SPd|SKM)\b)(?:\.?[A-Z][a-z]{0,3}\.?)?"
)


def names(text: str) -> list[FoundDatum]:
    """The names in `text`; not hidden of themselves: that depends on whose report it is."""
    found = []
    at = 0
    for cue in _CUE.finditer(text):
        if cue.start() < at:
            continue
        end, sure = _reach(text, cue.end())
        # "Perkenalkan saya pengurus …" introduces no name; in small letters it could be anything.
        if end is not None and (sure or not cue[0].lower().startswith("perkenalkan")):
            found.append(FoundDatum(DatumPlace(cue.end(), end, DatumKind.NAME, sure), hidden=False))
            at = end
    return found


def _reach(text: str, begin: int) -> tuple[int | None, bool]:
    """Where the name that begins at `begin` ends, or None; and whether its letters show that it is one."""
    at, count, style, end = begin, 0, "", None
    while count < WORDS_MOST:
        token = _TOKEN.match(text, at, at + 60)
        if token is None:
            break
        word, cut = _whole_word(token[0])
        plain = word.rstrip(".").lower()
        if plain in _ENTRIES or plain in _EVERYDAY:
            break
        if plain not in _TITLES:
            if not style:
                style = _style(word)
            elif not _goes_on(style, word):
                break
            count += 1
            end = at + len(word)
        if cut or (style == "small" and count >= SMALL_MOST):
            break
        gap = _BETWEEN.match(text, at + len(word))
        # A full stop ends a sentence unless it stands behind an initial or a title.
        if gap is None or (word.endswith(".") and len(plain) > 3 and plain not in _TITLES):
            break
        at = gap.end()
    if end is None:
        return None, False
    degree = _DEGREES.match(text, end)
    end = degree.end() if degree else end
    if text[end - 1] == "." and degree is None and len(text[begin:end].rsplit(maxsplit=1)[-1]) > 3:
        end -= 1
    return end, style != "small"


def _style(word: str) -> str:
    letters = [char for char in word if char.isalpha()]
    if len(letters) > 1 and all(char.isupper() for char in letters):
        return "capitals"
    return "title" if letters and letters[0].isupper() else "small"


def _goes_on(style: str, word: str) -> bool:
    if word.lower() in ("bin", "binti", "al", "el", "van", "de", "der"):
        return True
    if style == "capitals":
        return word.isupper() or (len(word) <= 3 and word[0].isupper())
    if style == "title":
        return word[0].isupper()
    return True


def _whole_word(word: str) -> tuple[str, bool]:
    """The word up to where the next entry is run together with it: "SantosoAlamat"."""
    for match in re.finditer(r"(?<=[a-z])(?=[A-Z])", word):
        if word[match.start() :].rstrip(".").lower() in _ENTRIES | _EVERYDAY:
            return word[: match.start()], True
    return word, False

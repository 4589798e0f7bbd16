"""A small vocabulary of ours, from which names and texts are put together. Nobody is meant by them."""

from __future__ import annotations

from random import Random

FIRST = [
    "Adi",
    "Bima",
    "Citra",
    "Dewi",
    "Eka",
    "Fajar",
    "Gita",
    "Hadi",
    "Indah",
    "Joko",
    "Kartika",
    "Lestari",
    "Mega",
    "Nanda",
    "Oki",
    "Putri",
    "Rama",
    "Sari",
    "Tono",
    "Wulan",
]
LAST = [
    "Abadi",
    "Bahari",
    "Cahaya",
    "Damai",
    "Elok",
    "Firdaus",
    "Gemilang",
    "Harapan",
    "Indrawan",
    "Jaya",
    "Kencana",
    "Laksana",
    "Mulya",
    "Nirmala",
    "Perdana",
    "Rahayu",
    "Sentosa",
    "Teladan",
    "Utama",
    "Wibawa",
]
THINGS = (
    "Jalan berlubang", "Lampu jalan padam", "Sampah menumpuk", "Air bersih tidak mengalir", "Antrean layanan panjang",
    "Saluran air tersumbat", "Jembatan rusak", "Berkas tidak selesai", "Petugas tidak di tempat", "Jaringan telepon putus",
    "Bantuan belum diterima", "Trotoar rusak", "Pohon tumbang", "Pungutan tidak resmi", "Jadwal angkutan tidak tetap",
    "Obat tidak tersedia", "Kartu belum jadi", "Ruang kelas bocor", "Listrik sering padam", "Parkir menutup jalan",
)  # fmt: skip
PLACES = (
    "di depan balai desa", "di dekat pasar", "di samping sekolah", "di simpang tiga", "di belakang kantor camat",
    "di kompleks perumahan", "di tepi sungai", "di jalur menuju terminal", "di lingkungan kami", "di pusat layanan",
)  # fmt: skip
SINCE = (
    "Keadaan ini sudah berlangsung tiga minggu dan belum ada petugas yang datang melihat.",
    "Kami sudah menyampaikan hal ini kepada ketua lingkungan, tetapi belum ada perubahan.",
    "Warga sekitar terganggu setiap hari, terutama anak sekolah dan pedagang kecil.",
    "Saat hujan keadaannya bertambah buruk dan sulit dilalui kendaraan.",
    "Pada jam kerja keadaan ini membuat banyak orang harus menunggu lama.",
    "Beberapa kali kami datang ke kantor, namun diminta kembali pada hari lain.",
)
WISHES = (
    "Mohon segera ditindaklanjuti oleh instansi yang berwenang.",
    "Kami berharap ada penjelasan kapan hal ini akan diselesaikan.",
    "Mohon petugas memeriksa langsung ke lapangan agar jelas penyebabnya.",
    "Terima kasih atas perhatian dan bantuan bapak dan ibu.",
)
ANSWERS = (
    "Terima kasih atas laporannya. Tim kami sudah memeriksa lokasi dan menjadwalkan perbaikan.",
    "Pekerjaan sudah dilakukan dan hasilnya dapat dilihat di lokasi. Mohon dikonfirmasi.",
    "Laporan sudah kami terima, saat ini menunggu kelengkapan bahan dari unit terkait.",
    "Berkas bapak atau ibu sudah selesai dan dapat diambil pada jam layanan.",
)
REPLIES = (
    "Terima kasih, tetapi sampai hari ini belum ada perubahan di lokasi.",
    "Baik, kami tunggu hasilnya minggu ini.",
    "Petugas sudah datang, namun pekerjaannya belum selesai.",
)
REASONS = (
    "Masih menunggu bahan dari unit terkait.",
    "Penanganan sudah selesai menurut pemeriksaan kami.",
    "Perlu waktu tambahan untuk pemeriksaan lapangan.",
)
OFFICES = ("Kementerian", "Direktorat", "Kantor Wilayah", "Bidang", "Seksi")
TOPICS = [
    "Pelayanan",
    "Perhubungan",
    "Kesehatan",
    "Pendidikan",
    "Kependudukan",
    "Pengairan",
    "Kebersihan",
    "Penerangan",
    "Perizinan",
    "Pertanian",
    "Perdagangan",
    "Kehutanan",
]


def person(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"


def subject(dice: Random) -> tuple[str, str]:
    """A title and the text under it, some 45 words."""
    title = f"{dice.choice(THINGS)} {dice.choice(PLACES)}"
    return (
        title,
        f"{title} nomor {dice.randrange(1, 400)}. {dice.choice(SINCE)} {dice.choice(SINCE)} {dice.choice(WISHES)}",
    )


def office(level: int, number: int) -> str:
    return f"{OFFICES[level - 1]} {TOPICS[number % len(TOPICS)]} {number}"

"""A local folder and a bucket on a real S3 server keep files alike."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from app.storage import Storage, storage_of
from config import Settings, UnsafeSettings

NAME, OTHER = "0123456789abcdef" * 2, "fedcba9876543210" * 2


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "local":
        return storage_of(Settings(instance=tmp_path))
    settings = Settings(
        storage="s3",
        s3_endpoint=request.getfixturevalue("s3"),
        s3_bucket="lampiran",
        s3_region="us-east-1",
        s3_key="kunci",
        s3_secret="rahasia",
    )
    client = boto3.client(
        "s3",
        endpoint_url=settings.s3_endpoint,
        region_name=settings.s3_region,
        aws_access_key_id=settings.s3_key,
        aws_secret_access_key=settings.s3_secret,
    )
    client.create_bucket(Bucket="lampiran")
    client.close()
    return storage_of(settings)


def read(store: Storage, name: str) -> bytes:
    with store.open(name) as stream:
        return stream.read()


def test_what_is_put_is_read_until_it_is_deleted(store: Storage) -> None:
    store.put(NAME, b"satu")
    store.put(OTHER, b"dua" * 100_000)
    assert read(store, NAME) == b"satu"
    assert read(store, OTHER) == b"dua" * 100_000
    store.put(NAME, b"lagi")
    assert read(store, NAME) == b"lagi"
    store.delete(NAME)
    store.delete(NAME)
    with pytest.raises(FileNotFoundError):
        store.open(NAME)
    assert read(store, OTHER)[:3] == b"dua"


def test_a_folder_leaves_no_half_file(tmp_path: Path) -> None:
    store = storage_of(Settings(instance=tmp_path))
    store.put(NAME, b"utuh")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [NAME]


@pytest.mark.parametrize("name", ["../../rahasia", "", "A" * 32, "/etc/passwd", "0123/../x"])
def test_a_folder_knows_no_other_names(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        storage_of(Settings(instance=tmp_path)).open(name)


def test_a_bucket_needs_its_name() -> None:
    with pytest.raises(UnsafeSettings, match="LAPOR_S3_BUCKET"):
        Settings.from_environment({"LAPOR_STORAGE": "s3"})
    with pytest.raises(UnsafeSettings, match="LAPOR_STORAGE"):
        Settings.from_environment({"LAPOR_STORAGE": "ftp"})


def test_a_stream_is_kept_as_bytes_are(store: Storage) -> None:
    content = b"laporan" * 200_000
    store.put_stream(NAME, BytesIO(content))
    with store.open(NAME) as stream:
        assert stream.read() == content

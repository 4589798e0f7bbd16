"""Files in a bucket of an S3-compatible server, by boto3."""

from __future__ import annotations

from typing import IO, Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from config import Settings

ABSENT = frozenset({"404", "NoSuchKey", "NotFound"})


class Bucket:
    def __init__(self, settings: Settings) -> None:
        self.bucket = settings.s3_bucket
        self.client: Any = boto3.client(
            "s3",
            endpoint_url=settings.s3_endpoint or None,
            region_name=settings.s3_region,
            aws_access_key_id=settings.s3_key or None,
            aws_secret_access_key=settings.s3_secret or None,
            config=Config(
                connect_timeout=5,
                read_timeout=30,
                retries={"max_attempts": 3},
                # Servers other than Amazon's know a bucket by its path, and few of them its new checksums.
                s3={"addressing_style": "path" if settings.s3_endpoint else "auto"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def put(self, name: str, content: bytes) -> None:
        self.client.put_object(Bucket=self.bucket, Key=name, Body=content)

    def put_stream(self, name: str, stream: IO[bytes]) -> None:
        self.client.upload_fileobj(stream, self.bucket, name)

    def open(self, name: str) -> IO[bytes]:
        try:
            found: IO[bytes] = self.client.get_object(Bucket=self.bucket, Key=name)["Body"]
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in ABSENT:
                raise FileNotFoundError(name) from error
            raise
        return found

    def delete(self, name: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=name)

"""A bucket on a server that speaks S3, in a process of its own."""

from __future__ import annotations

import contextlib
import http.client
import subprocess
import sys
from collections.abc import Iterator

from bench.product import free_port
from classroom.blobs.far_recordings import Bucket
from tests.support.wired import until

NAME = "lessons"


@contextlib.contextmanager
def s3_server() -> Iterator[int]:
    """Its port, as soon as it answers."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y"},
    )
    try:
        yield port
    finally:
        process.kill()
        process.wait()


async def bucket_at(port: int, prefix: str) -> Bucket:
    """A bucket of that server; what lies in it under another prefix is another's."""
    await until(lambda: _made(port))
    return Bucket(f"s3://{NAME}/{prefix}", f"http://127.0.0.1:{port}", "us-east-1", "key", "secret")


def _made(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.closing(connection):
        try:
            connection.request("PUT", f"/{NAME}")
            return connection.getresponse().status == 200
        except OSError:
            return False

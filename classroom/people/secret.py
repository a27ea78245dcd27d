"""The installation's secret: one key file, and the keys and proofs derived from it.

Every use has its own key (HMAC-SHA256 of its label), so a token of one kind never passes as
another. Losing the file signs everybody out; leaking it lets others forge seats.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

from classroom.errors import Misfit

SECRET_BYTES = 32
OWNER_ONLY = 0o600


class Secret:
    """Derives keys and proofs; never shows itself."""

    def __init__(self, root: bytes) -> None:
        self._root = root

    def __repr__(self) -> str:
        return "Secret()"

    def key(self, label: str) -> bytes:
        """32 bytes for one use."""
        return hmac.digest(self._root, label.encode(), "sha256")

    def proof(self, label: str, text: str) -> str:
        """A token (64 hex digits) only we can make for `text`."""
        return hmac.digest(self.key(label), text.encode(), "sha256").hex()

    def is_proof(self, label: str, text: str, proof: str) -> bool:
        """Whether we made it; in constant time, and never raises."""
        return hmac.compare_digest(self.proof(label, text).encode(), proof.encode(errors="replace"))


def token_hash(token: str) -> str:
    """What is stored of a bearer token: enough to recognise it, useless to whoever reads it."""
    return sha256(token.encode(errors="replace")).hexdigest()


def open_secret(path: Path) -> Secret:
    """The secret in `path`, made now when there is none; Misfit when it cannot be used."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            _create(path)
        root = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise Misfit(f"The secret key file {path} cannot be read or made: {error}.") from error
    if len(root) < SECRET_BYTES:
        raise Misfit(f"The secret key file {path} is too short; delete it to get a new one.")
    return Secret(root)


def _create(path: Path) -> None:
    """Write it aside and link it into place, so that nobody ever reads half a key."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(SECRET_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        draft.unlink()

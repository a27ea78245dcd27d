"""Sends one message over HTTP, from a thread: to an address that was looked at, within a time.

A name is looked up once and that address is connected to, so that it cannot lead elsewhere between
the look and the connection. Redirects are not followed.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from classroom.hooks.address import Target, is_public

WITHIN_S = 10.0
"""From looking the name up to the end of the answer, however slowly it comes."""
READ_MAX = 64 * 1024
AGENT = "Classroom-Webhooks/1"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`status` of the answer, or None and the reason why there is none."""

    status: int | None
    failure: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether the other side has it."""
        return self.status is not None and 200 <= self.status < 300


def deliver(
    target: Target, headers: Mapping[str, str], body: bytes, *, may_be_private: bool
) -> Outcome:
    """Send it and wait for the answer; what goes wrong is the outcome, and nothing raises."""
    try:
        address = address_of(target, allowed(may_be_private=may_be_private))
        if address is None:
            return Outcome(None, "the address is not one of the internet")
        with ending(Connection(target, address, WITHIN_S), WITHIN_S) as connection:
            sent = {**headers, "Host": target.name, "User-Agent": AGENT, "Connection": "close"}
            connection.request("POST", target.path, body, sent)
            with connection.getresponse() as response:
                response.read(READ_MAX)
                return Outcome(response.status)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Outcome(None, type(error).__name__)


def allowed(*, may_be_private: bool) -> Callable[[str], bool]:
    """Which IP addresses may be connected to."""
    return (lambda _: True) if may_be_private else is_public


def address_of(target: Target, may_connect: Callable[[str], bool]) -> tuple[int, str] | None:
    """Family and address to connect to: none when one of the name's addresses is inside."""
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = [(int(family), str(where[0])) for family, _, _, _, where in found]
    if all(may_connect(address) for _, address in addresses):
        return next(iter(addresses), None)
    return None


class Connection(http.client.HTTPConnection):
    """To an address that is known already; the name is for the certificate."""

    def __init__(self, target: Target, address: tuple[int, str], within_s: float) -> None:
        super().__init__(target.host, target.port, timeout=within_s)
        self._within_s = within_s
        self._target = target
        self._family, self._address = address
        self._line: socket.socket | None = None
        """Kept, as the connection forgets it while an answer is still read."""
        self.is_over = False

    def connect(self) -> None:
        plain = socket.socket(self._family, socket.SOCK_STREAM)
        self.sock = self._line = plain
        plain.settimeout(self._within_s)
        plain.connect((self._address, self._target.port))
        if self._target.is_secure:
            context = ssl.create_default_context()
            name = self._target.host
            safe = context.wrap_socket(plain, server_hostname=name, do_handshake_on_connect=False)
            self.sock = self._line = safe
            safe.do_handshake()
        if self.is_over:
            raise TimeoutError

    def give_up(self) -> None:
        """Wake whoever waits for the other side."""
        self.is_over = True
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def ending(connection: Connection, within_s: float) -> Iterator[Connection]:
    """Each wait has its limit; this is the one for all of them together."""
    watch = threading.Timer(within_s, connection.give_up)
    watch.daemon = True
    watch.start()
    try:
        yield connection
    finally:
        watch.cancel()
        connection.close()

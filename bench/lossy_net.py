"""Two network namespaces with a lossy line between them: what a whole computer on a bad network
meets, TCP of the real kernel included.

    python -m bench.lossy_net [--loss 0.7]      proves the line: echoes, connects, an answer

The namespaces are joined by a pair of TUN devices, and a process of its own carries every IP packet
from one to the other through two links (see `link`). Needs root. Nothing outside the namespaces is
changed, and all is gone with them. What one that was killed left behind, the next one removes.
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import os
import re
import struct
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.child import Child, obey
from bench.lines import Lines

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

Json = dict[str, Any]
NEAR, FAR = "10.77.0.1", "10.77.0.2"
"""Where the product listens, and where the person on the bad network sits."""
_TUNSETIFF = 0x400454CA
_IFF_TUN_NO_PI = 0x1001
_LINE = "line"
_MTU = 1500
_OURS = re.compile(r"(?:weak([0-9]+)-(?:near|far)|wk([0-9]+)[nf])(?![\w-])")
"""Names of namespaces and of devices, with the process they belong to."""


class NoNetwork(RuntimeError):
    """This machine does not let us make namespaces, or devices; the text says what failed."""


class LossyNet:
    """The two namespaces: `near` is where `NEAR` is, `far` is where `FAR` is. Down is to far."""

    def __init__(self, name: str, child: Child) -> None:
        self.near, self.far = f"{name}-near", f"{name}-far"
        self._child = child

    def inside(self, namespace: str, *command: str) -> list[str]:
        """The command line that runs a command in a namespace."""
        return ["ip", "netns", "exec", namespace, *command]

    async def change(self, *, down: Json, up: Json) -> None:
        """Fields of `link.Shape` that are others from now on."""
        await self._child.ask(change=_LINE, down=down, up=up)

    async def counts(self) -> Json:
        """{"down": {"sent", "lost", "offered", ...}, "up": {...}}; `offered` with IP headers."""
        counts = await self._child.ask(counts=True)
        line: Json = counts[_LINE]
        return line


@asynccontextmanager
async def lossy_net(*, seed: int = 1, **shape: Any) -> AsyncIterator[LossyNet]:
    """A line of this shape in both directions; NoNetwork where that is not allowed."""
    name = f"weak{os.getpid()}"
    await _sweep()
    async with AsyncExitStack() as stack:
        devices = []
        for place, (side, address, other) in enumerate((("near", NEAR, FAR), ("far", FAR, NEAR))):
            device, namespace = f"wk{os.getpid()}{'nf'[place]}", f"{name}-{side}"
            fd = _open_tun(device)
            stack.callback(os.close, fd)
            devices.append(fd)
            await _run("ip", "netns", "add", namespace)
            stack.push_async_callback(_run, "ip", "netns", "del", namespace)
            await _run("ip", "link", "set", device, "netns", namespace)
            await _address(namespace, device, address, other)
        child = Child(
            "bench.lossy_net", "--carry", *map(str, devices), str(seed), descriptors=devices
        )
        await stack.enter_async_context(child)
        await child.ask(lay=_LINE, shape=shape)
        yield LossyNet(name, child)


def left_behind(names: Iterable[str], is_running: Callable[[int], bool]) -> list[str]:
    """Of namespaces and devices those of ours whose process is gone. Asked before this process has
    any: what bears its number is an earlier one's."""
    found = []
    for name in names:
        ours = _OURS.match(name)
        pid = int(ours[1] or ours[2]) if ours else None
        if ours and pid is not None and (pid == os.getpid() or not is_running(pid)):
            found.append(ours[0])
    return found


async def _sweep() -> None:
    for name in left_behind((await _run("ip", "netns", "list")).splitlines(), _is_running):
        with suppress(NoNetwork):  # another one removes it already
            await _run("ip", "netns", "del", name)
    links = [line.split(": ")[1] for line in (await _run("ip", "-o", "link")).splitlines()]
    for name in left_behind(links, _is_running):
        with suppress(NoNetwork):
            await _run("ip", "link", "del", name)


def _is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def _open_tun(device: str) -> int:
    try:
        fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    except OSError as error:
        raise NoNetwork(f"/dev/net/tun: {error.strerror}") from error
    try:
        fcntl.ioctl(fd, _TUNSETIFF, struct.pack("16sH22x", device.encode(), _IFF_TUN_NO_PI))
    except OSError as error:
        os.close(fd)
        raise NoNetwork(f"no device of this kind: {error.strerror}") from error
    return fd


async def _address(namespace: str, device: str, address: str, other: str) -> None:
    ip = ("ip", "-n", namespace)
    await _run(*ip, "link", "set", "lo", "up")
    await _run(*ip, "addr", "add", address, "peer", other, "dev", device)
    await _run(*ip, "link", "set", device, "mtu", str(_MTU), "up")
    await _run(*ip, "route", "add", "default", "dev", device)  # browsers look for one


async def _run(*command: str) -> str:
    """What it printed; NoNetwork with what it said if it failed."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
    except OSError as error:
        raise NoNetwork(f"{command[0]}: {error.strerror}") from error
    said, _ = await process.communicate()
    if process.returncode:
        raise NoNetwork(f"{' '.join(command)}: {said.decode().strip()}")
    return said.decode()


async def _carry(near: int, far: int, seed: int) -> None:
    """The child: every packet from one device to the other, as it is told."""
    lines = Lines(seed, header_bytes=0)  # these packets have their headers
    loop = asyncio.get_running_loop()

    async def apply(command: Json) -> Json:
        if "lay" not in command:
            return lines.apply(command)
        down, up = lines.lay(command["lay"], command["shape"])
        loop.add_reader(near, partial(_drain, near, partial(down.put, deliver=_into(far))))
        loop.add_reader(far, partial(_drain, far, partial(up.put, deliver=_into(near))))
        return {}

    await obey(apply)


def _drain(fd: int, put: Callable[[bytes], None]) -> None:
    with suppress(BlockingIOError):
        while True:
            put(os.read(fd, 65_536))


def _into(fd: int) -> Callable[[bytes], None]:
    def write(packet: bytes) -> None:
        with suppress(OSError):  # a device whose queue is full drops, as one does
            os.write(fd, packet)

    return write


_SERVER = """
import socket, threading
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(("10.77.0.1", 9000))
def echo():
    while True:
        data, whence = udp.recvfrom(2048)
        udp.sendto(data, whence)
def answer(one):
    try:
        while data := one.recv(65536):
            one.sendall(data[:1])
    except OSError:
        pass
threading.Thread(target=echo, daemon=True).start()
server = socket.create_server(("10.77.0.1", 9000), backlog=100)
print("ready", flush=True)
while True:
    threading.Thread(target=answer, args=(server.accept()[0],), daemon=True).start()
"""
_CLIENT = """
import socket, sys, threading, time
PATIENCE_S = 20
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.connect(("10.77.0.1", 9000))
udp.settimeout(1)
def send():
    for _ in range(1000):
        udp.send(bytes(100))
        time.sleep(0.002)
sending = threading.Thread(target=send)
sending.start()
back = 0
try:
    while udp.recv(2048):
        back += 1
except TimeoutError:
    print("echo", back / 1000, flush=True)
def ask():
    start = time.monotonic()
    times = []
    try:
        one = socket.create_connection(("10.77.0.1", 9000), timeout=PATIENCE_S)
        times.append(time.monotonic() - start)
        one.settimeout(PATIENCE_S)
        one.sendall(b"x" * 2000)
        one.recv(1)
        times.append(time.monotonic() - start - times[0])
    except OSError:
        pass
    words = ["tcp", *map(str, times), *["inf"] * (2 - len(times))]
    sys.stdout.write(" ".join(words) + chr(10))
    sys.stdout.flush()
asked = [threading.Thread(target=ask) for _ in range(int(sys.argv[1]))]
for one in asked:
    one.start()
for one in asked:
    one.join()
"""


async def prove(loss: float, tries: int) -> None:
    """Prints what datagrams and TCP of the kernel meet on a line of 30 ms that loses so much."""
    async with lossy_net(delay_s=0.03) as net:
        await net.change(down={"loss": loss}, up={"loss": loss})
        server = await asyncio.create_subprocess_exec(
            *net.inside(net.near, sys.executable, "-c", _SERVER), stdout=asyncio.subprocess.PIPE
        )
        try:
            assert server.stdout is not None
            await server.stdout.readline()
            said = await _run(*net.inside(net.far, sys.executable, "-c", _CLIENT, str(tries)))
        finally:
            server.kill()
            await server.wait()
        sys.stdout.write(f"{told(said)}\n{await net.counts()}\n")


def told(said: str) -> str:
    """The client's lines as sentences; what took longer than its patience is never."""
    rows = [line.split() for line in said.splitlines()]
    echoed = next(float(row[1]) for row in rows if row[0] == "echo")
    text = [f"datagrams that came back: {echoed:.1%}"]
    for name, place in (("TCP connect", 1), ("2,000 bytes and an answer after it", 2)):
        times = sorted(float(row[place]) for row in rows if row[0] == "tcp")
        never = sum(time == float("inf") for time in times)
        text.append(f"{name}: median {times[len(times) // 2]:.2f} s, never in 20 s {never}")
    return "\n".join(text)


def main(arguments: Sequence[str]) -> None:
    """The proof, or the carrying child."""
    if arguments[:1] == ["--carry"]:
        asyncio.run(_carry(*map(int, arguments[1:4])))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--loss", type=float, default=0.7, help="of both directions, 0 to 1")
    parser.add_argument("--tries", type=int, default=40, help="connections at once")
    options = parser.parse_args(arguments)
    asyncio.run(prove(options.loss, options.tries))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Which machines an address may lead to: public ones only, unless the settings trust a network."""

from __future__ import annotations

import queue
import re
import socket
import threading
from dataclasses import dataclass
from functools import cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import quote, urlsplit

from rashomon.base.lexicon import table

Machine = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
_PORTS = {80, 443, 8080, 8443}
_DEFAULT = {"http": 80, "https": 443}
_NAT64 = ip_network("64:ff9b::/96")
_ODD = re.compile(r"[\x00-\x20\x7f\\]")
_SAFE = "!#$%&'()*+,/:;=?@[]~"


class RefusedError(Exception):
    """An address is not fetched, or could not be; `reason` says what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in its parts; `path` with its query, `host` without brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def uri(self) -> str:
        return f"{self.scheme}://{self.host_and_port}{self.path}"

    @property
    def host_and_port(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT[self.scheme] else f"{host}:{self.port}"


def address_of(text: str) -> Address:
    """The parts of an http(s) address. Raises `RefusedError`; nothing is looked up."""
    if _ODD.search(text):
        raise RefusedError("the address holds blanks or control characters: write it without")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise RefusedError(f"this is no web address ({error}): check it") from error
    if parts.scheme.lower() not in _DEFAULT:
        raise RefusedError("only http and https addresses are read: save the page as a file")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("the address holds a name or a password: these are never sent")
    if not host:
        raise RefusedError("the address names no machine: check it")
    scheme = parts.scheme.lower()
    path = quote((parts.path or "/") + (parts.query and f"?{parts.query}"), safe=_SAFE)
    return Address(scheme, _host(host), _DEFAULT[scheme] if port is None else port, path)


def _host(host: str) -> str:
    bare = host.rstrip(".")
    if ":" in bare:
        return bare
    try:
        return bare.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise RefusedError("the address's machine has no possible name: check it") from error


def machines(address: Address, trusted: tuple[str, ...], seconds: float) -> list[Machine]:
    """The machines behind an address, in the order in which to try them, all of them checked.

    One that is not public refuses them all: nothing good has both. Raises `RefusedError`.
    """
    networks = [ip_network(text) for text in trusted]
    found = _look_up(address, seconds)
    for machine in found:
        if any(machine in network for network in networks):
            continue
        if what := closed(machine):
            raise RefusedError(
                f"it leads to {machine}, which is not public ({what}): never fetched"
            )
        if address.port not in _PORTS:
            raise RefusedError(
                f"port {address.port} is not one that pages are served on: never fetched"
            )
    return found


def closed(machine: Machine) -> str:
    """Why a machine is not public; "" if it is. An IPv4 address inside an IPv6 one counts too."""
    for network, what in _closed_networks():
        if machine.version == network.version and machine in network:
            return what
    if (inner := _inner(machine)) is not None:
        return closed(inner)
    return "" if machine.is_global else "set aside by IANA"


def _inner(machine: Machine) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for: mapped, 6to4, or translated (NAT64)."""
    if not isinstance(machine, IPv6Address):
        return None
    if machine in _NAT64:
        return IPv4Address(int(machine) & 0xFFFF_FFFF)
    return machine.ipv4_mapped or machine.sixtofour


def _look_up(address: Address, seconds: float) -> list[Machine]:
    """As the system resolves the name; decimal, octal and hexadecimal forms come out as what
    they are. The system's resolver knows no time limit, so it runs beside."""
    answers: queue.SimpleQueue[list[Machine] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(_resolved(address))
        except (OSError, UnicodeError, ValueError) as error:
            answers.put(OSError(str(error)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=max(0.0, seconds))
    except queue.Empty:
        raise RefusedError("its machine's name was not resolved in time: try again") from None
    if isinstance(answer, OSError) or not answer:
        raise RefusedError(f"there is no machine {address.host}: check the address") from None
    return answer


def _resolved(address: Address) -> list[Machine]:
    found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    unique = dict.fromkeys(str(place[4][0]).partition("%")[0] for place in found)
    return [ip_address(text) for text in unique]


@cache
def _closed_networks() -> tuple[tuple[Network, str], ...]:
    return tuple((ip_network(row["network"]), row["what"]) for row in table("closed_networks"))

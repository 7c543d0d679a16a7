"""Addresses: what is public is fetched within limits; all else is refused, at every redirect."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from conftest import case_rows
from rashomon.base.rows import Document, Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents import Gathered, gather, web
from rashomon.collect.documents.addresses import RefusedError, address_of, machines

TRUSTED = replace(Settings(), trusted_networks=("127.0.0.1/32",), fetch_seconds=5.0)
"""Tests may reach this very machine; the command line cannot say so."""

Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], str]]:
    """Start a server on 127.0.0.1 that answers so; its address."""
    running: list[ThreadingHTTPServer] = []

    def start(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                try:
                    answer(self)
                except OSError:
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in running:
        server.shutdown()
        server.socket.close()


def sends(
    body: bytes, kind: str = "text/plain", status: int = 200, length: int | None = None, **more: str
) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body) if length is None else length))
        for key, value in more.items():
            request.send_header(key.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def redirects(to: str) -> Answer:
    return sends(b"", status=302, Location=to)


def read(address: str, settings: Settings = TRUSTED) -> Gathered | Skip:
    (row,) = gather([address], settings)
    return row


def document(address: str, settings: Settings = TRUSTED) -> Document:
    row = read(address, settings)
    assert isinstance(row, Gathered), row
    return row.document


def reason(address: str, settings: Settings = TRUSTED) -> str:
    row = read(address, settings)
    assert isinstance(row, Skip), row
    assert (row.stage, row.document) == ("gather", address)
    return row.reason


@pytest.mark.parametrize("case", case_rows("machines"), ids=lambda case: case["address"])
def test_what_is_not_public_is_refused(case: dict[str, str]) -> None:
    if case["expected"] == "allowed":
        assert machines(address_of(case["address"]), (), 5.0)
        return
    with pytest.raises(RefusedError) as refused:
        machines(address_of(case["address"]), (), 5.0)
    assert case["reason"] in refused.value.reason


def test_no_address_is_trusted_unless_python_says_so() -> None:
    assert Settings().trusted_networks == ()
    assert "loopback" in reason("http://127.0.0.1:8080/", Settings())


def test_a_page_is_read_as_a_file_is(serve: Callable[[Answer], str]) -> None:
    base = serve(sends("The port is closed – for now.".encode(), "text/plain; charset=utf-8"))
    row = read(f"{base}/a/b.txt?x=1#part")
    assert isinstance(row, Gathered)
    found = row.document
    assert found.text == "The port is closed – for now."
    assert (found.name, found.uri) == (f"{base}/a/b.txt?x=1#part", f"{base}/a/b.txt?x=1")
    assert found.given.url == found.uri
    assert row.told == "text/plain; charset=utf-8"


def test_what_is_sent_is_plain(serve: Callable[[Answer], str]) -> None:
    got: dict[str, str] = {}

    def answer(request: BaseHTTPRequestHandler) -> None:
        got.update(request.headers.items())
        sends(b"Closed.")(request)

    document(serve(answer))
    assert got["User-Agent"].startswith("rashomon/")
    assert {"Cookie", "Authorization", "Referer"} & set(got) == set()


def test_the_bytes_say_what_they_are_not_the_server(serve: Callable[[Answer], str]) -> None:
    lines = b'{"text": "The port is closed."}\n{"text": "The port is open."}\n'
    first, second = gather([serve(sends(lines, "image/png"))], TRUSTED)
    assert isinstance(first, Gathered)
    assert isinstance(second, Gathered)
    assert (first.document.text, first.told) == ("The port is closed.", "image/png")
    assert first.document.uri.endswith("#L1")
    picture = serve(sends(b"\x89PNG\r\n\x1a\n" + bytes(300), "text/html"))
    assert isinstance(read(picture), Skip)


def test_redirects_are_followed_to_where_they_end(serve: Callable[[Answer], str]) -> None:
    last = serve(sends(b"Closed."))
    first = serve(redirects(f"{last}/end"))
    found = document(f"{first}/start")
    assert (found.name, found.uri) == (f"{first}/start", f"{last}/end")


def test_too_many_redirects_are_refused(serve: Callable[[Answer], str]) -> None:
    assert "redirects more than 5 times" in reason(serve(redirects("/again")))


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.2/",
        "http://2130706434/",
        "http://0x7f000002/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.2]/",
        "http://169.254.169.254/latest/meta-data/",
        "//10.0.0.1/",
        "file:///etc/passwd",
        "http://name:word@127.0.0.1/",
    ],
)
def test_a_feed_that_redirects_inside_is_refused(serve: Callable[[Answer], str], to: str) -> None:
    why = reason(f"{serve(redirects(to))}/feed.rss")
    assert "never fetched" in why or "only http" in why or "never sent" in why


def test_a_name_is_looked_up_once_and_that_machine_is_asked(
    serve: Callable[[Answer], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that gives a harmless machine first and another one later (DNS rebinding)."""
    port = int(serve(sends(b"Closed.")).rpartition(":")[2])
    asked: list[str] = []
    real = socket.getaddrinfo

    def answer(host: Any, *more: Any, **others: Any) -> Any:
        if host != "rebinds.example":
            return real(host, *more, **others)
        asked.append(host)
        return real("127.0.0.1" if len(asked) == 1 else "127.0.0.2", *more, **others)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    assert document(f"http://rebinds.example:{port}/").text == "Closed."
    assert asked == ["rebinds.example"]


def test_a_name_with_a_public_and_a_private_machine_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    assert "10.0.0.1" in reason("http://both.example/")


def test_a_name_that_is_never_resolved_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(1) or [])
    assert "not resolved in time" in reason(
        "http://slow.example/", replace(TRUSTED, fetch_seconds=0.2)
    )


def test_no_proxy_of_the_environment_is_asked(
    serve: Callable[[Answer], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(sends(b"I am the proxy."))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy)
    assert document(serve(sends(b"Closed."))).text == "Closed."


def test_an_endless_answer_is_refused_in_bounded_memory(serve: Callable[[Answer], str]) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(b"word " * 10_000)

    base = serve(answer)
    tracemalloc.start()
    why = reason(base, replace(TRUSTED, fetch_bytes=20_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "larger than 20,000,000 bytes" in why
    assert peak < 10_000_000


def test_a_packed_bomb_is_refused(serve: Callable[[Answer], str]) -> None:
    bomb = gzip.compress(bytes(30_000_000))
    base = serve(sends(bomb, "text/html", Content_Encoding="gzip"))
    assert "larger than 1,000,000 bytes" in reason(base, replace(TRUSTED, fetch_bytes=1_000_000))


def test_a_packed_page_is_unpacked(serve: Callable[[Answer], str]) -> None:
    base = serve(sends(gzip.compress(b"Closed."), Content_Encoding="gzip"))
    assert document(base).text == "Closed."


@pytest.mark.parametrize("where", ["status line", "header", "body"])
def test_a_slow_answer_ends_in_time(serve: Callable[[Answer], str], where: str) -> None:
    """One byte at a time, each before any single wait would end."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        whole = b"HTTP/1.1 200 OK\r\nServer: slow\r\n\r\nThe port is closed and closed and closed."
        start = {"status line": 0, "header": 20, "body": 35}[where]
        request.wfile.write(whole[:start])
        for byte in whole[start:]:
            request.wfile.write(bytes([byte]))
            time.sleep(0.1)

    began = time.monotonic()
    assert "it took over 0.5 seconds" in reason(serve(answer), replace(TRUSTED, fetch_seconds=0.5))
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (sends(b"gone", status=404), "404"),
        (sends(b"part", length=9), "cut short"),
        (sends(gzip.compress(b"words " * 99)[:-9], Content_Encoding="gzip"), "cut short"),
        (sends(b"no gzip", Content_Encoding="gzip"), "could not be fetched"),
        (sends(b"?", Content_Encoding="br"), "was not asked for"),
        (lambda request: request.wfile.write(b"hello\r\n"), "could not be fetched"),
        (lambda request: request.wfile.write(b"HTTP/1.1 200 " + b"x" * 99_999), "not be fetched"),
        (lambda request: request.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 999), "not be"),
    ],
)
def test_an_answer_that_is_none_is_refused(
    serve: Callable[[Answer], str], answer: Answer, why: str
) -> None:
    assert why in reason(serve(answer))


def test_a_machine_that_does_not_answer_is_refused() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert "could not be fetched" in reason(f"http://127.0.0.1:{port}/")


def test_one_bad_address_leaves_the_rest_of_the_batch(
    serve: Callable[[Answer], str], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("The port is open.")
    good = serve(sends(b"The port is closed."))
    rows = list(gather(["http://10.0.0.1/", good, good, str(tmp_path / "a.txt")], TRUSTED))
    assert [row.document.text for row in rows if isinstance(row, Gathered)] == [
        "The port is closed.",
        "The port is open.",
    ]


@pytest.fixture
def secured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], tuple[Path, int]]]:
    """Serve "Closed." on 127.0.0.1 under a new certificate for a name: the certificate, the port.

    Every name under .example leads there.
    """
    if shutil.which("openssl") is None:
        pytest.skip("makes its certificate with openssl")
    real = socket.getaddrinfo

    def answer(host: Any, *more: Any, **others: Any) -> Any:
        return real("127.0.0.1" if host.endswith(".example") else host, *more, **others)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    plain = socket.create_server(("127.0.0.1", 0))

    def serve_as(name: str) -> tuple[Path, int]:
        made = (
            f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={name} -keyout k -out c"
        )
        made += f" -addext subjectAltName=DNS:{name}"
        subprocess.run(made.split(), cwd=tmp_path, check=True, capture_output=True)
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trust.load_cert_chain(tmp_path / "c", tmp_path / "k")

        def once() -> None:
            with suppress(OSError):
                connection, _ = plain.accept()
                with connection, trust.wrap_socket(connection, server_side=True) as safe:
                    safe.recv(10_000)
                    safe.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nClosed.")

        threading.Thread(target=once, daemon=True).start()
        return tmp_path / "c", int(plain.getsockname()[1])

    yield serve_as
    plain.close()
    web._trust.cache_clear()


@pytest.mark.parametrize(
    ("certified", "vouched", "why"),
    [
        ("quay.example", True, ""),
        ("quay.example", False, "CERTIFICATE_VERIFY_FAILED"),
        ("other.example", True, "CERTIFICATE_VERIFY_FAILED"),
    ],
)
def test_a_certificate_must_be_vouched_for_and_be_of_that_name(
    secured: Callable[[str], tuple[Path, int]],
    monkeypatch: pytest.MonkeyPatch,
    certified: str,
    vouched: bool,
    why: str,
) -> None:
    certificate, port = secured(certified)
    if vouched:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    web._trust.cache_clear()
    row = read(f"https://quay.example:{port}/")
    if why:
        assert isinstance(row, Skip)
        assert why in row.reason
    else:
        assert isinstance(row, Gathered), row
        assert row.document.text == "Closed."

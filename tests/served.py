"""A reading room on a port of this machine, for the tests, and one that asks it."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import uvicorn

import rashomon
from rashomon.identify import judgements
from rashomon.show.web import application
from rashomon.show.web.desk import Desk


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Served:
    """`ask` sends one request as it stands: nothing of the path or the headers is mended."""

    port: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes | Iterator[bytes] | None = None,
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            given = {"Host": f"127.0.0.1:{self.port}", **(headers or {})}
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            if isinstance(body, bytes):
                given.setdefault("Content-Length", str(len(body)))
            elif body is not None:
                given["Transfer-Encoding"] = "chunked"
            for name, value in given.items():
                connection.putheader(name, value)
            connection.endheaders(
                body, encode_chunked=body is not None and not isinstance(body, bytes)
            )
            found = connection.getresponse()
            text = found.read().decode("utf-8")
            return Answer(found.status, {k.lower(): v for k, v in found.getheaders()}, text)
        finally:
            connection.close()

    def send(self, path: str, fields: list[tuple[str, str]], **headers: str) -> Answer:
        """A form as a browser on a page of this reading room sends it."""
        given = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask(path, method="POST", headers=given, body=urlencode(fields).encode())


@contextmanager
def served(case: rashomon.Case, *, token: str = "", desk: Desk | None = None) -> Iterator[Served]:
    app = application(
        case.folder,
        case.judge,
        tuple(judgements.VERBS),
        token=token,
        desk=desk or Desk(case.folder),
    )
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield Served(listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()

"""Archives: what lies in them is read member by member, within limits, and what is hostile costs
only itself."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import struct
import subprocess
import sys
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as checks
from hypothesis import strategies as st

from rashomon.base.rows import Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents import Gathered, gather, gather_again

SETTINGS = Settings(max_bytes=100_000)
Rows = list[Gathered | Skip]


def read(path: Path, settings: Settings = SETTINGS) -> Rows:
    return list(gather([str(path)], settings))


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def found(rows: Rows) -> dict[str, str]:
    """The name of each document, after its source's, and its text."""
    return {
        row.document.name.partition("!/")[2]: row.document.text
        for row in rows
        if isinstance(row, Gathered)
    }


def reasons(rows: Rows) -> dict[str, str]:
    return {row.document.partition("!/")[2]: row.reason for row in rows if isinstance(row, Skip)}


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def tarred(members: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=form) as archive:
        for name, content in members.items():
            header = tarfile.TarInfo(name)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
    return made.getvalue()


def warc_record(uri: str, body: bytes, kind: str = "text/plain", status: str = "200 OK") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    block = http.encode() + body
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
        f"WARC-Target-URI: {uri}\r\nWARC-Date: 2031-03-14T10:00:00.5Z\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


MEMBERS = {
    "a.txt": b"The port is closed.",
    "in/b.txt": "The mayor – he said so – left.".encode(),
    "in/c.jsonl": b'{"text": "First."}\n{"text": "Second."}\n',
    "d" * 180 + ".txt": b"A long name.",
}
TEXTS = {
    "a.txt": "The port is closed.",
    "in/b.txt": "The mayor – he said so – left.",
    "in/c.jsonl#L1": "First.",
    "in/c.jsonl#L2": "Second.",
    "d" * 180 + ".txt": "A long name.",
}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", zipped(MEMBERS)),
        ("a.zip", zipped(MEMBERS, zipfile.ZIP_STORED)),
        ("a.zip", zipped(MEMBERS, zipfile.ZIP_BZIP2)),
        ("a.zip", zipped(MEMBERS, zipfile.ZIP_LZMA)),
        ("a.tar", tarred(MEMBERS)),
        ("a.tar", tarred(MEMBERS, tarfile.GNU_FORMAT)),
        ("a.tar.gz", gzip.compress(tarred(MEMBERS))),
        ("a.tar.bz2", bz2.compress(tarred(MEMBERS))),
        ("a.tar.xz", lzma.compress(tarred(MEMBERS))),
        ("no_ending", gzip.compress(tarred(MEMBERS))),
    ],
)
def test_every_member_is_read_as_a_file_is(tmp_path: Path, name: str, content: bytes) -> None:
    rows = read(written(tmp_path / name, content))
    assert found(rows) == TEXTS
    assert reasons(rows) == {}


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_keeps_its_name(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = written(tmp_path / "r.jsonl.gz", pack(b'{"text": "First."}\n') + pack(b'{"text": "2"}'))
    rows = read(path)
    assert [row.document.name for row in rows if isinstance(row, Gathered)] == [
        f"{path}#L1",
        f"{path}#L2",
    ]


def test_a_member_is_read_again_from_its_own_bytes(tmp_path: Path) -> None:
    for row in read(written(tmp_path / "a.zip", zipped(MEMBERS))):
        assert isinstance(row, Gathered)
        (again,) = gather_again(row.document, row.original, SETTINGS)
        assert isinstance(again, Gathered)
        assert again.document == row.document
        assert row.original in MEMBERS["in/c.jsonl"] or row.original in MEMBERS.values()


def test_archives_come_through_standard_input(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for content in (zipped(MEMBERS), gzip.compress(tarred(MEMBERS))):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert found(list(gather(["-"], SETTINGS))) == TEXTS


def test_archives_in_archives_are_read_to_a_depth(tmp_path: Path) -> None:
    content = zipped({"deep.txt": b"Deep.", "side.txt": b"Beside."})
    for level in range(6):
        content = zipped({f"{level}.zip": content, f"{level}.txt": b"On the way."})
    rows = read(written(tmp_path / "a.zip", content))
    assert [reason for reason in reasons(rows).values() if "5 layers deep" in reason]
    assert "Deep." not in found(rows).values()
    assert len(found(rows)) == 5


def test_names_that_escape_are_only_names(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["../../escaped.txt", "/escaped.txt", "..\\..\\escaped.txt", "a\nb\x1b[2J.txt"]
    for name, make in (("a.zip", zipped), ("a.tar", tarred)):
        path = written(folder / name, make({n: f"{i}".encode() for i, n in enumerate(names)}))
        rows = read(path)
        assert sorted(found(rows).values()) == ["0", "1", "2", "3"]
        assert all(each.isprintable() for each in found(rows))
    assert sorted(os.listdir(tmp_path)) == ["in"]
    assert sorted(os.listdir(folder)) == ["a.tar", "a.zip"]


def test_links_and_devices_are_skipped(tmp_path: Path) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, kind in (("soft", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE),
                           ("device", tarfile.BLKTYPE), ("pipe", tarfile.FIFOTYPE)):  # fmt: skip
            header = tarfile.TarInfo(name)
            header.type, header.linkname = kind, "/etc/passwd"
            archive.addfile(header)
        header = tarfile.TarInfo("last.txt")
        header.size = 5
        archive.addfile(header, io.BytesIO(b"Last."))
    rows = read(written(tmp_path / "a.tar", made.getvalue()))
    assert found(rows) == {"last.txt": "Last."}
    assert reasons(rows).keys() == {"soft", "hard", "device", "pipe"}

    link = zipfile.ZipInfo("soft")
    link.external_attr = 0o120777 << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped_link:
        zipped_link.writestr(link, "/etc/passwd")
        zipped_link.writestr("__MACOSX/._a.txt", "rubbish")
    rows = read(written(tmp_path / "a.zip", made.getvalue()))
    assert found(rows) == {}
    assert "links" in reasons(rows)["soft"]
    assert "hidden" in reasons(rows)["__MACOSX/._a.txt"]


def test_an_encrypted_member_is_skipped_and_the_rest_is_read(tmp_path: Path) -> None:
    content = bytearray(zipped({"secret.txt": b"Secret.", "open.txt": b"Open."}))
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    rows = read(written(tmp_path / "a.zip", bytes(content)))
    assert found(rows) == {"open.txt": "Open."}
    assert "encrypted" in reasons(rows)["secret.txt"]


def test_a_zip_bomb_costs_only_itself(tmp_path: Path) -> None:
    bomb = {"bomb.jsonl": b" " * 60_000_000, "after.txt": b"After it."}
    (tmp_path / "z.txt").write_text("And the next file.")
    written(tmp_path / "a.zip", zipped(bomb))
    tracemalloc.start()
    rows = list(gather([str(tmp_path)], SETTINGS))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
    assert found(rows)["after.txt"] == "After it."
    assert "200 times its size" in reasons(rows)["bomb.jsonl"]
    assert isinstance(rows[-1], Gathered)
    assert rows[-1].document.text == "And the next file."


def test_a_bomb_in_a_packed_file_or_an_inner_archive_is_left_out(tmp_path: Path) -> None:
    zeros = b" " * 60_000_000
    rows = read(written(tmp_path / "a.jsonl.gz", gzip.compress(zeros)))
    assert "200 times its size" in reasons(rows)[""]
    inner = gzip.compress(tarred({"big.jsonl": zeros}))
    rows = read(written(tmp_path / "a.zip", zipped({"a.tgz": inner, "b.txt": b"After it."})))
    assert found(rows) == {"b.txt": "After it."}
    assert "200 times" in reasons(rows)["a.tgz"]


def test_bytes_and_members_are_counted_over_all_layers(tmp_path: Path) -> None:
    words = {f"{i}.txt": os.urandom(25_000).hex().encode() for i in range(10)}
    nested = zipped({"a.tar": tarred(words), "b.tar": tarred(words)})
    path = written(tmp_path / "a.zip", nested)
    rows = read(path, replace(SETTINGS, archive_bytes=1_300_000))
    assert 0 < len(found(rows)) < 20
    assert "more than 1,300,000 bytes" in reasons(rows)[""]
    rows = read(path, replace(SETTINGS, archive_entries=15))
    assert 0 < len(found(rows)) < 15
    assert "more than 15 members" in reasons(rows)[""]


def test_a_header_that_lies_about_sizes_is_not_believed(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": b"Closed. " * 99}))
    listed = content.find(b"PK\x01\x02")
    struct.pack_into("<I", content, listed + 24, 0xFFFF_FFF0)
    rows = read(written(tmp_path / "a.zip", bytes(content)))
    assert found(rows) == {"a.txt": "Closed. " * 99}

    tar = bytearray(tarred({"a.txt": b"Closed."}, tarfile.USTAR_FORMAT))
    tar[124:136] = b"77777777777\0"
    total = sum(tar[:148]) + 8 * 32 + sum(tar[156:512])
    tar[148:156] = b"%06o\0 " % total
    rows = read(written(tmp_path / "a.tar", bytes(tar)), Settings())
    assert any("cut short" in reason for reason in reasons(rows).values())


def test_a_list_of_members_that_is_too_long_to_hold_is_not_held(tmp_path: Path) -> None:
    """The end of the archive claims a list of 500 MB, and the file is that long."""
    path = tmp_path / "a.zip"
    with path.open("wb") as file:
        file.write(zipped({"a.txt": b"Closed."})[: 30 + 5 + 9])
        file.truncate(500_000_000)
        file.seek(500_000_000)
        file.write(struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 9, 9, 499_000_000, 100, 0))
    tracemalloc.start()
    rows = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000
    assert "16,000,000 bytes" in reasons(rows)[""]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_zip_cut_short_gives_what_is_there(tmp_path: Path, method: int) -> None:
    words = {f"{i}.txt": f"Report {i} of the day. ".encode() * 20 for i in range(5)}
    content = zipped(words, method)
    cut = content[: content.find(b"4.txt") + 25]
    rows = read(written(tmp_path / "a.zip", cut))
    whole = {name: text.decode() for name, text in words.items()}
    assert {name: found(rows)[name] for name in list(words)[:4]} == {
        name: whole[name] for name in list(words)[:4]
    }
    assert whole["4.txt"].startswith(found(rows).get("4.txt", ""))
    assert "cut short" in reasons(rows)[""]


def test_a_streamed_zip_cut_short_gives_what_is_there(tmp_path: Path) -> None:
    """Written to a pipe, the sizes follow each member."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    made = Pipe()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(3):
            archive.writestr(f"{i}.txt", f"Report {i}.")
    content = made.getvalue()
    rows = read(written(tmp_path / "a.zip", content[: content.find(b"PK\x01\x02")]))
    assert found(rows) == {f"{i}.txt": f"Report {i}." for i in range(3)}
    assert "cut short" in reasons(rows)[""]


def test_a_tar_cut_short_gives_what_is_there(tmp_path: Path) -> None:
    content = tarred({"a.txt": b"First.", "b.txt": b"Words. " * 500, "c.txt": b"Last."})
    rows = read(written(tmp_path / "a.tar", content[:2500]))
    assert found(rows)["a.txt"] == "First."
    assert found(rows)["b.txt"].startswith("Words. ")
    assert "c.txt" not in found(rows)
    assert "cut short" in reasons(rows)["b.txt"]
    packed = gzip.compress(content)
    rows = read(written(tmp_path / "b.tar.gz", packed[:-30]))
    assert found(rows)["a.txt"] == "First."
    assert "cut short" in "".join(reasons(rows).values())


@pytest.mark.parametrize(
    ("content", "way"),
    [(gzip.compress(b"Words of a report. " * 9000), "a.gz"),
     (bz2.compress(os.urandom(60_000).hex().encode()), "a.bz2"),
     (lzma.compress(os.urandom(60_000).hex().encode()), "a.xz")],
)  # fmt: skip
def test_a_packed_file_cut_short_gives_what_is_there(
    tmp_path: Path, content: bytes, way: str
) -> None:
    rows = read(written(tmp_path / way, content[:-15]), Settings())
    assert any("cut short" in row.reason for row in rows if isinstance(row, Skip))
    if way != "a.bz2":
        assert isinstance(rows[0], Gathered)
        assert rows[0].document.characters > 50_000


def test_an_xz_file_that_asks_for_4_gb_is_refused(tmp_path: Path) -> None:
    with_header = lzma.compress(b"Words.", filters=[{"id": lzma.FILTER_LZMA2, "preset": 0}])
    asks = bytearray(with_header)
    asks[12 + 4] = 38  # the dictionary's size: 2 GB, in the block header's only filter
    asks[20:24] = zlib.crc32(bytes(asks[12:20])).to_bytes(4, "little")
    rows = read(written(tmp_path / "a.xz", bytes(asks)))
    assert "Memory usage limit" in "".join(reasons(rows).values())


WARC = (
    b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    + warc_record("https://quay.example/1", b"The port is closed.")
    + warc_record("https://quay.example/2", b"Not here.", status="404 Not Found")
    + warc_record("https://quay.example/p.png", b"\x89PNG\r\n\x1a\n" + bytes(99), "text/plain")
    + warc_record("https://quay.example/s.css", b"a { color: red }", "text/css")
    + warc_record("https://quay.example/3?x=1", b"The port is open. " * 50)
)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_pages_of_a_web_archive_are_read(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    rows = read(written(tmp_path / "a.warc.gz", pack(WARC)))
    assert list(found(rows)) == ["https://quay.example/1", "https://quay.example/3?x=1"]
    first = rows[0]
    assert isinstance(first, Gathered)
    assert first.document.uri == first.document.given.url == "https://quay.example/1"
    assert (first.at, first.told) == ("2031-03-14T10:00:00+00:00", "text/plain")
    assert first.original == b"The port is closed."
    left = reasons(rows)[""]
    for what in ("1 × status 404", "1 × warcinfo", "1 × image/png", "1 × text/css"):
        assert what in left


@pytest.mark.parametrize("cut", [100, 930, 1010, 1100])
def test_a_web_archive_cut_short_gives_what_is_there(tmp_path: Path, cut: int) -> None:
    rows = read(written(tmp_path / "a.warc", WARC[:-cut]))
    assert found(rows)["https://quay.example/1"] == "The port is closed."
    assert any("cut short" in row.reason for row in rows if isinstance(row, Skip))
    rows = read(written(tmp_path / "a.warc.gz", gzip.compress(WARC)[: -cut // 20]))
    assert found(rows)["https://quay.example/1"] == "The port is closed."
    assert any("cut short" in row.reason for row in rows if isinstance(row, Skip))


def test_a_web_archive_whose_record_claims_a_vast_length_is_bounded(tmp_path: Path) -> None:
    content = WARC + WARC[70:].replace(b"Content-Length: 1", b"Content-Length: 99999999991", 1)
    rows = read(written(tmp_path / "a.warc", content))
    assert "The port is closed." in found(rows).values()
    assert any("cut short" in row.reason for row in rows if isinstance(row, Skip))


@checks(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    base=st.sampled_from([zipped(MEMBERS), tarred(MEMBERS), gzip.compress(tarred(MEMBERS)), WARC]),
    changes=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=12),
    end=st.integers(0, 6000),
)
def test_no_damage_makes_gathering_fail(
    tmp_path: Path, base: bytes, changes: list[tuple[int, int]], end: int
) -> None:
    content = bytearray(base[: max(8, end)])
    for place, value in changes:
        content[8 + place % max(1, len(content) - 8) if len(content) > 8 else 0] = value
    for row in read(written(tmp_path / "a.bin", bytes(content))):
        assert isinstance(row, Skip) or row.document.text


HOSTILE = """
import json, resource, sys
from rashomon.base.rows import Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents import gather
texts, reasons = [], {}
for row in gather(sys.argv[1:], Settings()):
    if isinstance(row, Skip):
        name = row.document.rpartition("/")[2]
        reasons[name] = reasons.get(name, "") + row.reason
    else:
        texts.append(row.document.text)
largest = max(resource.getrusage(who).ru_maxrss for who in (
    resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([texts[-1], reasons, largest]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measures as Linux does")
def test_all_that_is_hostile_together_stays_under_1_gb(tmp_path: Path) -> None:
    """Real limits, one process: nothing but a skip each, and the last file is read."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, \
            archive.open("big.txt", "w", force_zip64=True) as member:  # fmt: skip
        for _ in range(300):
            member.write(bytes(1_000_000))
    written(tmp_path / "a_bomb.zip", bomb.getvalue())
    nested = bomb.getvalue()
    for _ in range(9):
        nested = zipped({"again.zip": nested})
    written(tmp_path / "b_nested.zip", nested)
    for name in ("c_sparse.txt", "d_sparse.jsonl", "e_sparse.tar", "f_sparse.bin"):
        with (tmp_path / name).open("wb") as file:
            file.write(b"{" if name.endswith("l") else b"word")
            file.truncate(1_000_000_000)
    with (tmp_path / "g_lines.jsonl.gz").open("wb") as packed:
        packed.write(gzip.compress(b" " * 300_000_000, 9))
    written(tmp_path / "h_cut.warc", WARC[:-100])
    written(tmp_path / "z_last.txt", b"The last file is read.")
    done = subprocess.run(
        [sys.executable, "-c", HOSTILE, str(tmp_path)], capture_output=True, text=True, check=True
    )
    last, told, largest = json.loads(done.stdout)
    assert last == "The last file is read."
    assert largest * 1024 < 1_000_000_000
    assert "larger than" in told["c_sparse.txt"]
    assert "layers deep" in "".join(told.values())
    assert "cut short" in told["h_cut.warc"]

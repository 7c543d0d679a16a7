"""Hold the measuring programs against the pinned floors.

    python benchmarks/gate.py DATA [--floors benchmarks/floors.toml]

DATA is a folder of public sets laid out as `floors.toml` names them. A set that is not there is
passed over with a word. Ends with status 1 if a figure is under its floor or cannot be read.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Floor:
    """The least that a figure may be; `pattern`'s first group is the figure as it is printed."""

    figure: str
    program: str
    arguments: tuple[str, ...]
    pattern: str
    least: float


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("data", type=Path)
    options.add_argument("--floors", type=Path, default=HERE / "floors.toml")
    given = options.parse_args()
    held = [hold(floor, given.data) for floor in floors(given.floors)]
    sys.exit(0 if all(held) else 1)


def floors(path: Path) -> list[Floor]:
    found = tomllib.loads(path.read_text(encoding="utf-8"))["floor"]
    return [Floor(**{**floor, "arguments": tuple(floor["arguments"])}) for floor in found]


def hold(floor: Floor, data: Path) -> bool:
    """Whether the figure is at or over its floor; True also where its data is absent."""
    arguments = tuple(argument.format(data=data) for argument in floor.arguments)
    missing = [a for a in arguments if a.startswith(str(data)) and not Path(a).exists()]
    if missing:
        print(f"passed over  {floor.figure}: {missing[0]} is not there")
        return True
    figure = read(output(floor.program, arguments), floor.pattern)
    if figure is None:
        print(f"UNREADABLE   {floor.figure}: nothing printed matches {floor.pattern}")
        return False
    word = "held" if figure >= floor.least else "UNDER"
    print(f"{word:12} {floor.figure}: {figure:g}, floor {floor.least:g}")
    return figure >= floor.least


@cache
def output(program: str, arguments: tuple[str, ...]) -> str:
    """What a measuring program prints; each is run once."""
    command = [sys.executable, str(HERE / program), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def read(printed: str, pattern: str) -> float | None:
    """The first figure that the pattern finds."""
    found = re.search(pattern, printed)
    return None if found is None else float(found[1])


if __name__ == "__main__":
    main()

"""The user's rule files as what no file should be, and documents that lead to themselves: said in a sentence, at once.

    python -m tests.attacks.rule_files [--rounds 1] [--seed 0]

`.tjqa-keep`, `.tjqa-drop` and `.tjqa-words` as pipes, devices, sockets, folders, links in a circle, far too large, full
of rules, of no text; each before every command that reads them. `show` and the others on links in a circle. Bad is a
command that hangs, ends in a traceback, or drops the index.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from tests.support.attacking import ANSWER, QUESTION, Ground, Tally, faults, run_script
from tjqa.errors import TjqaError

NAMES = (".tjqa-keep", ".tjqa-drop", ".tjqa-words")


def as_pipe(path: Path) -> None:
    """A pipe that nobody writes into."""
    os.mkfifo(path)


def as_endless(path: Path) -> None:
    """A link to bytes without end."""
    path.symlink_to("/dev/zero")


def as_terminal(path: Path) -> None:
    """A link to a device that waits for keys."""
    path.symlink_to("/dev/tty")


def as_giant(path: Path) -> None:
    """Two gigabytes, none of them on the disk."""
    with path.open("wb") as file:
        file.truncate(2**31)


def as_circle(path: Path) -> None:
    """A link to itself."""
    path.symlink_to(path.name)


def as_two_links(path: Path) -> None:
    """Two links that lead to one another."""
    other = path.with_name(f"{path.name}-2")
    other.unlink(missing_ok=True)
    other.symlink_to(path.name)
    path.symlink_to(other.name)


def as_folder(path: Path) -> None:
    """A folder of the file's name."""
    path.mkdir()


def as_socket(path: Path) -> None:
    """A socket; made elsewhere, since its path may be too long for one."""
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(path.parent)
        try:
            server.bind(path.name)
        finally:
            os.chdir(here)


def as_many_rules(path: Path) -> None:
    """As much as such a file may hold, in rules that are slow to match."""
    path.write_text("*甲*乙*丙*丁*戊*己*: *庚*辛*壬*癸*子*丑*\n" * 14_000, "utf-8")


def as_different_rules(path: Path) -> None:
    """As many rules as such a file may hold, no two of them alike."""
    path.write_text("".join(f"*{number}\n" for number in range(130_000)), "utf-8")


def as_one_line(path: Path) -> None:
    """One line of a megabyte."""
    path.write_text("*[" * 350_000, "utf-8")


def as_noise(path: Path) -> None:
    """Bytes that are no text."""
    path.write_bytes(bytes(range(256)) * 64)


def as_controls(path: Path) -> None:
    """Lines of characters that steer a terminal."""
    path.write_text("\x1b]0;名\x07\u202e甲\r*: \x9b2J\u2028\0\n[[[[!]\n**********a: [z-a]*\n", "utf-8")


KINDS = (
    as_pipe, as_endless, as_terminal, as_giant, as_circle, as_two_links, as_folder, as_socket, as_many_rules,
    as_different_rules, as_one_line, as_noise, as_controls,
)  # fmt: skip
COMMANDS = (
    ("index",),
    ("index", "--rebuild"),
    ("ask", QUESTION),
    ("check",),
    ("sources",),
    ("show", "水利/水库.txt:0-20"),
)


def attack(root: Path, tally: Tally, rounds: int, seed: int) -> None:
    """Each name in each kind before each command; with `rounds` 0 every nineteenth of them."""
    ground = Ground(root)
    ground.build()
    kept = root / "kept"
    shutil.copytree(ground.embeddings, kept)
    cases = [(name, kind, command) for name in NAMES for kind in KINDS for command in COMMANDS] * max(rounds, 1)
    for name, kind, command in cases if rounds else cases[seed % 19 :: 19]:
        with_instead(ground, name, kind, command, tally)
        shutil.rmtree(ground.embeddings)
        shutil.copytree(kept, ground.embeddings)
    show_circles(ground, tally)


def with_instead(
    ground: Ground, name: str, kind: Callable[[Path], None], command: tuple[str, ...], tally: Tally
) -> None:
    """One command beside one rule file that is no such thing; without it all is as before."""
    path = ground.sources / name
    kind(path)
    found = faults(ground.run(*command))
    for made in (path, path.with_name(f"{name}-2")):
        if made.is_dir() and not made.is_symlink():
            made.rmdir()
        else:
            made.unlink(missing_ok=True)
    if command[0] == "index":  # no other command writes
        try:
            found += [] if ANSWER in ground.answers() else ["afterwards not answered"]
        except TjqaError as error:
            found.append(f"afterwards {type(error).__name__}: {error}")
    tally.tried(f"{name} {kind.__name__}", found, " ".join(command))


def show_circles(ground: Ground, tally: Tally) -> None:
    """Documents, and folders of documents, that lead to themselves."""
    folder = ground.sources
    (folder / "圈.txt").symlink_to("圈.txt")
    (folder / "甲.txt").symlink_to("乙.txt")
    (folder / "乙.txt").symlink_to("甲.txt")
    (folder / "圈").symlink_to("圈")
    (folder / "上").symlink_to(folder, target_is_directory=True)
    places = ("圈.txt", "甲.txt", "乙.txt", "圈/圈.txt", "上/圈.txt", "上/上/上/甲.txt", "圈/../圈.txt")
    for place in places:
        ran = ground.run("show", f"{place}:0-5")
        tally.tried("show a link in a circle", faults(ran, (2, 3)), place)
    for command in COMMANDS:
        tally.tried("links in a circle in the folder", faults(ground.run(*command), (0, 1)), " ".join(command))


if __name__ == "__main__":
    sys.exit(run_script(__doc__, attack, 1))

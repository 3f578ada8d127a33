"""A folder of documents that holds modules of every name anything imports: none may be run by a command in it.

    python -m tests.attacks.planted_modules

For each command it prints how many of the planted modules were run. The programs are started as the console script
starts them: by a script that lies elsewhere.
"""

from __future__ import annotations

import asyncio
import importlib.metadata
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from aiohttp import ClientSession

from tests.support.formats import as_docx
from tests.support.helpers import REPORT, environment
from tests.support.ui_terminal import Terminal

MANY = 410  # files: enough that `tjqa index` reads them in processes of its own
SCRIPT = "import sys\nfrom tjqa.cli import main\nif __name__ == '__main__':\n    sys.exit(main())\n"
TRAP = (
    "import sys\nwith open({marker!r}, 'a') as marker:\n    print(sys.orig_argv, file=marker)\nraise SystemExit(97)\n"
)
QUESTION = "全年新增就业多少人"


def names() -> set[str]:
    """Every name at the top of an import: the standard library, all that is installed, and what Python tries."""
    installed = set(importlib.metadata.packages_distributions())
    tried = {"sitecustomize", "usercustomize", "tjqa", "tests", *sys.modules}
    return {name for name in installed | tried | sys.stdlib_module_names if name.isidentifier()}


class Ground:
    """A home folder full of traps with a library in it; `sprung` are the traps that were run since it was asked."""

    def __init__(self, root: Path) -> None:
        self.home, self.markers, self.script = root / "下载", root / "markers", root / "bin" / "tjqa"
        documents = self.home / "资料"
        for folder in (self.markers, self.script.parent, documents):
            folder.mkdir(parents=True)
        self.script.write_text(SCRIPT, "utf-8")
        for name in names():
            for folder in (self.home, documents):
                (folder / f"{name}.py").write_text(TRAP.format(marker=str(self.markers / name)), "utf-8")
        self.places = [f"--sources={documents}", f"--embeddings={root / 'embeddings'}"]
        (documents / "公文.docx").write_bytes(as_docx(REPORT))
        for number in range(MANY):  # few texts, so that the model that reads context has little to read
            (documents / f"{number}.txt").write_text(
                f"白鹭县第{number % 9}号公告。全县有{number % 9}个乡镇。\n", "utf-8"
            )

    def sprung(self) -> dict[str, str]:
        """Name of the module -> the command lines that ran it; the traps are set again."""
        found = {path.name: path.read_text("utf-8") for path in self.markers.iterdir()}
        for name in found:
            (self.markers / name).unlink()
        return found

    def environment(self) -> dict[str, str]:
        """That of a user, without what keeps Python out of the current folder."""
        kept = environment(HOME=str(self.home))
        kept.pop("PYTHONSAFEPATH", None)
        return kept

    def run(self, *arguments: str, program: tuple[str, ...] = ()) -> str:
        """What a command that succeeds writes; another `program` may fail."""
        words = [sys.executable, *(program or (str(self.script),)), *arguments]
        done = subprocess.run(
            words, cwd=self.home, env=self.environment(), capture_output=True, encoding="utf-8", timeout=240
        )
        assert program or done.returncode == 0, f"{arguments}: {done.stdout[-500:]}{done.stderr[-2000:]}"
        return done.stdout

    def app(self) -> None:
        """The terminal app and its update of the index in a process of its own."""
        (self.home / "资料" / "新.txt").write_text("白鹭县新建图书馆9座。\n", "utf-8")
        with Terminal(self.places, self.home, (100, 30), program=(str(self.script),)) as terminal:
            terminal.wait_for("政策问答")
            terminal.send("\x07")
            terminal.wait_for(lambda text: "索引已建立" in text or "索引已更新" in text)
            terminal.send("\x11")
            assert terminal.wait_exit() == 0
        assert "图书馆9座" in self.run("passages", *self.places)

    def web(self) -> None:
        """The app behind a browser, up to its first page."""
        asyncio.run(asyncio.wait_for(self._web(), 120))

    async def _web(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        words = [str(self.script), "web", f"--port={port}", *self.places]
        server = await asyncio.create_subprocess_exec(
            sys.executable, *words, cwd=self.home, env=self.environment(), stderr=asyncio.subprocess.PIPE
        )
        try:
            assert server.stderr is not None
            said = (await server.stderr.readline()).decode()
            address = re.search(r"http://127\.0\.0\.1:\d+/[\w-]+/", said)
            assert address is not None, said
            async with ClientSession() as owner:
                await (await owner.get(address[0])).text()
                socket_url = address[0].replace("http", "ws") + "ws?width=80&height=24"
                async with owner.ws_connect(socket_url) as connection:
                    seen = ""
                    while "政策问答" not in seen and not any(self.markers.iterdir()):
                        data = (await connection.receive()).data
                        seen += data.decode("utf-8", "replace") if isinstance(data, bytes) else str(data)
        finally:
            if server.returncode is None:
                server.terminate()
            await server.wait()


def attack(root: Path) -> tuple[int, list[str]]:
    """How many commands were tried in the folder, and for each planted module that one ran, a line that says so."""
    ground = Ground(root)
    # The traps work: what Python itself says is run from the current folder is run.
    ground.run("-c", "import textual", program=("-B",))
    assert set(ground.sprung()) == {"textual"}
    tries: dict[str, Callable[[], object]] = {
        "index": lambda: ground.run("index", *ground.places),
        "ask": lambda: ground.run("ask", "--explain", QUESTION, *ground.places),
        "check": lambda: ground.run("check", *ground.places),
        "show": lambda: ground.run("show", "公文.docx:0-20", *ground.places),
        "sources": lambda: ground.run("sources", *ground.places),
        "passages": lambda: ground.run("passages", *ground.places),
        "app": ground.app,
        "web": ground.web,
    }
    bad = []
    for name, act in tries.items():
        failure = ""
        try:
            act()
        except (AssertionError, TimeoutError) as error:
            failure = f"{name}: did not work: {error}"
        sprung = ground.sprung()
        bad += [f"{name}: ran {module}.py: {lines.strip()}" for module, lines in sprung.items()]
        bad += [failure] if failure and not sprung else []
        print(f"  {name}: {len(sprung)} of {len(names())} modules were run", flush=True)
    return len(tries), bad


def main() -> int:
    """Try every command; exit code 1 when anything is bad."""
    with tempfile.TemporaryDirectory() as folder:
        tries, bad = attack(Path(folder))
    print(f"{tries} tries, {len(bad)} bad")
    for line in bad:
        print(f"BAD {line}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

"""Where the documents, the model and the index are: flags, then TJQA_* variables, then defaults.

Read once at start. Nothing needs configuring: without flags tjqa reads ./seeds when there is one, else the
documents shipped with it; the index of a folder lies in the `embeddings` folder beside it when there is one,
else in the user's own data folder under the name of the documents folder.

Also where the programs that tjqa starts find their modules: never in the folder it happens to run in.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tjqa.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent
_SHIPPED = _PACKAGE / "shipped"  # filled by the wheel build: model/ and seeds/
_isolating = threading.RLock()  # the environment is one for all threads
_read_only = threading.Event()


@dataclass(frozen=True, slots=True)
class Remote:
    """A library kept by Milvus: http://host:19530 or the absolute path of a file ending in .db, the library's name
    there, and the token to show (user:password, or a key)."""

    uri: str
    name: str = "tjqa"
    token: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"milvus:{self.uri}" + (f"#{self.name}" if self.name != "tjqa" else "")


@dataclass(frozen=True, slots=True)
class Settings:
    """Absolute places; `model` is a folder or a hub name, None for the default model; `store` is where the index
    is kept when not in a folder of this machine; `fast` leaves the reader out."""

    sources: Path
    embeddings: Path
    model: str | None = None
    store: Remote | None = None
    fast: bool = False

    def options(self) -> list[str]:
        """What names this library on a command line of tjqa; the token of a store is in the environment."""
        named = [f"--sources={self.sources}", f"--embeddings={self.embeddings}"]
        return named + ([f"--store={self.store}"] if self.store is not None else [])

    @property
    def index_dir(self) -> Path:
        """Folder of the built index."""
        return self.embeddings / "index"

    @property
    def model_dir(self) -> Path:
        """Folder of the default model: the library's own when it has one, else the shipped one."""
        own = self.embeddings / "model"
        return own if (own / "modules.json").is_file() else shipped("embeddings/model", "model")

    @property
    def encoder_dir(self) -> Path | None:
        """Folder of the model that reads context; None where it did not come with tjqa."""
        folder = shipped("embeddings/encoder", "encoder")
        return folder if (folder / "modules.json").is_file() else None


def reader_dirs() -> tuple[Path, Path]:
    """The folders of the reader and of the encoder, whose tokenizer and table of pieces it shares."""
    return shipped("embeddings/reader", "reader"), shipped("embeddings/encoder", "encoder")


def shipped(in_checkout: str, in_wheel: str) -> Path:
    """A folder that comes with tjqa: from the source checkout, or from the installed wheel."""
    checkout = _CHECKOUT / in_checkout
    return checkout if checkout.is_dir() else _SHIPPED / in_wheel


def settings(
    sources: str | None = None,
    embeddings: str | None = None,
    model: str | None = None,
    store: str | None = None,
    environ: Mapping[str, str] = os.environ,
    fast: bool = False,
) -> Settings:
    """Settle every place from flags, TJQA_SOURCES, TJQA_EMBEDDINGS, TJQA_MODEL and defaults, in that order; so with
    `store` and TJQA_STORE, `fast` and TJQA_FAST. The token of a store comes from TJQA_MILVUS_TOKEN
    alone: other users see options.

    Raises:
        UsageError: a flag is empty, a ~name in it is unknown, the current folder is gone, or `store` not in its form.
    """
    for flag, value in (("--sources", sources), ("--embeddings", embeddings), ("--model", model), ("--store", store)):
        if value is not None and not value.strip():  # --sources "$UNSET" must not mean the default folder
            raise UsageError("flag_empty", "flag_empty_hint", flag=flag)
    folder = _place(sources or environ.get("TJQA_SOURCES")) or _default_sources().absolute()
    place = _place(embeddings or environ.get("TJQA_EMBEDDINGS")) or _default_embeddings(folder)
    remote = _remote(store or environ.get("TJQA_STORE"), environ.get("TJQA_MILVUS_TOKEN", ""))
    named = _model(model or environ.get("TJQA_MODEL"))
    return Settings(folder, place, named, remote, fast or environ.get("TJQA_FAST", "") not in ("", "0"))


def _place(named: str | None) -> Path | None:
    if not named:
        return None
    try:
        return Path(named).expanduser().absolute()
    except RuntimeError as error:
        raise UsageError("no_such_user", "no_such_user_hint", name=named) from error
    except FileNotFoundError as error:  # a name relative to the current folder, which was removed
        raise UsageError("no_current_folder", "no_current_folder_hint", name=named) from error


def _remote(named: str | None, token: str) -> Remote | None:
    if not named:
        return None
    # milvus:URI#name; the name becomes part of the names of two collections.
    match = re.fullmatch(r"milvus:(https?://[^\s#]+|[^#]+\.db)(?:#([A-Za-z_][A-Za-z0-9_]{0,199}))?", named)
    if match is None:
        raise UsageError("store_form", "store_form_hint", name=named)
    try:
        urlsplit(match[1]).port  # noqa: B018  it is checked when it is asked for
    except ValueError as error:  # no such port, half an address of six
        raise UsageError("store_form", "store_form_hint", name=named) from error
    uri = match[1] if match[1].startswith("http") else str(_place(match[1]))
    return Remote(uri, match[2] or "tjqa", token)


def _model(named: str | None) -> str | None:
    # The index remembers which model made it, and is asked from other folders too: a folder needs its full path.
    folder = _place(named)
    return str(folder) if folder is not None and folder.is_dir() else named or None


def _default_sources() -> Path:
    here = Path("seeds")
    return here if here.is_dir() else shipped("seeds", "seeds")


def _default_embeddings(sources: Path) -> Path:
    beside = sources.parent / "embeddings"
    if beside.is_dir():
        return beside
    # Two folders of the same name must not share an index, so part of the path's hash is in the name.
    from platformdirs import user_data_path

    key = hashlib.sha256(os.path.realpath(sources).encode()).hexdigest()[:8]
    return user_data_path("tjqa", appauthor=False) / f"{sources.name}-{key}"


def preferences_file() -> Path:
    """The settings of the terminal app, in the user's configuration folder; it need not exist."""
    from platformdirs import user_config_path

    return user_config_path("tjqa", appauthor=False) / "config.toml"


def recognized_folder() -> Path:
    """The user's own folder for what was recognised on scanned pages, which takes seconds a page to make again."""
    from platformdirs import user_data_path

    return user_data_path("tjqa", appauthor=False) / "scans"


def cache_folder() -> Path:
    """The user's own folder for what can be made again; it may be missing where it cannot be made."""
    from platformdirs import user_cache_path

    folder = user_cache_path("tjqa", appauthor=False)
    if not _read_only.is_set():
        with contextlib.suppress(OSError):  # a home that is read only: then nothing is kept
            folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_nothing() -> None:
    """From now on this process keeps nothing in the cache folder either; what lies there is used."""
    _read_only.set()
    sys.dont_write_bytecode = True


def may_write() -> bool:
    """Whether what can be made again may be kept."""
    return not _read_only.is_set()


def python_command(*arguments: str) -> list[str]:
    """A command line of this Python that finds no module in the current folder; to be run in `child_environment`."""
    return [sys.executable, "-P", *arguments]


def is_frozen() -> bool:
    """Whether this is a folder made by PyInstaller: then `sys.executable` is tjqa itself, and there is no Python."""
    return bool(getattr(sys, "frozen", False))


def program_command(*arguments: str) -> list[str]:
    """A command line of tjqa itself; to be run in `child_environment`."""
    return [sys.executable, *arguments] if is_frozen() else python_command("-m", "tjqa", *arguments)


PART = "--run-part"
"""Before the module of a part on the command line of a frozen tjqa; see `tjqa/__main__.py`."""


def part_command(module: str, *numbers: int) -> list[str]:
    """A command line that runs `serve` of a module, which works in a process of its own; to be run in
    `child_environment`."""
    if is_frozen():
        return [sys.executable, PART, module, *map(str, numbers)]
    # Besides PYTHONPATH, which cannot hold a folder with a colon in its name.
    path = f"import sys; sys.path[:0] = {import_path()!r}"
    return python_command("-c", f"{path}; from {module} import serve; serve({', '.join(map(str, numbers))})")


def child_environment() -> dict[str, str]:
    """The environment for a Python process of ours: it finds the modules that this one finds, but none by way of the
    current folder, however many processes further on."""
    utf8 = {"PYTHONUTF8": "1"} if sys.flags.utf8_mode else {}  # whatever it was in the environment
    return {**os.environ, "PYTHONSAFEPATH": "1", "PYTHONPATH": os.pathsep.join(import_path()), **utf8}


@contextlib.contextmanager
def isolated_children() -> Iterator[None]:
    """Processes that others start for us meanwhile, and that take no environment, get that of `child_environment`."""
    with _isolating, _in_a_folder():
        before = {name: os.environ.get(name) for name in ("PYTHONSAFEPATH", "PYTHONPATH", "PYTHONUTF8")}
        os.environ.update(child_environment())
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


@contextlib.contextmanager
def _in_a_folder() -> Iterator[None]:
    """Where the current folder was removed, be in another meanwhile: multiprocessing asks for it, to hand it on."""
    back = None
    try:
        Path.cwd()
    except FileNotFoundError:
        back = os.open(".", os.O_RDONLY)
        os.chdir(_PACKAGE)
    try:
        yield
    finally:
        if back is not None:
            os.fchdir(back)
            os.close(back)


def import_path() -> list[str]:
    """The folders of modules for a process of ours: `sys.path` without the current folder and what PYTHONPATH names
    relative to it. A folder that PYTHONPATH names in full stays, and so does the one that tjqa lies in."""
    # An empty PYTHONPATH names nothing, but an empty part of one names the current folder; `site` makes all absolute.
    named = os.environ["PYTHONPATH"].split(os.pathsep) if os.environ.get("PYTHONPATH") else []
    try:
        relative = {Path(part).absolute() for part in ("", *named) if not Path(part).is_absolute()}
    except FileNotFoundError:  # the current folder was removed: nothing can be found by way of it
        relative = set()
    wanted = {Path(part) for part in named if Path(part).is_absolute()} | {_CHECKOUT, Path(__file__).parents[1]}
    absolute = [part for part in sys.path if Path(part).is_absolute()]
    return [part for part in absolute if Path(part) in wanted or Path(part) not in relative]

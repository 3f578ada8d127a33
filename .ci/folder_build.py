"""A folder with tjqa and its Python in it, for a computer that has neither Python nor a network: dist/tjqa/tjqa.

    python -m venv .build && .build/bin/pip install . pyinstaller==6.22.3
    .build/bin/python .ci/folder_build.py [FOLDER]      # ./dist unless told otherwise

Made on the system it is for: PyInstaller builds for the system it runs on, and on Linux for one whose C library is not
older. torch, which takes 0.8 GB, is left out: only `tjqa index --model` with a model of other people needs it; what
tjqa brings does without. The extras web, mcp and milvus are in the folder when they are installed where it is built.

What PyInstaller cannot see by itself, and is named below:
  * modules that are imported by name: the readers of formats, Textual's widgets;
  * data beside modules: texts, styles, dictionaries, fitted numbers, the pages of `tjqa web`;
  * what a wheel of tjqa carries from other folders (pyproject.toml): models and the seeds;
  * libraries that packages load themselves: PDFium.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ALL_MODULES = ("tjqa", "textual", "rich")
DATA = ("tjqa", "textual", "jieba", "opencc", "pypinyin", "pypdfium2", "pypdfium2_raw", "onnxruntime")
EXTRAS = {"textual_serve": (), "mcp": ("mcp_types", "uvicorn"), "pymilvus": ("grpc",)}
"""Packages of the extras, taken in where they are there, with what they import by name."""
BINARIES = ("pypdfium2_raw", "onnxruntime")
VERSIONS = ("textual", "mcp", "onnxruntime")
"""Packages that ask for their own version while running."""
LEFT_OUT = (
    *("torch", "torchgen", "torchvision", "sentence_transformers", "transformers", "sklearn", "pandas", "datasets"),
    *("matplotlib", "sympy", "networkx", "onnx", "tkinter", "IPython", "pytest", "hypothesis", "mypy", "pip"),
    *("setuptools", "milvus_lite"),
)


def options(target: Path) -> list[str]:
    """What PyInstaller is told."""
    told = [str(ROOT / "tjqa" / "__main__.py"), "--name=tjqa", "--onedir", "--noconfirm", "--console"]
    told += [f"--distpath={target}", f"--workpath={target / 'work'}", f"--specpath={target / 'work'}"]
    told += [f"--paths={ROOT}", "--log-level=WARN", "--python-option=X utf8"]
    told += [f"--collect-submodules={name}" for name in ALL_MODULES]
    told += [f"--collect-data={name}" for name in DATA]
    told += [f"--collect-binaries={name}" for name in BINARIES]
    for name, beside in EXTRAS.items():
        if importlib.util.find_spec(name) is not None:
            told += [f"--collect-submodules={one}" for one in (name, *beside)] + [f"--collect-data={name}"]
    told += [f"--copy-metadata={name}" for name in VERSIONS if importlib.util.find_spec(name) is not None]
    told += [f"--exclude-module={name}" for name in LEFT_OUT]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shipped = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    told += [f"--add-data={ROOT / source}:{place}" for source, place in shipped.items()]
    return told


def main() -> int:
    """Build it, and say how large it is."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "dist").absolute()
    done = subprocess.run([sys.executable, "-m", "PyInstaller", *options(target)], cwd=ROOT)
    if done.returncode == 0:
        size = sum(path.stat().st_size for path in (target / "tjqa").rglob("*") if path.is_file())
        print(f"{target / 'tjqa'}  {size / 1e6:.0f} MB")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())

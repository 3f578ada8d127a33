"""A library with Chinese names is the same one in every locale, whatever Python is told of UTF-8."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.helpers import Finished, python

pytestmark = pytest.mark.slow

# The first with the models that read context; they take most of the time, and no locale, so the others go without.
LOCALES = [
    {"LC_ALL": "C", "PYTHONUTF8": "0"},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TJQA_FAST": "1"},
    {"LC_ALL": "", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TJQA_FAST": "1"},
    {"LC_ALL": "nonsense.ascii", "PYTHONUTF8": "0", "TJQA_FAST": "1"},
]


# Command after command, each as a shell would start it, in one interpreter of that locale.
COMMANDS = """
import os, sys
from tjqa.cli.main import main
where, fast = sys.argv[1:], ["--fast"] if "TJQA_FAST" in os.environ else []
ask, index, rebuild = ["ask", "石桥水库的总库容是多少?"], ["index", *fast], ["index", "--rebuild", *fast]
for command in (["check"], index, ["sources"], ask, rebuild):
    sys.argv[1:] = [*command, *where]
    print("=", command[0], main(), flush=True)
"""


@pytest.mark.parametrize("locale", LOCALES)
def test_the_index_is_sound_in_every_locale(
    locale: dict[str, str], documents: Path, tmp_path: Path, tjqa: Callable[..., Finished]
) -> None:
    """Made in one, checked and asked in another, and made anew there: nothing is damaged, names come out whole."""
    assert tjqa("index").code == 0
    script = tmp_path / "命令.py"
    script.write_text(COMMANDS, "utf-8")
    done = python(str(script), f"--sources={documents}", f"--embeddings={tmp_path / 'embeddings'}", **locale)
    told = done.stdout + done.stderr
    assert done.returncode == 0, told
    assert [line for line in done.stdout.splitlines() if line.startswith("=")] == [
        *("= check 0", "= index 0", "= sources 0", "= ask 0", "= index 0"),
    ], told
    assert "全部相符" in told and "没有改动" in told and "索引已建立" in told
    assert "4200万立方米" in done.stdout and done.stdout.count("水利/水库.txt") > 2
    assert tjqa("check").code == 0

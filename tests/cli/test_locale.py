"""A library with Chinese names is the same one in every locale, whatever Python is told of UTF-8."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.helpers import python

pytestmark = pytest.mark.slow

LOCALES = [
    {"LC_ALL": "C", "PYTHONUTF8": "0"},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "nonsense.ascii", "PYTHONUTF8": "0"},
]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_index_is_sound_in_every_locale(locale: dict[str, str], documents: Path, tmp_path: Path) -> None:
    """Made in one, checked and asked in another, and made anew there: nothing is damaged, names come out whole."""
    where = (f"--sources={documents}", f"--embeddings={tmp_path / 'e'}")
    assert python("-m", "tjqa", "index", *where).returncode == 0
    for command, part in (("check", "全部相符"), ("index", "没有改动"), ("sources", "水利/水库.txt")):
        done = python("-m", "tjqa", command, *where, **locale)
        assert done.returncode == 0 and part in done.stdout + done.stderr, done.stdout + done.stderr
    done = python("-m", "tjqa", "ask", "石桥水库的总库容是多少?", *where, **locale)
    assert "4200万立方米" in done.stdout and "水利/水库.txt" in done.stdout

"""tjqa.config: where the documents, the model and the index are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tjqa.config import Settings, settings, shipped
from tjqa.errors import UsageError


def test_flags_beat_variables_beat_defaults(tmp_path: Path) -> None:
    """A flag wins over its variable, and the variable over the default."""
    environ = {"TJQA_SOURCES": str(tmp_path / "b"), "TJQA_EMBEDDINGS": str(tmp_path / "e"), "TJQA_MODEL": "m"}
    assert settings(environ=environ) == Settings(tmp_path / "b", tmp_path / "e", "m")
    flagged = settings(str(tmp_path / "a"), str(tmp_path / "f"), "n", environ=environ)
    assert flagged == Settings(tmp_path / "a", tmp_path / "f", "n")


def test_seeds_here_are_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """./seeds is read when there is one, else the documents that come with tjqa."""
    monkeypatch.chdir(tmp_path)
    assert settings(environ={}).sources == shipped("seeds", "seeds")
    (tmp_path / "seeds").mkdir()
    assert settings(environ={}).sources == tmp_path / "seeds"


def test_index_lies_beside_the_documents_or_in_the_user_folder(tmp_path: Path) -> None:
    """An embeddings folder beside the documents holds the index; without one the user's data folder does."""
    documents = tmp_path / "work" / "docs"
    documents.mkdir(parents=True)
    alone = settings(str(documents), environ={})
    assert alone.embeddings.is_relative_to(tmp_path / "data" / "tjqa")
    (tmp_path / "work" / "embeddings").mkdir()
    beside = settings(str(documents), environ={})
    assert beside.embeddings == tmp_path / "work" / "embeddings"
    assert beside.index_dir == beside.embeddings / "index"


def test_folders_of_one_name_do_not_share_an_index(tmp_path: Path) -> None:
    """Two folders called docs in different places have different indexes."""
    for name in ("a", "b"):
        (tmp_path / name / "docs").mkdir(parents=True)
    first, second = (settings(str(tmp_path / name / "docs"), environ={}) for name in ("a", "b"))
    assert first.embeddings != second.embeddings


def test_relative_and_home_paths_become_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later change of folder moves nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert settings("docs", environ={}).sources == tmp_path / "docs"
    assert settings("~/docs", environ={}).sources == tmp_path / "home" / "docs"


@pytest.mark.parametrize("flag", ["sources", "embeddings", "model"])
@pytest.mark.parametrize("value", ["", "  "])
def test_empty_flag_is_refused(flag: str, value: str) -> None:
    """An unset shell variable must not silently mean the default folder."""
    with pytest.raises(UsageError, match=f"--{flag}"):
        settings(**{flag: value}, environ={})


def test_unknown_home_is_refused() -> None:
    """~name of nobody is wrong usage, not a traceback."""
    with pytest.raises(UsageError, match="没有这个用户"):
        settings("~no-such-user-here/docs", environ={})


def test_own_model_is_preferred(tmp_path: Path) -> None:
    """A model in the library's own embeddings folder is used; without one the shipped model is."""
    place = Settings(tmp_path, tmp_path / "embeddings")
    assert place.model_dir == shipped("embeddings/model", "model")
    (tmp_path / "embeddings" / "model").mkdir(parents=True)
    (tmp_path / "embeddings" / "model" / "modules.json").write_text("[]")
    assert place.model_dir == tmp_path / "embeddings" / "model"


def test_model_folder_is_remembered_by_its_full_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model folder named from here is found from anywhere; a hub name stays a name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m").mkdir()
    assert settings(model="m", environ={}).model == str(tmp_path / "m")
    assert settings(environ={"TJQA_MODEL": "./m"}).model == str(tmp_path / "m")
    assert settings(model="BAAI/bge-small-zh-v1.5", environ={}).model == "BAAI/bge-small-zh-v1.5"
    assert settings(environ={"TJQA_MODEL": ""}).model is None


@pytest.mark.parametrize("named", ["milvus:http://[::1", "milvus:http://h:99999", "milvus:https://h:x", "milvus:"])
def test_an_address_that_is_none_is_told(tmp_path: Path, named: str) -> None:
    """Half of one, a port that no machine has."""
    with pytest.raises(UsageError) as told:
        settings(str(tmp_path), store=named, environ={})
    assert "milvus" in str(told.value)

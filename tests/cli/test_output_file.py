"""`--output` never writes over a document, its rule files, or the index."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.helpers import FakeEncoder
from tjqa.cli import main
from tjqa.cli.output_file import output_file
from tjqa.config import Remote, Settings
from tjqa.engine import build
from tjqa.errors import UsageError


@pytest.fixture
def place(tmp_path: Path, encoder: FakeEncoder) -> Settings:
    """A library of a text and a table."""
    settings = Settings(tmp_path / "资料", tmp_path / "embeddings")
    settings.sources.mkdir()
    (settings.sources / "公园.csv").write_text("县名,公园数量(个)\n云岭县,12\n白鹭县,15\n", "utf-8")
    (settings.sources / "报告.txt").write_text("2023年全县粮食产量达到18.6万吨。\n", "utf-8")
    (settings.sources / ".tjqa-words").write_text("云岭县\n", "utf-8")
    build(settings)
    return settings


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


NAMES = (
    "资料/公园.csv",
    "资料/不在/../报告.txt",
    "资料/.tjqa-words",
    "通到文档.csv",
    "通到索引/CURRENT",
    "embeddings/index/CURRENT",
    "embeddings/index/新的.csv",
    "embeddings/model/modules.json",
    "embeddings/judgements.jsonl",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("command", ["ask", "figures"])
def test_nothing_of_the_library_is_written_over(
    place: Settings, command: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said, with exit code 2, and every byte of the folder is as it was; by way of links as well."""
    root = place.sources.parent
    (root / "资料/不在").mkdir()
    (root / "通到文档.csv").symlink_to(root / "资料" / "公园.csv")
    (root / "通到索引").symlink_to(place.index_dir)
    (root / "问题.jsonl").write_text(json.dumps({"question": "粮食产量多少"}) + "\n", "utf-8")
    before = contents(root)
    if command == "figures" and Path(name).suffix not in (".csv", ".json"):
        pytest.skip("no format of figures")
    words = ["--batch", str(root / "问题.jsonl")] if command == "ask" else ["公园数量"]
    places = [f"--sources={place.sources}", f"--embeddings={place.embeddings}"]
    assert main([command, *words, "--output", str(root / name), *places]) == 2
    assert "不能写在上面" in capsys.readouterr().err
    assert contents(root) == before


@pytest.mark.parametrize("name", ["对照.csv", "资料/新的.csv", "embeddings/对照.csv"])
def test_other_files_are_written_again_and_again(place: Settings, name: str) -> None:
    """Beside the library, or new in its folder."""
    target = place.sources.parent / name
    places = [f"--sources={place.sources}", f"--embeddings={place.embeddings}"]
    assert main(["figures", "公园数量", "--output", str(target), *places]) == 0
    assert "白鹭县" in target.read_text("utf-8")
    if not name.startswith("资料"):  # there it is a document by now
        assert main(["figures", "公园数量", "--output", str(target), *places]) == 0


def test_the_file_of_a_store_is_not_written_over(place: Settings, tmp_path: Path) -> None:
    """Nor is a circle of links followed without end."""
    settings = Settings(place.sources, place.embeddings, store=Remote(str(tmp_path / "库.db")))
    with pytest.raises(UsageError, match="不能写在上面"):
        output_file(settings, str(tmp_path / "库.db"))
    (tmp_path / "圈.csv").symlink_to("圈.csv")
    assert output_file(settings, str(tmp_path / "圈.csv")) == tmp_path / "圈.csv"

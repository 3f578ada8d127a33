"""`tjqa index --model`: a transformer in a sentence-transformers folder, end to end."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.helpers import REPORT, ROOT, TEA, WATER, environment
from tjqa.encoders.identity import transformer_name
from tjqa.encoders.loading import load_encoder
from tjqa.errors import ModelError
from tjqa.index.local import requested_model

pytestmark = pytest.mark.slow

# A transformer of the real architecture, small and untrained: what is tested is that any model can be named.
MAKE = """
import sys
from pathlib import Path
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizerFast
folder, letters = Path(sys.argv[1]), sys.stdin.read()
(folder / "bert").mkdir(parents=True)
vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set(letters) - set(" \\n"))]
(folder / "vocab.txt").write_text("\\n".join(vocabulary), "utf-8")
BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder / "bert")
torch.manual_seed(0)
sizes = dict(hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64)
config = BertConfig(vocab_size=len(vocabulary), **sizes)
BertModel(config).save_pretrained(folder / "bert")
transformer = Transformer(str(folder / "bert"))
SentenceTransformer(modules=[transformer, Pooling(32)], device="cpu").save(str(folder / "model"))
"""


@pytest.fixture(scope="module")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a sentence-transformers model that is not static."""
    folder = tmp_path_factory.mktemp("transformer")
    made = subprocess.run(
        [sys.executable, "-c", MAKE, str(folder)],
        input=REPORT + WATER + TEA,
        env=environment(HF_HUB_OFFLINE="1"),
        capture_output=True,
        encoding="utf-8",
    )
    assert made.returncode == 0, made.stderr
    return folder / "model"


def test_any_model_folder_can_be_named_and_is_remembered(transformer: Path, documents: Path, tmp_path: Path) -> None:
    """Asked without --model, a library answers and is updated with the model it was indexed with; --rebuild goes
    back to the default one."""
    places = [f"--sources={documents}", f"--embeddings={tmp_path / 'embeddings'}"]

    def tjqa(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tjqa", *arguments, *places]
        return subprocess.run(
            command, cwd=ROOT, env=environment(HF_HUB_OFFLINE="1"), capture_output=True, encoding="utf-8"
        )

    built = tjqa("index", "--model", str(transformer))
    assert built.returncode == 0, built.stderr
    asked = tjqa("ask", "--json", "石桥水库的总库容是多少?")
    assert asked.returncode == 0, asked.stderr
    assert any("4200万立方米" in hit["text"] for hit in json.loads(asked.stdout)["hits"])
    index = tmp_path / "embeddings" / "index"
    assert tjqa("index").returncode == 0
    assert requested_model(index) == str(transformer)
    assert tjqa("index", "--rebuild").returncode == 0
    assert requested_model(index) is None
    assert tjqa("ask", "总库容多少").returncode == 0


def changed(name: str, **values: object) -> Callable[[Path], None]:
    """A change of some values of a settings file."""

    def change(folder: Path) -> None:
        path = next(folder.rglob(name))
        path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **values}), "utf-8")

    return change


def with_pickle(folder: Path) -> None:
    """Weights that are a program for pickle instead."""
    for path in folder.rglob("*.safetensors"):
        path.unlink()
    program = b"cposix\nsystem\n(S'touch " + str(folder / "ran").encode() + b"'\ntR."
    (folder / "pytorch_model.bin").write_bytes(program)


def with_foreign_modules(folder: Path) -> None:
    """A module whose program lies in the folder."""
    path = folder / "modules.json"
    modules = json.loads(path.read_text("utf-8"))
    modules[0]["type"] = "own_module.Own"
    path.write_text(json.dumps(modules), "utf-8")
    (folder / "own_module.py").write_text(f"open({str(folder / 'ran')!r}, 'w').close()\n", "utf-8")


def without_weights(folder: Path) -> None:
    """Everything but the weights."""
    for path in folder.rglob("*.safetensors"):
        path.unlink()


FAULTS: dict[str, Callable[[Path], None]] = {
    "pickle": with_pickle,
    "foreign modules": with_foreign_modules,
    "no weights": without_weights,
    "other sizes": changed("config.json", hidden_size=64, num_attention_heads=4),
    "huge": changed("config.json", vocab_size=2**40),
    "no such architecture": changed("config.json", model_type="\x1b[31m", architectures=["X"]),
    "list of layers": changed("config.json", num_hidden_layers=[1]),
    "own program": changed("config.json", auto_map={"AutoModel": "own.Own"}, model_type="own"),
    "activation": changed("config.json", hidden_act="os.system"),
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_faults_of_any_model_are_told(transformer: Path, tmp_path: Path, fault: str) -> None:
    """What is wrong with a model folder ends in one sentence and a next step, and nothing in it is run."""
    folder = Path(shutil.copytree(transformer, tmp_path / "model"))
    FAULTS[fault](folder)
    with pytest.raises(ModelError) as caught:
        load_encoder(str(folder), tmp_path)
    assert caught.value.what and caught.value.hint
    assert "\n" not in caught.value.what
    assert not (folder / "ran").exists()


def test_settings_of_a_model_belong_to_its_name(transformer: Path, tmp_path: Path) -> None:
    """How token vectors are pooled decides about vectors as much as the weights do."""
    folder = Path(shutil.copytree(transformer, tmp_path / "model"))
    before = transformer_name(str(folder))
    pooling = next(folder.glob("1_Pooling/config.json"))
    pooling.write_text(pooling.read_text("utf-8").replace("mean", "cls"), "utf-8")
    assert transformer_name(str(folder)) != before

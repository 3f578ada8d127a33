"""`tjqa index --model`: a transformer in a sentence-transformers folder, end to end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.helpers import REPORT, ROOT, TEA, WATER, environment
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

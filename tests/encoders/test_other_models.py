"""`tjqa index --model`: a transformer in a sentence-transformers folder, end to end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.helpers import REPORT, TEA, WATER, environment, python
from tjqa.encoders.identity import transformer_name
from tjqa.encoders.loading import load_encoder
from tjqa.encoders.trial import prove
from tjqa.errors import ModelError

pytestmark = pytest.mark.slow

# A transformer of the real architecture, small and untrained: what is tested is that any model can be named. Then
# folders are tried as the product tries each in a process of its own, here in forks of one that has imported torch.
MAKE = """
import os, sys
from pathlib import Path
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizerFast
from tjqa.encoders import trial
torch.set_num_threads(1)  # a fork has none of the threads of the process it is one of
folder, letters = Path(sys.argv[1]), sys.argv[2]
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
print("made", flush=True)
for line in sys.stdin.buffer:
    reading, writing = os.pipe()
    os.write(writing, line)
    os.close(writing)
    if (child := os.fork()) == 0:
        os.dup2(reading, 0)
        sys.stdin = open(0)
        trial.serve()
    os.close(reading)
    os.waitpid(child, 0)
    print(flush=True)
"""


@dataclass(frozen=True)
class Made:
    """A sentence-transformers model that is not static, and the process that made it."""

    folder: Path
    process: subprocess.Popen[bytes]

    def run(self, command: list[str], *, input: bytes, **options: object) -> subprocess.CompletedProcess[bytes]:
        """What `subprocess.run` would give of a trial."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(input + b"\n")
        self.process.stdin.flush()
        return subprocess.CompletedProcess(command, 0, self.process.stdout.readline())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The model, and its maker, which tries folders."""
    folder = tmp_path_factory.mktemp("transformer")
    with subprocess.Popen(
        [sys.executable, "-c", MAKE, str(folder), REPORT + WATER + TEA],
        env=environment(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None and process.stdout.readline().split() == [b"made"]
        yield Made(folder / "model", process)


# Command after command, each as a shell would start it, in one interpreter: torch is imported once.
COMMANDS = """
import sys
from pathlib import Path
from tjqa.cli.main import main
from tjqa.index.local import requested_model
model, index, *where = sys.argv[1:]
ask = ["ask", "--json", "石桥水库的总库容是多少?"]
for command in (["index", "--model", model], ask, ["index"], ["index", "--rebuild"], ask):
    sys.argv[1:] = [*command, *["--fast"] * (command[0] == "index"), *where]
    assert main() == 0, command
    print("=", requested_model(Path(index)), flush=True)
"""


def test_any_model_folder_can_be_named_and_is_remembered(
    made: Made, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked without --model, a library answers and is updated with the model it was indexed with; --rebuild goes
    back to the default one."""
    model, embeddings = str(made.folder), tmp_path / "embeddings"
    places = [f"--sources={documents}", f"--embeddings={embeddings}"]
    variables = {"HF_HUB_OFFLINE": "1", "TJQA_FAST": "1", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    if hasattr(os, "fork"):
        with monkeypatch.context() as patch:  # it stands its trial
            patch.setenv("XDG_CACHE_HOME", variables["XDG_CACHE_HOME"])
            patch.setattr(subprocess, "run", made.run)
            prove(model, transformer_name(model), is_static=False)
        assert list((tmp_path / "cache").rglob("models/*"))
    done = python("-c", COMMANDS, model, str(embeddings / "index"), *places, **variables)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith("=")] == [*[f"= {model}"] * 3, *["= None"] * 2]
    for answer in [json.loads(line) for line in lines if line.startswith("{")]:
        assert any("4200万立方米" in hit["text"] for hit in answer["hits"])
    assert "没有改动" in done.stderr


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
def test_faults_of_any_model_are_told(made: Made, tmp_path: Path, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with a model folder ends in one sentence and a next step, and nothing in it is run."""
    folder = Path(shutil.copytree(made.folder, tmp_path / "model"))
    FAULTS[fault](folder)
    if fault != "pickle" and hasattr(os, "fork"):  # that one as the product itself starts a trial
        monkeypatch.setattr(subprocess, "run", made.run)
    with pytest.raises(ModelError) as caught:
        load_encoder(str(folder), tmp_path)
    assert caught.value.what and caught.value.hint
    assert "\n" not in caught.value.what
    assert not (folder / "ran").exists()


def test_settings_of_a_model_belong_to_its_name(made: Made, tmp_path: Path) -> None:
    """How token vectors are pooled decides about vectors as much as the weights do."""
    folder = Path(shutil.copytree(made.folder, tmp_path / "model"))
    before = transformer_name(str(folder))
    pooling = next(folder.glob("1_Pooling/config.json"))
    pooling.write_text(pooling.read_text("utf-8").replace("mean", "cls"), "utf-8")
    assert transformer_name(str(folder)) != before

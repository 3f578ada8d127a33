"""The transformer that ONNX Runtime runs, on a small untrained model made here."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.support.helpers import MODEL, ROOT, environment
from tjqa.encoders.contextual import ContextualEncoder
from tjqa.encoders.identity import model_name
from tjqa.encoders.loading import encode_meaning, load_encoder
from tjqa.errors import ModelError

pytestmark = pytest.mark.slow

TEXTS = ["石桥水库的总库容是4200万立方米。", "What is the capacity of the reservoir?", "水", "总库容多少?" * 60]

# The real architecture, small and without training; beside it what the real SentenceTransformer makes of the folder.
MAKE = """
import json, sys
from pathlib import Path
import numpy as np, torch
from sentence_transformers import SentenceTransformer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast
from embeddings.training.encoder_export import export
from embeddings.training.origin import tokenizer
folder, texts = Path(sys.argv[1]), json.load(sys.stdin)
pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", *sorted(set("".join(texts) + "query: passage: ") - {" "})]
marks = {"bos_token": "<s>", "cls_token": "<s>", "eos_token": "</s>", "sep_token": "</s>"}
made = tokenizer(pieces, np.full(len(pieces), -5.0, np.float32))
PreTrainedTokenizerFast(
    tokenizer_object=made, pad_token="<pad>", unk_token="<unk>", model_max_length=128, **marks
).save_pretrained(folder / "trunk")
torch.manual_seed(0)
sizes = dict(hidden_size=64, num_hidden_layers=2, num_attention_heads=4, intermediate_size=128)
model = BertModel(
    BertConfig(vocab_size=len(pieces), max_position_embeddings=128, pad_token_id=1, initializer_range=0.2, **sizes),
    add_pooling_layer=False,
)
model.save_pretrained(folder / "trunk")
export(model.state_dict(), folder / "trunk", ["passage: " + text for text in texts], folder / "model")
real = SentenceTransformer(str(folder / "model"), device="cpu")
np.save(folder / "passages.npy", real.encode(texts))
np.save(folder / "documents.npy", real.encode_document(texts))
np.save(folder / "questions.npy", real.encode_query(texts))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `model`, and the vectors of TEXTS as the real library gives them."""
    folder = tmp_path_factory.mktemp("contextual")
    done = subprocess.run(
        [sys.executable, "-c", MAKE, str(folder)],
        input=json.dumps(TEXTS),
        cwd=ROOT,
        env=environment(HF_HUB_OFFLINE="1"),
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """A model that may be spoilt."""
    return Path(shutil.copytree(made / "model", tmp_path / "model"))


def test_same_vectors_as_sentence_transformers(made: Path) -> None:
    """Passages and questions, with the marks that the model has for each; a plain `encode` is one for passages."""
    encoder = ContextualEncoder(made / "model")
    for file, found in (
        ("passages", encoder.encode(TEXTS)),
        ("documents", encoder.encode(TEXTS)),
        ("questions", encode_meaning(encoder, TEXTS)),
    ):
        cosines = (found * np.load(made / f"{file}.npy")).sum(axis=1)
        assert cosines.min() > 0.999, (file, cosines)
    assert (encoder.encode_questions(TEXTS[:1]) != encoder.encode(TEXTS[:1])).any()


def test_rows_are_unit_and_do_not_depend_on_their_company(made: Path) -> None:
    """A passage has one vector, whatever it is encoded with; nothing to read gives zeros."""
    encoder = ContextualEncoder(made / "model")
    together = encoder.encode([*TEXTS, "", " \n"])
    assert together.dtype == np.float32 and together.shape == (6, encoder.dimension)
    assert np.allclose(np.linalg.norm(together[:4], axis=1), 1, atol=1e-5) and not together[4:].any()
    for text, row in zip(TEXTS, together, strict=False):
        assert (encoder.encode([text])[0] == row).all()
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_it_runs_without_torch_and_without_a_network(made: Path) -> None:
    """In a fresh interpreter in which no socket can be made."""
    code = (
        "import socket, sys\n"
        "def refuse(*_, **__): raise AssertionError('a socket')\n"
        "socket.socket = socket.create_connection = refuse\n"
        "from pathlib import Path\n"
        "from tjqa.encoders.contextual import ContextualEncoder\n"
        "ContextualEncoder(Path(sys.argv[1])).encode(['水库', '总库容'])\n"
        "assert not {'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(made / "model")], cwd=ROOT, env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_folder_decides_the_encoder(made: Path, copy: Path, tmp_path: Path) -> None:
    """--model with such a folder gives it, tried apart first; its name follows every file of it."""
    encoder = load_encoder(str(copy), MODEL)
    assert isinstance(encoder, ContextualEncoder)
    assert encoder.name == model_name(str(copy), MODEL) == ContextualEncoder(made / "model").name
    for name in ("graph.onnx", "channels.safetensors", "model.safetensors", "tokenizer.json", "config.json"):
        path = copy / name
        raw = path.read_bytes()
        path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
        assert model_name(str(copy), MODEL) != encoder.name, name
        path.write_bytes(raw)


@pytest.mark.parametrize(
    "name", ["graph.onnx", "channels.safetensors", "model.safetensors", "tokenizer.json", "config.json"]
)
@pytest.mark.parametrize("fault", ["cut", "empty", "other"])
def test_damaged_files_are_told(copy: Path, name: str, fault: str) -> None:
    """One sentence in Chinese and a next step; never a vector."""
    path = copy / name
    raw = path.read_bytes()
    path.write_bytes({"cut": raw[: len(raw) // 2], "empty": b"", "other": b"no such file" * 40}[fault])
    with pytest.raises(ModelError) as caught:
        ContextualEncoder(copy).encode(["水库", "总库容"])
    told = str(caught.value)
    assert "model" in told and any("一" <= character <= "鿿" for character in told) and "\n" not in caught.value.what


@pytest.mark.parametrize("tensor", ["encoder.layer.1.output.dense.weight", "embeddings.word_embeddings.weight"])
def test_parts_that_do_not_fit_are_told(copy: Path, tensor: str) -> None:
    """A sound file of weights that lacks a tensor, or has one of another shape, belongs to another model."""
    from safetensors.numpy import save_file

    path = copy / "model.safetensors"
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    assert tensor.encode() in raw[8 : 8 + size]
    path.write_bytes(raw.replace(tensor.encode(), tensor.encode()[:-1] + b"x"))
    with pytest.raises(ModelError):
        ContextualEncoder(copy).encode(["水库", "总库容"])
    save_file({"embeddings.LayerNorm.weight": np.ones(64, np.float32)}, path)
    with pytest.raises(ModelError):
        ContextualEncoder(copy).encode(["水库"])


def test_no_socket_is_made_in_this_process(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor once everything is imported."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    assert ContextualEncoder(made / "model").encode_questions(["总库容多少?"]).any()


def exchange(folder: Path, kind: str) -> None:
    """Give the graph of a model another end; its tensors stay, or ONNX Runtime would not take what it is given."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load(str(folder / "graph.onnx"), load_external_data=False)
    own = np.zeros((1, 64), np.float32)
    own[0, 0] = 1
    lying = TensorProto(name="lying", data_type=TensorProto.FLOAT, dims=[1, 64], data_location=TensorProto.EXTERNAL)
    lying.external_data.add(key="location", value="beside.bin")
    nodes = {
        "constant": [helper.make_node("Identity", ["own"], ["end"])],
        "random": [helper.make_node("RandomNormal", [], ["any"], shape=[1, 64])],
        "single": [helper.make_node("ReduceMean", ["embedded"], ["end"], axes=[1, 2], keepdims=0)],
        "long": [helper.make_node("ReduceMean", ["embedded"], ["end"], axes=[1], keepdims=0)],
        "no number": [helper.make_node("Log", ["lying"], ["end"])],
        "of a file": [helper.make_node("Identity", ["lying"], ["end"])],
        "endless": [helper.make_node("ConstantOfShape", ["many"], ["end"])],
    }[kind]
    if kind == "random":
        nodes.append(helper.make_node("LpNormalization", ["any"], ["end"], axis=1))
    model.graph.node.extend(nodes)
    model.graph.initializer.append(numpy_helper.from_array(own, "own"))
    model.graph.initializer.append(numpy_helper.from_array(np.array([2**40, 64], np.int64), "many"))
    if kind == "of a file":
        model.graph.initializer.append(lying)
    if kind == "no number":
        model.graph.initializer.append(numpy_helper.from_array(-own - 1, "lying"))
    del model.graph.output[:]
    model.graph.output.append(helper.make_tensor_value_info("end", TensorProto.FLOAT, None))
    (folder / "graph.onnx").write_bytes(model.SerializeToString())


@pytest.mark.parametrize("kind", ["single", "long", "no number", "of a file", "endless"])
def test_a_graph_of_something_else_gives_no_vector(copy: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One number for a whole vector, a vector of another length, a file outside of the model: told, never used."""
    exchange(copy, kind)
    monkeypatch.chdir(copy.parent)
    (copy.parent / "beside.bin").write_bytes(np.eye(1, 64, dtype=np.float32).tobytes())
    with pytest.raises(ModelError):
        ContextualEncoder(copy).encode(["水库"])


@pytest.mark.parametrize("kind", ["constant", "random"])
def test_a_graph_that_tells_no_texts_apart_does_not_stand_the_trial(copy: Path, kind: str) -> None:
    """The same for every text, or another one each time: nothing would be found with it."""
    exchange(copy, kind)
    assert np.isclose(np.linalg.norm(ContextualEncoder(copy).encode(["水库"])), 1)
    with pytest.raises(ModelError, match="不能用"):
        load_encoder(str(copy), MODEL)

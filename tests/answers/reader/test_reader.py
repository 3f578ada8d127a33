"""The reader: what it finds is what it was trained to find, at places of the text, from files that are checked."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tjqa.answers.reader import parameters
from tjqa.answers.reader.reader import GRAPH, PIECES, VOCABULARY, WEIGHTS, Reader, best_span, head_of
from tjqa.documents import Passage, Span
from tjqa.errors import ModelError

pytestmark = pytest.mark.slow  # torch is imported, to make the model that is read

_TEXTS = (
    ("全年粮食产量多少", "2023年统计公报 | 一、农业", "全年粮食产量1.39万亿斤，再创历史新高。能源供应稳定。"),
    ("谁负责审批", "管理办法", "第三条 申请由县级人民政府审批；期限为二十日。"),
    ("when does it open", "", "The park opens at nine."),
)


@dataclass
class Trained:
    """A small reader as it is trained, and the folder it was written to."""

    model: Any
    tokenizer: Any
    trunk: Path
    folder: Path


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """Two layers over a vocabulary of characters, with weights drawn at random and written as the real ones are."""
    import torch

    from embeddings.training.reader import export, model
    from embeddings.training.reader.examples import Example

    place = tmp_path_factory.mktemp("reader")
    tokenizer = small_trunk(place / "trunk")
    torch.manual_seed(3)
    made = model.Reader(place / "trunk", 2, 0)
    with torch.no_grad():
        for value in made.parameters():
            value.add_(torch.randn_like(value) * 0.05)
        table = made.base.embeddings.word_embeddings.weight
        table.copy_(table.to(torch.float8_e4m3fn).to(torch.float32))
    folder = place / "model"
    export.keep_pieces(made, place / "trunk", folder)
    examples = [Example("test", *one, answers=True) for one in _TEXTS]
    export.export(made, tokenizer, examples, folder, folder)
    return Trained(made.eval(), tokenizer, place / "trunk", folder)


def small_trunk(folder: Path) -> Any:
    """A folder of transformers with a small BERT, and its tokenizer."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    characters = sorted({c for one in _TEXTS for part in one for c in part} | set("query: ▁答案在这里。其他话很长"))
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *((c, -3.0) for c in characters if c != " ")]
    raw = Tokenizer(models.Unigram(pieces, unk_id=3))
    raw.pre_tokenizer = pre_tokenizers.Metaspace()
    marks = [("<s>", 0), ("</s>", 2)]
    raw.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B:1 </s>:1", special_tokens=marks
    )
    told = PreTrainedTokenizerFast(
        tokenizer_object=raw, bos_token="<s>", eos_token="</s>", pad_token="<pad>", unk_token="<unk>"
    )
    told.model_input_names = ["input_ids", "attention_mask"]
    torch.manual_seed(1)
    shape = {"hidden_size": 32, "num_hidden_layers": 3, "num_attention_heads": 4, "intermediate_size": 64}
    settings = BertConfig(vocab_size=len(pieces), pad_token_id=1, max_position_embeddings=300, **shape)
    BertModel(settings, add_pooling_layer=False).save_pretrained(folder)
    told.save_pretrained(folder)
    return told


def passage(text: str, **other: Any) -> Passage:
    """A passage of a library, as far as the reader looks at it."""
    return Passage("a.txt", "0" * 64, Span(0, len(text)), text, "body", other.pop("title", ""), **other)


def test_it_reads_as_it_was_trained(trained: Trained) -> None:
    """In whole numbers of 8 bits the scores are those of the trained weights, nearly, and the same span is best."""
    import torch

    from embeddings.training.reader.examples import Example
    from embeddings.training.reader.model import pieces

    reader = Reader(trained.folder, trained.folder)
    for question, head, text in _TEXTS:
        told = pieces(trained.tokenizer, [Example("test", question, head, text, True)])
        with torch.no_grad():
            score, places = trained.model(told.ids, told.mask, told.passage)
        found = reader.read_texts(question, [(head, text)])[0]
        assert found.relevance == pytest.approx(torch.sigmoid(score)[0].item(), abs=0.02)
        own = told.passage[0] > 0
        best = best_span(places[0, own, 0].numpy(), places[0, own, 1].numpy())
        assert found.confidence == pytest.approx(best[2], abs=0.02)


def test_spans_are_places_of_the_text(trained: Trained) -> None:
    """Whatever stands above, a span lies in the passage's own text; one without text has none."""
    reader = Reader(trained.folder, trained.folder)
    text = _TEXTS[0][2]
    for title in ("", "很长的标题" * 30):
        found = reader.read("产量多少", [passage(text, title=title), passage("")])
        assert 0 <= found[0].start < found[0].end <= len(text)
        assert (found[1].start, found[1].end) == (0, 0)
        assert found[0].no_answer == pytest.approx(1 - found[0].relevance)
    assert reader.read("产量多少", []) == []


def test_long_passages_are_read_whole(trained: Trained) -> None:
    """Windows overlap, none is longer than what is read at once, and together they hold every piece."""
    reader = Reader(trained.folder, trained.folder)
    text = "其他话很长。" * 150 + "答案在这里。"
    windows = reader._windows("query: 答案在", "标题", text)
    assert len(windows) > 2
    assert all(len(window.pieces) <= parameters.LONGEST for window in windows)
    seen = [place for window in windows for place in window.offsets]
    assert {n for a, b in seen for n in range(max(0, a), b)} == set(range(len(text)))
    for one, after in pairwise(windows):
        assert one.offsets[-parameters.OVERLAP :] == after.offsets[: parameters.OVERLAP]
    found = reader.read("答案在", [passage(text)])[0]
    assert 0 <= found.start < found.end <= len(text)


def test_a_text_is_read_alike_alone_and_among_others(trained: Trained) -> None:
    """What a passage says does not depend on those it is read with."""
    reader = Reader(trained.folder, trained.folder)
    texts = [(head, text) for _, head, text in _TEXTS]
    together = reader.read_texts("谁负责审批", texts)
    assert together == [reader.read_texts("谁负责审批", [one])[0] for one in texts]


def test_the_best_span_ends_after_it_begins() -> None:
    """Also where the likeliest end stands before the likeliest start, or too far behind it."""
    starts, ends = np.zeros(300, np.float32), np.zeros(300, np.float32)
    starts[10], ends[5], ends[12], ends[299] = 9, 9, 6, 8
    first, last, confidence = best_span(starts, ends)
    assert (first, last) == (10, 12)
    assert 0 < confidence < 1


def test_what_stands_above_is_told_once() -> None:
    """Title, headings, name and date, without what is missing or told twice."""
    found = head_of(passage("x", title="公报", section="公报", name="2023", text_date="2024-02-01"))
    assert found == "公报 | 2023 | 2024-02-01"


@pytest.mark.parametrize("name", [GRAPH, WEIGHTS, VOCABULARY, PIECES])
def test_another_file_is_told(trained: Trained, tmp_path: Path, name: str) -> None:
    """A file that was changed or is missing is named when the first passage is read, and never used."""
    folder = tmp_path / "model"
    shutil.copytree(trained.folder, folder)
    raw = bytearray((folder / name).read_bytes())
    raw[-1] ^= 1
    (folder / name).write_bytes(raw)
    reader = Reader(folder, folder)
    with pytest.raises(ModelError, match=name):
        reader.read("问", [passage("答案在这里。")])
    (folder / name).unlink()
    with pytest.raises(ModelError):
        Reader(folder, tmp_path).read("问", [passage("答案在这里。")])


@pytest.mark.parametrize("said", ["[]", "{}", "{", '{"graph.onnx": 1}'])
def test_damaged_settings_are_told(tmp_path: Path, said: str) -> None:
    """Settings that do not name every file are refused at once."""
    (tmp_path / "reader.json").write_text(said, encoding="utf-8")
    with pytest.raises(ModelError, match=r"reader\.json"):
        Reader(tmp_path, tmp_path)


def test_shipped_weights_can_be_trained_on(trained: Trained) -> None:
    """The floats made of the whole numbers judge as those that they were made of."""
    import torch

    from embeddings.training.reader import again, model
    from embeddings.training.reader.examples import Example

    made = model.Reader(trained.trunk, 2, 0)
    state = again.floats(trained.folder, made)
    assert {name: value.shape for name, value in state.items()} == {n: v.shape for n, v in made.state_dict().items()}
    state |= {n: v for n, v in trained.model.state_dict().items() if n.startswith("base.embeddings.")}
    made.load_state_dict(state)
    told = model.pieces(trained.tokenizer, [Example("test", *one, answers=True) for one in _TEXTS])
    with torch.no_grad():
        scores = [one.eval()(told.ids, told.mask, told.passage)[0] for one in (made, trained.model)]
    assert torch.allclose(*scores, atol=0.05)


def test_training_learns_and_goes_on(trained: Trained, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The loss of what it is shown falls; a second run begins where the first stopped."""
    from embeddings.training.reader.examples import Example, Group
    from embeddings.training.reader.train import Training

    question, head, text = _TEXTS[0]
    start = text.index("1.39")
    right = Example("test", question, head, text, True, start, start + 4)
    wrong = Example("test", question, head, _TEXTS[1][2], False)
    groups = [Group([right, wrong]) for _ in range(4)]
    training = Training(trained.trunk, tmp_path, 1e9, 2, 0)
    for part in training.optimiser.param_groups:
        part["lr"] = 5e-3  # such a small model learns nothing at the rate of the real one
    before = training._learn(groups)
    for _ in range(15):
        after = training._learn(groups)
    assert sum(after[:3]) < 0.7 * sum(before[:3])
    training.step, training.spent = 7, 3.0
    training._keep()
    again = Training(trained.trunk, tmp_path, 1e9, 2, 0)
    assert (again.step, again.spent) == (7, 3.0)
    assert "kept step 7" in capsys.readouterr().out

"""Write the folder of the encoder out of tuned weights, ready for `SentenceTransformer` and for `tjqa`.

    python -m embeddings.training.encoder_export TUNED ... --pairs PAIRS --output FOLDER [--origin TRUNK --share 0.7]

Of several tuned folders the mean of the weights is taken (Izmailov et al. 2018); with --origin the result is moved back
towards the weights before tuning (Wortsman et al. 2022): --share of the way from origin to tuned.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import onnx

from embeddings.training.encoder import LONGEST, PASSAGE, QUESTION
from embeddings.training.graph import encoder_graph, sizes
from embeddings.training.pairs import read_pairs
from tjqa.encoders.identity import CHANNELS, GRAPH, WEIGHTS

_TEXTS = 16  # passages, and questions, that the range of each channel is taken from
_EVERY = 43_000  # one pair in so many, all sources in turn
WIDE = 8  # channels of an inner product multiplied apart; 16 and 32 bring little more
EVEN = 0.7  # how much of the differences between channels goes into the weights; 0.5 leaves more of the rounding
_MODULES = {"": "Transformer", "1_Pooling": "Pooling", "2_Normalize": "Normalize"}


def mean_state(folders: Sequence[Path], origin: Path | None, share: float) -> dict[str, Any]:
    """The mean of the weights of the folders, or a place between it and the origin."""
    from safetensors.torch import load_file

    states = [load_file(folder / WEIGHTS) for folder in folders]
    mean = {name: sum(state[name] for state in states) / len(states) for name in states[0]}
    if origin is None:
        return mean
    first = load_file(origin / WEIGHTS)
    return {name: share * mean[name] + (1 - share) * first[name] for name in mean}


def export(state: dict[str, Any], trunk: Path, texts: Iterable[str], output: Path) -> None:
    """Write the folder; `trunk` gives settings and tokenizer."""
    import torch
    from safetensors.torch import save_file
    from transformers import AutoModel, AutoTokenizer

    torch.set_num_threads(1)  # there is little to compute
    output.mkdir(parents=True, exist_ok=True)
    stored = {name: _stored(name, value) for name, value in state.items()}
    save_file(stored, output / WEIGHTS, metadata={"format": "pt"})
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(trunk / name, output / name)
    model = AutoModel.from_pretrained(trunk, add_pooling_layer=False)
    model.load_state_dict({name: value.to(torch.float32) for name, value in stored.items()})
    channels = channel_tensors(model.eval(), AutoTokenizer.from_pretrained(trunk), texts)
    save_file(channels, output / CHANNELS)
    size = model.config
    graph = encoder_graph(*sizes(size), WIDE)
    onnx.save(graph, output / GRAPH)
    write_settings(output, size.hidden_size, size.max_position_embeddings)


def _stored(name: str, value: Any) -> Any:
    """Matrices in 8 bits; places and norms, which are few, as they are or in 16."""
    import torch

    if value.ndim < 2:
        return value.to(torch.float32)
    return value.to(torch.bfloat16 if "position" in name or "token_type" in name else torch.float8_e4m3fn).contiguous()


def channel_tensors(model: Any, tokenizer: Any, texts: Iterable[str]) -> dict[str, Any]:
    """How the channels are evened out before the products that follow a norm, and which are multiplied apart inside."""
    import torch

    largest = _largest(model, tokenizer, texts)
    parts, found = dict(model.named_modules()), {}
    for name, seen in largest.items():
        if name.endswith(".output.dense"):
            found[f"{name}.channels"] = seen.topk(WIDE).indices.sort().values.contiguous()
            continue
        sources = [f"{name}.{kind}" for kind in ("query", "key", "value")] if name.endswith(".self") else [name]
        weights = torch.stack([parts[source].weight.detach().abs().amax(dim=0) for source in sources]).amax(dim=0)
        found[f"{name}.smooth"] = (weights.clamp(min=1e-5) ** (1 - EVEN) / seen.clamp(min=1e-3) ** EVEN).contiguous()
    return found


def _largest(model: Any, tokenizer: Any, texts: Iterable[str]) -> dict[str, Any]:
    """The largest value of each channel before each product, by the name of the product in the graph."""
    import torch

    largest: dict[str, Any] = {}
    products = {
        name.replace(".self.query", ".self"): part
        for name, part in model.named_modules()
        if isinstance(part, torch.nn.Linear) and not name.endswith((".key", ".value", "attention.output.dense"))
    }

    def watch(name: str) -> Any:
        def look(_: Any, given: Any) -> None:
            seen = given[0].abs().amax(dim=(0, 1))
            largest[name] = torch.maximum(largest.get(name, seen), seen)

        return look

    hooks = [part.register_forward_pre_hook(watch(name)) for name, part in products.items()]
    with torch.no_grad():
        for text in texts:
            model(**tokenizer(text, truncation=True, max_length=LONGEST[False], return_tensors="pt"))
    for hook in hooks:
        hook.remove()
    return largest


def write_settings(output: Path, width: int, longest: int) -> None:
    """The small files of a folder of sentence-transformers."""
    modules = [
        {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for number, (path, kind) in enumerate(_MODULES.items())
    ]
    prompts = {"query": QUESTION, "document": PASSAGE}
    files: dict[str, Any] = {
        "modules.json": modules,
        "config_sentence_transformers.json": {
            "prompts": prompts,
            "default_prompt_name": "document",
            "similarity_fn_name": "cosine",
        },
        "sentence_bert_config.json": {"max_seq_length": longest, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": width,
            "pooling_mode_mean_tokens": True,
            "include_prompt": True,
        },
        "2_Normalize/config.json": {},
    }
    for name, value in files.items():
        (output / name).parent.mkdir(exist_ok=True)
        (output / name).write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def sample(pairs: Path) -> list[str]:
    """Questions and passages of all sources."""
    chosen = islice(read_pairs(pairs), 0, None, _EVERY)
    return [text for pair in chosen for text in (QUESTION + pair.query, PASSAGE + pair.passage)][: 2 * _TEXTS]


def main() -> None:
    """Write the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tuned", type=Path, nargs="+")
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--origin", type=Path)
    parser.add_argument("--share", type=float, default=1.0)
    chosen = parser.parse_args()
    export(mean_state(chosen.tuned, chosen.origin, chosen.share), chosen.tuned[0], sample(chosen.pairs), chosen.output)


if __name__ == "__main__":
    main()

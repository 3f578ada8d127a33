"""Train the default model: `python embeddings/train.py --pairs DIR [--exclude FILE ...] [--output DIR]`.

Reads every .jsonl and .jsonl.xz file of DIR; a line is {"a": question-like text, "b": its passage}, and may
carry "src" and "kind", by which negatives are grouped. Steps, each kept in the work folder and not done again:

    pairs      read; refused when they hold a question of an --exclude file (folded, without punctuation)
    tokenizer  jieba's dictionary words that the texts use, all characters, Latin pieces, numbers
    tokens     every pair as token numbers
    vectors    start: random with a share of a word's characters, weighted by rarity; then contrastive training
    model      8-bit rows in sentence-transformers format, written to --output

Interrupted, the same command goes on where it was. The same input and seed give the same model on the same
machine. Uses a GPU when there is one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # tjqa, when not installed

from training.contrastive import Bags, Schedule, TrainingSet, train
from training.export import Trained, pack, write_model
from training.pairs import Exclusion, Pair, read_pairs, read_questions
from training.places import assign, presence_weights
from training.vectors import lexical, rarity
from training.vocabulary import VocabularySizes, build_tokenizer

_HERE = Path(__file__).resolve().parent
_COUNTED_TEXTS = 150_000  # texts the vocabulary is counted on; more change little
_BILINGUAL = ("/zh-en", "/word-en")  # kinds that are gone through several times: few, and all that teaches English
_PRESENCE = 2.0  # weight of presence against the length of a token's vector


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the model besides the pairs."""

    dimension: int = 512
    places: int = 768
    seed: int = 13
    repeat: int = 2
    sizes: VocabularySizes = field(default_factory=VocabularySizes)
    schedule: Schedule = field(default_factory=Schedule)


def main() -> None:
    """Run all steps."""
    arguments = _arguments()
    schedule = Schedule(seed=arguments.seed, rate=arguments.rate, batch=arguments.batch)
    recipe = Recipe(
        arguments.dimension,
        arguments.places,
        arguments.seed,
        arguments.repeat,
        VocabularySizes(arguments.words),
        schedule,
    )
    torch.set_num_threads(arguments.threads)
    work = arguments.work / _input_key(arguments.pairs, arguments.exclude, recipe)
    work.mkdir(parents=True, exist_ok=True)
    tokenizer, data = _tokens(arguments.pairs, arguments.exclude, recipe, work)
    trained = _train(tokenizer, data, recipe, work)
    write_model(arguments.output, tokenizer, pack(trained), recipe.places)
    size = sum(f.stat().st_size for f in arguments.output.rglob("*") if f.is_file())
    _say(f"wrote {arguments.output} ({size / 1e6:.1f} MB)")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True, help="folder of .jsonl or .jsonl.xz files")
    parser.add_argument("--output", type=Path, default=_HERE / "model", help="model folder to write")
    parser.add_argument("--exclude", type=Path, nargs="*", default=[], help="evaluation questions, JSON lines")
    parser.add_argument("--work", type=Path, default=_HERE / "work", help="folder for resuming; may be deleted")
    parser.add_argument("--dimension", type=int, default=512, help="values of the meaning part")
    parser.add_argument("--places", type=int, default=768, help="values of the presence part")
    parser.add_argument("--words", type=int, default=25_000, help="Chinese words in the vocabulary")
    parser.add_argument("--repeat", type=int, default=2, help="passes over bilingual pairs")
    parser.add_argument("--batch", type=int, default=2048, help="pairs in a step")
    parser.add_argument("--rate", type=float, default=0.003, help="learning rate")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--threads", type=int, default=2, help="CPU threads")
    return parser.parse_args()


def _input_key(pairs: Path, exclude: list[Path], recipe: Recipe) -> str:
    """Names a work folder: other pairs or another vocabulary must not go on from this one's tokens."""
    files = sorted([*pairs.glob("*.jsonl"), *pairs.glob("*.jsonl.xz"), *exclude])
    return _hash([asdict(recipe.sizes), recipe.seed, [(f.name, f.stat().st_size) for f in files]])


def _hash(described: object) -> str:
    return hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()[:12]


def _tokens(folder: Path, exclude: list[Path], recipe: Recipe, work: Path) -> tuple[Tokenizer, TrainingSet]:
    """Tokenizer and token numbers, from the work folder when they are there."""
    stored = work / "tokens.npz"
    if not stored.is_file():
        pairs, refused = Exclusion(read_questions(exclude)).clean(read_pairs(folder))
        _say(f"{len(pairs)} pairs, {refused} refused because they hold an evaluation question")
        if not pairs:
            raise SystemExit(f"no pairs in {folder}: expected .jsonl or .jsonl.xz with the fields a and b")
        texts = sorted({p.query for p in pairs} | {p.passage for p in pairs})
        random.Random(recipe.seed).shuffle(texts)
        build_tokenizer(texts[:_COUNTED_TEXTS], recipe.sizes).save(str(work / "tokenizer.json"))
        _say("tokenizer built")
        _store(pairs, Tokenizer.from_file(str(work / "tokenizer.json")), stored)
    with np.load(stored) as saved:
        queries, passages = (Bags(saved[f"{side}_ids"], saved[f"{side}_starts"]) for side in ("query", "passage"))
        often = [recipe.repeat if name.endswith(_BILINGUAL) else 1 for name in saved["group_names"].tolist()]
        data = TrainingSet(queries, passages, saved["groups"], saved["passage_numbers"], np.array(often))
    return Tokenizer.from_file(str(work / "tokenizer.json")), data


def _store(pairs: list[Pair], tokenizer: Tokenizer, path: Path) -> None:
    """Write every pair as token numbers, all texts of a side one after the other."""
    arrays: dict[str, NDArray[Any]] = {}
    for side in ("query", "passage"):
        texts = [getattr(p, side) for p in pairs]
        parts: list[NDArray[np.int32]] = []
        for start in range(0, len(texts), 8192):
            block = tokenizer.encode_batch_fast(texts[start : start + 8192], add_special_tokens=False)
            parts += [np.array(e.ids, dtype=np.int32) for e in block]
            _say(f"{side} tokens {min(start + 8192, len(texts))}/{len(texts)}", again=True)
        arrays[f"{side}_ids"] = np.concatenate(parts)
        arrays[f"{side}_starts"] = np.cumsum([0, *map(len, parts)])
    groups = {name: i for i, name in enumerate(sorted({p.group for p in pairs}))}
    numbers: dict[str, int] = {}
    arrays["group_names"] = np.array(list(groups))
    arrays["groups"] = np.array([groups[p.group] for p in pairs])
    arrays["passage_numbers"] = np.array([numbers.setdefault(p.passage, len(numbers)) for p in pairs])
    unfinished = path.with_suffix(".part.npz")
    np.savez(unfinished, **arrays)
    unfinished.replace(path)


def _train(tokenizer: Tokenizer, data: TrainingSet, recipe: Recipe, work: Path) -> Trained:
    entries = tokenizer.get_vocab_size()
    counts = np.bincount(data.queries.flat, minlength=entries) + np.bincount(data.passages.flat, minlength=entries)
    weights = rarity(counts)
    start = lexical(tokenizer, weights, recipe.dimension, recipe.seed) * weights[:, None]
    start[:2] = 0  # padding and unknown say nothing
    began = time.monotonic()

    def tick(done: int, steps: int, loss: float) -> None:
        _say(f"step {done}/{steps}, loss {loss:.3f}, {time.monotonic() - began:.0f} s", again=done < steps)

    vectors = train(start, data, recipe.schedule, work / f"checkpoint-{_hash(asdict(recipe))}.pt", tick)
    vectors[:2] = 0
    tokens = [tokenizer.id_to_token(i) for i in range(entries)]
    weights = _PRESENCE * presence_weights(tokens, vectors, counts)
    return Trained(vectors, assign(tokens, counts, recipe.places), weights, recipe.places)


def _say(text: str, again: bool = False) -> None:
    """Progress on stderr; on a terminal, `again` overwrites the line."""
    end = "\r" if again and sys.stderr.isatty() else "\n"
    print(text, end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

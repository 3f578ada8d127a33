"""Train the default model: `python -m embeddings.training.train --pairs DIR [--exclude FILE ...] [--output DIR]`.

Reads every .jsonl and .jsonl.xz file of DIR; a line is {"a": question-like text, "b": its passage}, and may
carry "src" and "kind", by which negatives are grouped. Steps, each kept in the work folder and not done again:

    pairs         read; refused when they hold a question of an --exclude file (folded, without punctuation);
                  words with a common English gloss (kind word-en) added as synonyms
    tokenizer     jieba's dictionary words that the texts use, all characters, Latin words and pieces, numbers
    tokens        every pair as token numbers
    vectors       start: random with a share of a word's characters and of what it stands beside, weighted by rarity;
                  then contrastive training
    translations  of Latin words, out of the bilingual pairs (kinds zh-en and word-en)
    model         8-bit rows in sentence-transformers format, written to --output

Interrupted, the same command goes on where it was. The same input and seed give the same model on the same
machine. Uses a GPU when there is one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from embeddings.training.contrastive import Bags, Schedule, TrainingSet, train
from embeddings.training.cooccurrence import cooccurrence
from embeddings.training.export import Trained, pack, write_model
from embeddings.training.pairs import Exclusion, Pair, read_pairs, read_questions
from embeddings.training.places import is_latin, presence
from embeddings.training.synonyms import GROUP as SYNONYMS
from embeddings.training.synonyms import synonyms
from embeddings.training.translation import Translations, translations
from embeddings.training.vectors import blend, company, lexical, principal, rarity
from embeddings.training.vocabulary import VocabularySizes, build_tokenizer

_HERE = Path(__file__).resolve().parents[1]
_GLOSSED = "/word-en"
_BILINGUAL = ("/zh-en", _GLOSSED)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the model besides the pairs."""

    dimension: int = 512
    meaning: int = 384
    company: int = 128
    company_share: float = 0.2
    places: int = 3072
    presence: float = 2.75
    translations: int = 3
    bilingual: int = 3
    synonyms: int = 3
    context: float = 0.3
    sizes: VocabularySizes = field(default_factory=VocabularySizes)
    schedule: Schedule = field(default_factory=Schedule)


def main() -> None:
    """Run all steps."""
    arguments = _arguments()
    recipe = Recipe(
        **{name: getattr(arguments, name) for name in _OPTIONS},
        sizes=VocabularySizes(arguments.words),
        schedule=Schedule(**{name: getattr(arguments, name) for name in _SCHEDULE}),
    )
    torch.set_num_threads(arguments.threads)
    build(recipe, arguments)


def build(recipe: Recipe, arguments: argparse.Namespace) -> None:
    """Train `recipe` and write its model; `arguments` says where the pairs, the work and the model are."""
    work = arguments.work / _input_key(arguments.pairs, arguments.exclude, recipe)
    work.mkdir(parents=True, exist_ok=True)
    corpus = _corpus(arguments.pairs, arguments.exclude, recipe, work)
    write_model(arguments.output, corpus.tokenizer, pack(_train(corpus, recipe, work)), recipe.places)
    size = sum(f.stat().st_size for f in arguments.output.rglob("*") if f.is_file())
    _say(f"wrote {arguments.output} ({size / 1e6:.1f} MB)")


_OPTIONS = {
    "dimension": "values of a token vector in training",
    "meaning": "values of it that are kept, the principal ones",
    "company": "values beside them that say what a word stands beside; for late interaction, not in text vectors",
    "company_share": "their share of the squared length of a token vector",
    "places": "values of the presence part, at most 4096",
    "presence": "weight of presence beside meaning",
    "translations": "places of a Latin word: of how many of its translations; 0: one of its own",
    "bilingual": "passes over bilingual pairs: few, and all that teaches English",
    "synonyms": "passes over pairs of words with a common gloss",
    "context": "share of the start that comes from what words stand beside",
}
_SCHEDULE = {
    "batch": "pairs in a step",
    "rate": "learning rate",
    "scale": "factor on cosines in the loss",
    "seed": "decides the start and the order of the pairs",
    "sample": "train on about so many pairs only; 0 for all",
}


def arguments_parser(description: str) -> argparse.ArgumentParser:
    """A parser with the options that say where things are."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True, help="folder of .jsonl or .jsonl.xz files")
    parser.add_argument("--exclude", type=Path, nargs="*", default=[], help="evaluation questions, JSON lines")
    parser.add_argument("--work", type=Path, default=_HERE / "work", help="folder for resuming; may be deleted")
    parser.add_argument("--threads", type=int, default=2, help="CPU threads")
    return parser


def _arguments() -> argparse.Namespace:
    parser = arguments_parser(__doc__ or "")
    parser.add_argument("--output", type=Path, default=_HERE / "model", help="model folder to write")
    default = Recipe()
    for options, holder in ((_OPTIONS, default), (_SCHEDULE, default.schedule)):
        for name, meaning in options.items():
            value = getattr(holder, name)
            parser.add_argument(
                f"--{name.replace('_', '-')}", type=type(value), default=value, help=f"{meaning} ({value})"
            )
    parser.add_argument("--words", type=int, default=default.sizes.words, help="Chinese words in the vocabulary")
    return parser.parse_args()


def _input_key(pairs: Path, exclude: list[Path], recipe: Recipe) -> str:
    """Names a work folder: other pairs or another vocabulary must not go on from this one's tokens."""
    files = sorted([*pairs.glob("*.jsonl"), *pairs.glob("*.jsonl.xz"), *exclude])
    return _hash([asdict(recipe.sizes), [(f.name, f.stat().st_size) for f in files]])


def _hash(described: object) -> str:
    return hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class _Corpus:
    """The pairs as token numbers; `names` are those of their groups."""

    tokenizer: Tokenizer
    queries: Bags
    passages: Bags
    groups: NDArray[np.int64]
    passage_numbers: NDArray[np.int64]
    names: list[str]


def _corpus(folder: Path, exclude: list[Path], recipe: Recipe, work: Path) -> _Corpus:
    """Tokenizer and token numbers, from the work folder when they are there."""
    stored = work / "tokens.npz"
    if not stored.is_file():
        pairs, refused = Exclusion(read_questions(exclude)).clean(read_pairs(folder))
        _say(f"{len(pairs)} pairs, {refused} refused because they hold an evaluation question")
        if not pairs:
            raise SystemExit(f"no pairs in {folder}: expected .jsonl or .jsonl.xz with the fields a and b")
        texts = sorted({p.query for p in pairs} | {p.passage for p in pairs})
        build_tokenizer(texts, recipe.sizes).save(str(work / "tokenizer.json"))
        _say("tokenizer built")
        pairs += synonyms(pairs, _GLOSSED)
        _store(pairs, Tokenizer.from_file(str(work / "tokenizer.json")), stored)
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    with np.load(stored) as saved:
        queries, passages = (Bags(saved[f"{side}_ids"], saved[f"{side}_starts"]) for side in ("query", "passage"))
        names = saved["group_names"].tolist()
        return _Corpus(tokenizer, queries, passages, saved["groups"], saved["passage_numbers"], names)


def _store(pairs: list[Pair], tokenizer: Tokenizer, path: Path) -> None:
    """Write every pair as token numbers, all texts of a side one after the other."""
    arrays: dict[str, Any] = {}  # arrays; as such they would not do for savez's other keywords
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


def _train(corpus: _Corpus, recipe: Recipe, work: Path) -> Trained:
    entries = corpus.tokenizer.get_vocab_size()
    counts = np.bincount(corpus.queries.flat, minlength=entries) + np.bincount(corpus.passages.flat, minlength=entries)
    vectors = _vectors(corpus, counts, recipe, work)
    tokens = [corpus.tokenizer.id_to_token(i) or "" for i in range(entries)]
    translated = _translations(corpus, tokens, work).best(recipe.translations)
    owned = presence(tokens, recipe.presence * vectors, counts, translated, recipe.places)
    kept = principal(vectors, counts, recipe.meaning)
    beside = company(kept, _context(corpus, entries, work), recipe.company_share, recipe.company)
    return Trained(kept, beside, owned, recipe.places)


def _vectors(corpus: _Corpus, counts: NDArray[np.int64], recipe: Recipe, work: Path) -> NDArray[np.float32]:
    """Token vectors, trained; the checkpoint of the last step has them ready."""
    weights = rarity(counts)
    start = lexical(corpus.tokenizer, weights, recipe.dimension, recipe.schedule.seed)
    if recipe.context:
        start = blend(start, _context(corpus, len(weights), work), recipe.context, recipe.schedule.seed)
    start *= weights[:, None]
    start[:2] = 0  # padding and unknown say nothing
    began = time.monotonic()

    def tick(done: int, steps: int, loss: float) -> None:
        _say(f"step {done}/{steps}, loss {loss:.3f}, {time.monotonic() - began:.0f} s", again=done < steps)

    passes = {SYNONYMS: recipe.synonyms} | dict.fromkeys(
        (n for n in corpus.names if n.endswith(_BILINGUAL)), recipe.bilingual
    )
    often = np.array([passes.get(name, 1) for name in corpus.names])
    data = TrainingSet(corpus.queries, corpus.passages, corpus.groups, corpus.passage_numbers, often)
    deciding = (recipe.dimension, recipe.bilingual, recipe.synonyms, recipe.context, asdict(recipe.schedule))
    vectors = train(start, data, recipe.schedule, work / f"checkpoint-{_hash(deciding)}.pt", tick)
    vectors[:2] = 0
    return vectors


def _context(corpus: _Corpus, entries: int, work: Path) -> NDArray[np.float32]:
    """Vectors of what each token stands beside in the passages, from the work folder when they are there."""
    stored = work / "context.npy"
    if not stored.is_file():
        _say("what words stand beside")
        _, first = np.unique(corpus.passage_numbers, return_index=True)
        np.save(stored, cooccurrence(corpus.passages, first, entries, seed=0))
    return np.asarray(np.load(stored), dtype=np.float32)


def _translations(corpus: _Corpus, tokens: list[str], work: Path) -> Translations:
    """The Chinese tokens that translate each Latin one, from the work folder when they are there."""
    stored = work / "translations.npz"
    if not stored.is_file():
        _say("translations of Latin words")
        latin = np.array([is_latin(t) for t in tokens])
        chinese = np.array([not t[0].isascii() for t in tokens])
        bilingual = np.array([n.endswith(_BILINGUAL) for n in corpus.names])
        rows = np.flatnonzero(bilingual[corpus.groups]).tolist()
        sides = (corpus.queries, corpus.passages)
        found = translations((np.concatenate([side.text(i) for side in sides]) for i in rows), latin, chinese)
        np.savez(stored, **asdict(found))
    with np.load(stored) as saved:
        return Translations(**saved)


def _say(text: str, again: bool = False) -> None:
    """Progress on stderr; on a terminal, `again` overwrites the line."""
    end = "\r" if again and sys.stderr.isatty() else "\n"
    print(text, end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

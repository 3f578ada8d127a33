"""Tune the encoder on the mixture of pairs: contrastive, against the other passages of a batch of near ones.

    python -m embeddings.training.encoder TRUNK PAIRS OUTPUT --exclude QUESTIONS.jsonl ... [--minutes 65]

TRUNK is what `embeddings.training.origin` wrote. InfoNCE (van den Oord et al. 2018) over cosines, with the marks
`query: ` and `passage: ` of the origin. The embeddings and the lowest layers stay as they are: cheaper by a third, and
what they know of a hundred languages is kept. Stopped, it goes on from the last state in OUTPUT; each state is kept as
a folder of transformers, too.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from embeddings.training import state
from embeddings.training.attention import plain_attention
from embeddings.training.mixture import Batch, batches, read_mixture
from embeddings.training.pairs import Exclusion, read_questions
from tjqa.config import shipped
from tjqa.encoders.loading import load_encoder

QUESTION, PASSAGE = "query: ", "passage: "
TEMPERATURE = 0.015
RATE = 8e-5
WARM = 25  # steps in which the rate rises
FROZEN = 4  # layers that stay as they are
LONGEST = {True: 64, False: 128}  # pieces of a question, a passage
_WHOLE = 256  # pieces of a passage in one batch of four
_PART = 2600  # pieces of one pass through the model
_ROUND = 16  # texts are filled up to a multiple of so many pieces: products of a new shape are compiled first, and kept
_KEEP_SECONDS = 600
_CLIP = 1.0


def main() -> None:
    """Tune, or go on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trunk", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--exclude", type=Path, nargs="*", default=[], help="questions that must not be trained on")
    parser.add_argument("--minutes", type=float, default=65.0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--half", action="store_true", help="16-bit products: faster where the processor has AMX")
    chosen = parser.parse_args()
    made = mixture(chosen.pairs, chosen.exclude, chosen.seed)
    Tuning(chosen.trunk, chosen.output, chosen.minutes * 60, chosen.threads, chosen.half).run(made)


def mixture(pairs: Path, exclude: list[Path], seed: int) -> list[Batch]:
    """The batches, the same each time."""
    items = read_mixture(pairs, Exclusion(read_questions(exclude)), seed)
    made = batches(items, load_encoder(None, shipped("embeddings/model", "model")), seed)
    print(f"{len(made)} batches", flush=True)
    return made


class Tuning:
    """A model, its optimiser, and how far it is."""

    def __init__(self, trunk: Path, output: Path, seconds: float, threads: int, half: bool = False) -> None:
        import torch
        from transformers import AutoModel, AutoTokenizer

        torch.set_num_threads(threads)
        torch.manual_seed(0)
        self.output, self.seconds, self.state = output, seconds, output / "state.pt"
        output.mkdir(parents=True, exist_ok=True)
        self.tokenizer = AutoTokenizer.from_pretrained(trunk)
        self.half = half
        self.model = AutoModel.from_pretrained(trunk, add_pooling_layer=False, attn_implementation=plain_attention())
        self.model.eval()  # no dropout: a short tuning needs no more noise than the batches have
        for part in (self.model.embeddings, *self.model.encoder.layer[:FROZEN]):
            part.requires_grad_(False)
        trained = [value for value in self.model.parameters() if value.requires_grad]
        self.optimiser = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.01, fused=True)
        self.step, self.spent = state.take_up(self.state, self.model, self.optimiser)

    def run(self, made: list[Batch]) -> None:
        """Until the time or the batches are used up; the rate falls to nothing with whichever is nearer its end."""
        kept, lines = self.spent, []
        while self.step < len(made) and self.spent < self.seconds:
            began = time.monotonic()
            done = max(self.spent / self.seconds, self.step / len(made))
            for group in self.optimiser.param_groups:
                group["lr"] = RATE * min(1.0, (self.step + 1) / WARM) * (1 - done)
            batch = made[self.step]
            lines.append((batch.source, *self._learn(batch)))
            self.step += 1
            self.spent += time.monotonic() - began
            if self.step % 20 == 0:
                self._tell(lines[-20:])
            if self.spent - kept > _KEEP_SECONDS:
                self._keep()
                kept = self.spent
        self._keep()

    def _learn(self, batch: Batch) -> tuple[float, float]:
        """One step; the loss, and the share of questions whose passage came first."""
        import torch

        longest = _WHOLE if self.step % 4 == 0 else LONGEST[False]
        with torch.autocast("cpu", torch.bfloat16, enabled=self.half):
            passages = self._vectors([PASSAGE + text for text in batch.passages], longest)
            questions = self._vectors([QUESTION + text for text in batch.questions], LONGEST[True])
        scores = questions @ passages.T / TEMPERATURE
        scores = scores.masked_fill(~torch.from_numpy(batch.against), float("-inf"))
        right = torch.tensor(batch.right)
        loss = torch.nn.functional.cross_entropy(scores, right)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), _CLIP)
        self.optimiser.step()
        self.optimiser.zero_grad()
        return loss.item(), (scores.argmax(1) == right).float().mean().item()

    def _vectors(self, texts: list[str], longest: int) -> Any:
        """(n, width) unit vectors: means over the pieces, in passes of texts of about one length."""
        import torch

        ids = self.tokenizer(texts, truncation=True, max_length=longest)["input_ids"]
        found: list[Any] = [None] * len(texts)
        for part in parts([len(one) for one in ids]):
            chosen = {"input_ids": [ids[n] for n in part]}
            padded = self.tokenizer.pad(chosen, pad_to_multiple_of=_ROUND, return_tensors="pt")
            hidden = self.model(**padded).last_hidden_state.float()
            mask = padded["attention_mask"][:, :, None]
            means = (hidden * mask).sum(1) / mask.sum(1)
            for number, mean in zip(part, torch.nn.functional.normalize(means, dim=1), strict=True):
                found[number] = mean
        return torch.stack(found)

    def _tell(self, lines: list[tuple[str, float, float]]) -> None:
        loss = sum(loss for _, loss, _ in lines) / len(lines)
        first = sum(first for _, _, first in lines) / len(lines)
        print(f"step {self.step} {self.spent / 60:.1f} min loss {loss:.3f} first {first:.3f}", flush=True)

    def _keep(self) -> None:
        state.keep(self.state, self.model, self.optimiser, self.step, self.spent)
        folder = self.output / f"step-{self.step}"
        self.model.save_pretrained(folder)
        self.tokenizer.save_pretrained(folder)
        print(f"kept {folder.name}", flush=True)


def parts(lengths: list[int]) -> Iterator[list[int]]:
    """The numbers of texts, sorted by length, in parts of about `_PART` pieces with their padding."""
    part: list[int] = []
    for number in sorted(range(len(lengths)), key=lengths.__getitem__):
        if part and (len(part) + 1) * lengths[number] > _PART:
            yield part
            part = []
        part.append(number)
    if part:
        yield part


if __name__ == "__main__":
    main()

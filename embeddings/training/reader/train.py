"""Train the reader: whether a passage answers a question, and where.

    python -m embeddings.training.reader.train TRUNK OUTPUT --pairs PAIRS --questions FILE.jsonl ... --cmrc ZIP
        --exclude QUESTIONS.jsonl ... [--minutes 55] [--layers 8 --frozen 3]

TRUNK is what `embeddings.training.origin` wrote, ZIP `pseudo_training_data/train-pseudo-cmrc2018.zip` of ymcui/expmrc.
The loss is that of each passage (binary), of the right one against its near misses (softmax), and of start and end.
Stopped, it goes on from the last state in OUTPUT; food that has grown since is taken in.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch.nn import functional

from embeddings.training import state
from embeddings.training.pairs import Exclusion, read_questions
from embeddings.training.reader.examples import Example, Group
from embeddings.training.reader.mixture import batches, read_groups
from embeddings.training.reader.model import HEAD, LONGEST, QUESTION, Reader, pieces

RATE, HEAD_RATE = 2e-4, 6e-4
WARM = 40  # steps in which the rate rises
SPAN = 0.5  # weight of start and end
_KEEP_SECONDS = 480
_PART = 8  # examples run at once, of about one length
_CLIP = 1.0


class Training:
    """A reader, its optimiser, and how far it is."""

    def __init__(
        self,
        trunk: Path,
        output: Path,
        seconds: float,
        layers: int,
        frozen: int,
        start: Path | None = None,
        half: bool = False,
    ) -> None:
        from transformers import AutoTokenizer

        torch.manual_seed(0)
        self.output, self.seconds, self.state = output, seconds, output / "state.pt"
        output.mkdir(parents=True, exist_ok=True)
        self.tokenizer = AutoTokenizer.from_pretrained(trunk)
        self.model = Reader(trunk, layers, frozen)
        if start is not None:
            self.model.load_state_dict(torch.load(start))
        self.half = half
        named = [(name, value) for name, value in self.model.named_parameters() if value.requires_grad]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": [v for n, v in named if n.startswith("base.")], "rate": RATE},
                {"params": [v for n, v in named if not n.startswith("base.")], "rate": HEAD_RATE},
            ],
            lr=RATE,
            weight_decay=0.01,
            fused=True,
        )
        self.step, self.spent = state.take_up(self.state, self.model, self.optimiser)

    def run(self, groups: list[Group]) -> None:
        """Until the time is used up; the rate falls to nothing with it."""
        kept, lines = self.spent, []
        for batch in self._from_here(groups):
            if self.spent >= self.seconds:
                break
            began = time.monotonic()
            for group in self.optimiser.param_groups:
                group["lr"] = group["rate"] * min(1.0, (self.step + 1) / WARM) * max(0.0, 1 - self.spent / self.seconds)
            lines.append(self._learn(batch))
            self.step += 1
            self.spent += time.monotonic() - began
            if self.step % 25 == 0:
                self._tell(lines[-25:])
            if self.spent - kept > _KEEP_SECONDS:
                self._keep()
                kept = self.spent
        self._keep()

    def _from_here(self, groups: list[Group]) -> Iterator[list[Group]]:
        number = 0
        for turn in range(100):
            for batch in batches(groups, turn):
                if number >= self.step:
                    yield batch
                number += 1

    def _learn(self, batch: list[Group]) -> tuple[float, ...]:
        """One step; the three losses, the share of groups with the right one first, and the examples."""
        examples = [e for group in batch for e in group.examples]
        with torch.autocast("cpu", torch.bfloat16, enabled=self.half):
            score, span = self._forward(examples)
        right = torch.tensor([float(e.answers) for e in examples])
        alone = functional.binary_cross_entropy_with_logits(score, right)
        against, first, at, several = torch.zeros(()), 0, 0, 0
        for group in batch:
            own = score[at : at + len(group.examples)]
            at += len(group.examples)
            if len(own) > 1 and group.examples[0].answers:
                against = against - torch.log_softmax(own, 0)[0]
                several, first = several + 1, first + int(own.argmax() == 0)
        against = against / max(1, several)
        loss = alone + against + SPAN * span
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), _CLIP)
        self.optimiser.step()
        self.optimiser.zero_grad()
        return alone.item(), against.item(), span.item() / 2, first / max(1, several), len(examples)

    def _forward(self, examples: list[Example]) -> tuple[torch.Tensor, torch.Tensor]:
        """(n,) scores of the examples and the loss of start and end; run in parts of about one length."""
        order = sorted(range(len(examples)), key=lambda n: self._length(examples[n]))
        scores: list[torch.Tensor] = [torch.zeros(())] * len(examples)
        losses = []
        for end in range(len(order), 0, -_PART):
            part = order[max(0, end - _PART) : end]
            told = pieces(self.tokenizer, [examples[n] for n in part])
            score, places = self.model(told.ids, told.mask, told.passage)
            score, places = score.float(), places.float()
            for number, one in zip(part, score, strict=True):
                scores[number] = one
            for kind, right in enumerate((told.start, told.end)):
                marked = (told.start >= 0) & (told.end >= 0)
                losses.append(functional.cross_entropy(places[marked][:, :, kind], right[marked], reduction="none"))
        together = torch.cat(losses)
        return torch.stack(scores), together.sum() * 2 / max(1, len(together))

    def _length(self, one: Example) -> int:
        asked = self.tokenizer(QUESTION + one.question, one.head[:HEAD] + "\n" + one.text)
        return min(LONGEST, len(asked["input_ids"]))

    def _tell(self, lines: list[tuple[float, ...]]) -> None:
        alone, against, span, first, count = (sum(line[i] for line in lines) / len(lines) for i in range(5))
        said = f"alone {alone:.3f} against {against:.3f} span {span:.3f} first {first:.3f}"
        print(
            f"step {self.step} {self.spent / 60:.1f} min {said} examples {count:.0f} cpu {time.process_time():.0f} s",
            flush=True,
        )

    def _keep(self) -> None:
        state.keep(self.state, self.model, self.optimiser, self.step, self.spent)
        torch.save(self.model.state_dict(), self.output / f"step-{self.step}.pt")
        print(f"kept step {self.step}", flush=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trunk", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--questions", type=Path, nargs="+", required=True)
    parser.add_argument("--cmrc", type=Path, required=True)
    parser.add_argument("--exclude", type=Path, nargs="*", default=[], help="questions that must not be trained on")
    parser.add_argument("--minutes", type=float, default=55.0)
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--frozen", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=Path, help="weights to go on from: as `again` or a training before wrote them")
    parser.add_argument("--half", action="store_true", help="16-bit products: faster where the processor has AMX")
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    exclude = Exclusion(read_questions(chosen.exclude))
    groups = read_groups(chosen.pairs, chosen.questions, chosen.cmrc, exclude, chosen.seed)
    Training(
        chosen.trunk, chosen.output, chosen.minutes * 60, chosen.layers, chosen.frozen, chosen.start, chosen.half
    ).run(groups)


if __name__ == "__main__":
    main()

"""The reader as it is trained: the lower layers of the trunk, two scores for each piece, one for the passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from embeddings.training.attention import plain_attention
from embeddings.training.reader.examples import Example

QUESTION = "query: "
HEAD = 60  # characters of what stands above the passage
LONGEST = 256  # pieces
ROUND = 32  # texts are filled up to a multiple of so many pieces: products of a new shape are compiled first, and kept
_NEVER = -1e4  # score of a place that cannot be the answer's


class Reader(nn.Module):
    """Score that the passage answers, and of each piece that the answer starts or ends there."""

    def __init__(self, trunk: Path, layers: int, frozen: int) -> None:
        from transformers import AutoModel

        super().__init__()
        self.base = AutoModel.from_pretrained(
            trunk, add_pooling_layer=False, num_hidden_layers=layers, attn_implementation=plain_attention()
        )
        width = self.base.config.hidden_size
        self.span = nn.Linear(width, 2)
        self.first = nn.Linear(2 * width, width)
        self.second = nn.Linear(width, 1)
        self.base.embeddings.word_embeddings.weight.data = _eight_bits(self.base.embeddings.word_embeddings.weight.data)
        for part in (self.base.embeddings, *self.base.encoder.layer[:frozen]):
            part.requires_grad_(False)
        self.base.eval()  # no dropout: half the time, and every batch is new

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, passage: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """(n,) scores of passages, (n, length, 2) of places; `passage` is 1 at the pieces of the text itself.

        The passage is judged by its first piece and by the place where an answer would start: what would be the
        answer, if there were one.
        """
        hidden = self.base(input_ids=ids, attention_mask=mask).last_hidden_state
        places = self.span(hidden) + (1 - passage[:, :, None]) * _NEVER
        there = (torch.softmax(places[:, :, 0], dim=1)[:, :, None] * hidden).sum(1)
        score = self.second(torch.tanh(self.first(torch.cat([hidden[:, 0], there], dim=1))))
        return score.squeeze(-1), places


def _eight_bits(table: torch.Tensor) -> torch.Tensor:
    """The table as the shipped encoder has it: the layers above it learn with the values they will be given."""
    return table.to(torch.float8_e4m3fn).to(torch.float32)


@dataclass
class Pieces:
    """Examples as tensors; `start` and `end` are pieces, -1 where no answer is marked."""

    ids: torch.Tensor
    mask: torch.Tensor
    passage: torch.Tensor
    start: torch.Tensor
    end: torch.Tensor
    offsets: list[list[tuple[int, int]]]


def pieces(tokenizer: Any, examples: Sequence[Example]) -> Pieces:
    """Tokenize; the text is cut at `LONGEST` pieces."""
    heads = [e.head[:HEAD] + "\n" for e in examples]
    told = tokenizer(
        [QUESTION + e.question for e in examples],
        [h + e.text for h, e in zip(heads, examples, strict=True)],
        truncation="only_second",
        max_length=LONGEST,
        padding=True,
        pad_to_multiple_of=ROUND,
        return_tensors="pt",
        return_offsets_mapping=True,
    )
    passage = torch.zeros(told.input_ids.shape)
    starts, ends, offsets = [], [], []
    for row, (head, one) in enumerate(zip(heads, examples, strict=True)):
        places = [(a - len(head), b - len(head)) for a, b in told.offset_mapping[row].tolist()]
        own = [
            n
            for n, (place, of) in enumerate(zip(places, told.sequence_ids(row), strict=True))
            if of == 1 and place[1] > 0
        ]
        passage[row, own] = 1
        starts.append(next((n for n in own if places[n][0] <= one.start < places[n][1]), -1))
        ends.append(next((n for n in own if places[n][0] < one.end <= places[n][1]), -1))
        offsets.append(places)
    return Pieces(told.input_ids, told.attention_mask, passage, torch.tensor(starts), torch.tensor(ends), offsets)

"""Attention of plain products, for training on a processor.

The fused attention of torch takes half of a step in its backward pass there, and the plain one of transformers makes
32-bit copies of 16-bit scores.
"""

from __future__ import annotations

from typing import Any

import torch

_NAME = "tjqa-plain"


def plain_attention() -> str:
    """The name by which transformers knows it: `AutoModel.from_pretrained(..., attn_implementation=...)`."""
    from transformers import AttentionInterface, AttentionMaskInterface
    from transformers.masking_utils import eager_mask

    AttentionInterface.register(_NAME, _attention)
    AttentionMaskInterface.register(_NAME, eager_mask)
    return _NAME


def _attention(
    _: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    mask: torch.Tensor | None,
    scaling: float,
    **__: Any,
) -> tuple[torch.Tensor, None]:
    """(rows, length, heads, width) out of three of (rows, heads, length, width), all in the type that they are given
    in; `mask` is added to the scores."""
    rows, heads, length, width = query.shape
    with torch.autocast("cpu", enabled=False):
        query, key, value = (part.reshape(rows * heads, length, width) for part in (query, key, value))
        scores = torch.bmm(query * scaling, key.transpose(1, 2)).view(rows, heads, length, length)
        if mask is not None:
            scores = scores + mask.to(scores.dtype)
        seen = torch.bmm(torch.softmax(scores, -1).view(rows * heads, length, length), value)
    return seen.view(rows, heads, length, width).transpose(1, 2).contiguous(), None

"""How answers and cleaning are scored against the gold data, on the JSON lines the commands print.

Written apart from `tjqa.evaluation`, so that a fault there cannot hide one here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]

SHARE = 0.6  # of an evidence span that one citation must cover
LONGEST = 600  # characters of a citation that may count


def recall(question: Row, hits: Sequence[Row], k: int) -> float:
    """Share of the question's evidence spans (or their alternates) that the first k hits cover."""
    usable = [hit for hit in hits[:k] if hit["end"] - hit["start"] <= LONGEST]
    found = 0
    for number, evidence in enumerate(question["evidence"]):
        places = [evidence, *(a for a in question["alternates"] if a["replaces"] == number)]
        found += any(_covers(hit, place) for hit in usable for place in places)
    return found / len(question["evidence"])


def _covers(hit: Row, place: Row) -> bool:
    both = min(hit["end"], place["end"]) - max(hit["start"], place["start"])
    return bool(hit["file"] == place["file"] and both >= SHARE * (place["end"] - place["start"]))


def answered(question: Row, row: Row) -> bool:
    """True when the answer is short and holds every answer span, of a list three in five."""
    answer, spans = _unified(row["answer"] or ""), question["answer_spans"]
    limit = max(200, 3 * sum(len(_unified(e["text"])) for e in question["evidence"]))
    if row["abstained"] or not answer or len(answer) > limit:
        return False
    needed = 0.6 * len(spans) if question["type"] == "list" else len(spans)
    return sum(_holds(answer, _unified(span)) for span in spans) >= needed


def _holds(answer: str, span: str) -> bool:
    left = r"(?<![0-9.])" if span[:1].isdigit() else ""
    right = r"(?![0-9]|\.[0-9])" if span[-1:].isdigit() else ""
    return re.search(left + re.escape(span) + right, answer) is not None


def _unified(text: str) -> str:
    wide = re.sub(r"(?<=\d)\s+(?=\d)", "_", unicodedata.normalize("NFKC", text))
    return re.sub(r"[\s“”‘’「」『』'\"]+", "", wide).lower()


def kept_shares(cleaning: Row, passages: Iterable[Row], texts: Mapping[str, str]) -> dict[str, float]:
    """Share of the labelled characters (white space left out) that stand in a passage, for each label."""
    kept: dict[str, set[int]] = defaultdict(set)
    for passage in passages:
        kept[passage["file"]].update(range(passage["start"], passage["end"]))
    total: dict[str, int] = defaultdict(int)
    held: dict[str, int] = defaultdict(int)
    for name, page in cleaning["files"].items():
        for line in page["lines"]:
            for piece in line.get("parts", [line]):
                places = [at for at in range(piece["start"], piece["end"]) if not texts[name][at].isspace()]
                total[piece["label"]] += len(places)
                held[piece["label"]] += sum(at in kept[name] for at in places)
    return {label: held[label] / total[label] for label in total}


def noise_share(cleaning: Row, hits: Sequence[Row]) -> float:
    """Share of the first five hits that are mostly page furniture."""
    noisy = 0
    for hit in hits[:5]:
        counts: dict[str, int] = defaultdict(int)
        for line in cleaning["files"].get(hit["file"], {"lines": []})["lines"]:
            for piece in line.get("parts", [line]):
                counts[piece["label"]] += max(0, min(piece["end"], hit["end"]) - max(piece["start"], hit["start"]))
        noisy += counts["noise"] > counts["keep"] + counts["title"] + counts["meta"]
    return noisy / max(1, len(hits[:5]))

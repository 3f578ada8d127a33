"""What the features of ranking are called."""

from __future__ import annotations

LABELS = {
    "bias": "基数",
    "lexical": "词 BM25",
    "dense": "向量",
    "coverage": "词覆盖",
    "sentence": "句覆盖",
    "sentences": "邻句覆盖",
    "context": "标题章节",
    "kind": "问法相符",
    "phrase": "连续原词",
    "article": "同文覆盖",
    "article_lexical": "同文 BM25",
    "body": "正文",
    "byline": "署名日期行",
    "year_missed": "年份不符",
    "place_missed": "地名不符",
    "rare": "生僻词",
    "rare_sentence": "句中生僻词",
    "soft": "近义",
    "soft_window": "邻近子句近义",
    "soft_focus": "所问近义",
    "support": "逐词支持",
}
"""What a person reads for each feature of a passage (`tjqa ask --explain`)."""

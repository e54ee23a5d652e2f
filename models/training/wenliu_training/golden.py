"""Golden lines: what a released model must answer to sentences of our own, for the tests in Python and in Java."""

import json
import os
from typing import Dict, List

import torch

from .decoding import Span
from .encoding import encode
from .evaluate import decode
from .lexicon import join

SENTENCES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "golden", "sentences.jsonl")


def sentences() -> List[dict]:
    with open(SENTENCES, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def hints_of(row: dict, bit_of: Dict[str, int], categories: Dict[str, str]) -> Dict[str, int]:
    """The flags that pinned entities and discovered words set; a type without a category sets none."""
    added: Dict[str, int] = {}
    for pin in row.get("pinned", ()):
        bit = bit_of.get(categories.get(pin["type"], pin["type"]), 0)
        if bit:
            word = join(encode(pin["text"]).keys)
            added[word] = added.get(word, 0) | bit
    for word in row.get("words", ()):
        word = join(encode(word).keys)
        added[word] = added.get(word, 0) | bit_of["word"]
    return added


def features_of(row: dict, features, categories: Dict[str, str]):
    """Encoded text, dense features [1, length, width] and lengths [1] of a golden sentence."""
    text = encode(row["text"])
    encoded = features.encode(text.keys)
    flags = features.flags(encoded, hints_of(row, features.lexicon.bit_of, categories))
    return (text,) + features.dense([encoded], [flags])


def start_of(scheme: str, row: dict, text, dense: torch.Tensor, count: int) -> dict:
    """The part of a golden line that every task has."""
    line = {"scheme": scheme, "text": row["text"]}
    line.update({key: row[key] for key in ("pinned", "words") if key in row})
    valid = dense[0, :count].double().numpy()
    line["positions"] = count
    line["features"] = {"first": [float(v) for v in dense[0, 0, :8]], "sum": float(valid.sum())}
    return line


def entity_lines(model, features, scheme: str, head: str, labels, categories, thresholds) -> List[dict]:
    lines = []
    for row in sentences():
        text, dense, lengths = features_of(row, features, categories)
        count = int(lengths[0])
        with torch.no_grad():
            logits = model(dense, lengths, head)[0, :count].numpy()
        line = start_of(scheme, row, text, dense, count)
        line["scores"] = [[round(float(v), 6) for v in logits[0]]]
        line["entities"] = [entity(text, span, labels) for span in decode(logits, model.heads[head], labels, thresholds)]
        lines.append(line)
    return lines


def entity(text, span: Span, labels) -> dict:
    return {"start": text.starts[span.start], "end": text.ends[span.end], "type": labels[span.label],
            "score": round(span.score, 6)}


def write(path: str, lines: List[dict]) -> None:
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)

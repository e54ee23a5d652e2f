"""Puts exported parts and the shared tables together into a package folder that never changes again.

A release file: {"name", "version", "description", "licence", "terms", "parts": [folders below work/parts],
"trainingData": [{"name", "terms"}], "card": file of the card's own words}. Each part folder holds part.json {"files",
"schemes", "scores", optional "trainingData"}, its graphs and golden.jsonl.
"""

import hashlib
import json
import os
import shutil
from typing import List

from .evaluate import OVERLAP
from .examples import LONGEST
from .export import commit
from .tables import log

LARGEST = 16 * 1024 * 1024
TABLES = {"characters": ("chars.txt", "chars.i8"), "bigrams": ("bigrams.txt", "bigrams.i8"),
          "words": ("words.txt", "words.i8")}


def release(config: str, work: str, out: str) -> str:
    with open(config, encoding="utf-8") as source:
        plan = json.load(source)
    folder = os.path.join(out, plan["name"], plan["version"])
    if os.path.exists(folder):
        shutil.rmtree(folder)
    os.makedirs(folder)
    parts = []
    for name in plan["parts"]:
        path = os.path.join(work, "parts", name)
        with open(os.path.join(path, "part.json"), encoding="utf-8") as source:
            parts.append((path, json.load(source)))
    blocks = parts[0][1]["blocks"]
    if any(part["blocks"] != blocks for _, part in parts):
        raise ValueError("%s: the parts read different features: %s" % (config, [p["blocks"] for _, p in parts]))
    features = copy_tables(os.path.join(work, "tables"), folder, blocks)
    schemes, golden, training = {}, [], list(plan["trainingData"])
    for path, part in parts:
        for file in part["files"]:
            shutil.copyfile(os.path.join(path, file), os.path.join(folder, file))
        for name, entry in part["schemes"].items():
            if name in schemes:
                raise ValueError("%s: the scheme %s stands in two parts" % (config, name))
            schemes[name] = entry
        with open(os.path.join(path, "golden.jsonl"), encoding="utf-8") as lines:
            golden += lines.readlines()
        training += [row for row in part.get("trainingData", []) if row not in training]
    with open(os.path.join(folder, "golden.jsonl"), "w", encoding="utf-8", newline="\n") as out_file:
        out_file.writelines(golden)
    write_card(folder, plan, os.path.dirname(config), parts, training)
    manifest = {"format": 1, "name": plan["name"], "version": plan["version"], "kind": "extractor",
                "description": plan["description"], "licence": plan["licence"], "terms": plan["terms"],
                "trainingData": training, "commit": commit(), "files": files_of(folder),
                "encoding": {"maxPositions": LONGEST, "overlap": OVERLAP}, "features": features, "schemes": schemes}
    with open(os.path.join(folder, "manifest.json"), "w", encoding="utf-8", newline="\n") as out_file:
        json.dump(manifest, out_file, ensure_ascii=False, indent=1)
        out_file.write("\n")
    log("%s: %d files, %d bytes, schemes %s", folder, len(manifest["files"]),
        sum(f["bytes"] for f in manifest["files"]), ", ".join(schemes))
    return folder


def copy_tables(tables: str, folder: str, blocks: List[str]) -> List[dict]:
    from .vectors import read_table
    features = []
    for block in blocks:
        if block == "lexicon":
            shutil.copyfile(os.path.join(tables, "lexicon.tsv"), os.path.join(folder, "lexicon.tsv"))
            with open(os.path.join(tables, "categories.json"), encoding="utf-8") as source:
                features.append({"kind": "lexicon", "file": "lexicon.tsv", "categories": json.load(source)})
            continue
        vocabulary, table = TABLES[block]
        for name in (vocabulary, table):
            shutil.copyfile(os.path.join(tables, name), os.path.join(folder, name))
        features.append({"kind": block, "vocabulary": vocabulary, "table": table,
                         "dimensions": int(read_table(os.path.join(tables, table)).shape[1])})
    return features


def files_of(folder: str) -> List[dict]:
    files = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as source:
            data = source.read()
        if len(data) > LARGEST:
            raise ValueError("%s has %d bytes, at most %d are allowed" % (name, len(data), LARGEST))
        files.append({"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
    return files


def write_card(folder: str, plan: dict, base: str, parts, training: List[dict]) -> None:
    with open(os.path.join(base, plan["card"]), encoding="utf-8") as source:
        text = source.read()
    scores = ["| scheme | judged on | F1 | precision | recall |", "|---|---|---|---|---|"]
    for _, part in parts:
        for scheme, result in part.get("scores", {}).items():
            several = result.get("sets", ())
            for one in several if len(several) > 1 else (result,):
                scores.append("| `%s` | %s | %.2f | %.2f | %.2f |" % (
                    scheme, one.get("judgedOn", "development rows"), one["f1"], one["precision"], one["recall"]))
    data = ["| data | terms |", "|---|---|"] + ["| %s | %s |" % (row["name"], row["terms"]) for row in training]
    labels = ["| scheme | labels |", "|---|---|"]
    for _, part in parts:
        for scheme, entry in part["schemes"].items():
            names = entry.get("labels") or [p["name"] for p in entry["predicates"]]
            labels.append("| `%s` | %s |" % (scheme, ", ".join(dict.fromkeys(names))))
    for mark, lines in (("SCORES", scores), ("DATA", data), ("LABELS", labels)):
        text = text.replace("{{%s}}" % mark, "\n".join(lines))
    with open(os.path.join(folder, "MODEL_CARD.md"), "w", encoding="utf-8", newline="\n") as out:
        out.write(text)

#!/usr/bin/env python3
# Licensed under the Apache License, Version 2.0; see LICENSE at the root of the repository.
"""Checks the sample stream in this folder; Python 3 standard library only.

    python3 check_sample.py           check everything, exit 1 if there are faults
    python3 check_sample.py --write   recompute planted.tsv and the id columns of topics.tsv, then check

The words and their topics are read from planted.tsv (columns 1 and 2); the ids and counts are computed.
"""
import base64
import collections
import datetime
import json
import math
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
MIN_ITEMS, MIN_WORDS, MIN_DOCS, MIN_NEIGHBOURS, MIN_ENTROPY = 320, 30, 12, 6, 2.0
MIN_TEXT, MAX_TEXT, MAX_SHARED = 25, 140, 13
MAX_LATE_SECONDS, MAX_LATE_ITEMS = 4, 10
MAX_CODE_POINTS, MAX_DEPTH = 65536, 1000
FIRST_DAY, LAST_DAY = datetime.date(2026, 3, 1), datetime.date(2026, 3, 21)
ZONE = datetime.timezone(datetime.timedelta(hours=8))
CHANNEL = re.compile(r"[a-z0-9][a-z0-9_.-]*\Z")
KEYS = {"id", "text", "time", "source", "channel", "metadata"}
ENTRY_KEYS = {"id", "name", "aliases", "types", "description", "facts", "redirect"}
MIN_ENTRIES, MAX_ENTRIES, MIN_SHARED_NAMES = 40, 80, 3

faults = []


def fault(message):
    faults.append(message)


def lines(name):
    raw = (HERE / name).read_bytes()
    if raw.startswith(b"\xef\xbb\xbf") or b"\r" in raw or not raw.endswith(b"\n"):
        fault(f"{name}: wants UTF-8 without BOM, LF line ends and a final line end")
    return raw.decode("utf-8").splitlines()


def parse_time(value):
    """(kind, moment): offset date-time, date only (start of the day at +08:00), or epoch milliseconds."""
    if isinstance(value, int) and not isinstance(value, bool):
        return "millis", datetime.datetime.fromtimestamp(value / 1000, ZONE)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return "date", datetime.datetime.fromisoformat(value).replace(tzinfo=ZONE)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", value):
        return "offset", datetime.datetime.fromisoformat(value)
    raise ValueError(f"time {value!r}")


def check_documents():
    documents, kinds, texts, late, previous = [], collections.Counter(), {}, 0, None
    for number, line in enumerate(lines("documents.jsonl"), 1):
        where = f"documents.jsonl:{number}"
        try:
            document = json.loads(line)
        except ValueError as error:
            fault(f"{where}: {error}")
            continue
        documents.append(document)
        if set(document) - KEYS or not {"id", "text", "source"} <= set(document):
            fault(f"{where}: fields {sorted(document)}")
            continue
        if document["id"] != f"s-{number:04d}":
            fault(f"{where}: id {document['id']}, wanted s-{number:04d}")
        text = document["text"]
        if not MIN_TEXT <= len(text) <= MAX_TEXT:
            fault(f"{where}: {len(text)} characters")
        if text != text.strip() or "\n" in text or "\ufffd" in text:
            fault(f"{where}: blank edges, a line break or a replacement character")
        folded = re.sub(r"\W", "", unicodedata.normalize("NFKC", text))
        if folded in texts:
            fault(f"{where}: same text as line {texts[folded]}")
        texts[folded] = number
        if not CHANNEL.match(document.get("channel", "main")):
            fault(f"{where}: channel {document['channel']!r}")
        metadata = document.get("metadata", {})
        if not all(isinstance(v, str) for v in metadata.values()):
            fault(f"{where}: metadata values are strings")
        if "time" not in document:
            kinds["none"] += 1
            continue
        try:
            kind, moment = parse_time(document["time"])
        except ValueError as error:
            fault(f"{where}: {error}")
            continue
        kinds[kind] += 1
        if not FIRST_DAY <= moment.date() <= LAST_DAY:
            fault(f"{where}: {moment} is outside the three weeks")
        if previous and moment < previous:
            late += 1
            if (previous - moment).total_seconds() > MAX_LATE_SECONDS:
                fault(f"{where}: {moment} is more than {MAX_LATE_SECONDS} s behind {previous}")
        previous = max(previous, moment) if previous else moment
    if len(documents) < MIN_ITEMS:
        fault(f"documents.jsonl: {len(documents)} items, wanted {MIN_ITEMS}")
    if (kinds["none"], kinds["date"], kinds["millis"]) != (2, 2, 1):
        fault(f"documents.jsonl: kinds of time {dict(kinds)}, wanted 2 without, 2 date-only, 1 in milliseconds")
    if not 3 <= late <= MAX_LATE_ITEMS:
        fault(f"documents.jsonl: {late} items out of order, wanted 3 to {MAX_LATE_ITEMS}")
    seen = {}
    for document in documents:
        text, size = document["text"], MAX_SHARED + 1
        for at in range(len(text) - size + 1):
            other = seen.setdefault(text[at:at + size], document["id"])
            if other != document["id"]:
                fault(f"{document['id']} and {other} share {text[at:at + size]!r}")
    return documents, kinds, late


def entropy(counter):
    total = sum(counter.values())
    return -sum(n / total * math.log2(n / total) for n in counter.values())


def neighbours(word, documents):
    left, right = collections.Counter(), collections.Counter()
    for document in documents:
        text, size = document["text"], len(word)
        for match in re.finditer(re.escape(word), text):
            left[text[match.start() - 1] if match.start() else "^"] += 1
            right[text[match.end()] if match.end() < len(text) else "$"] += 1
    return left, right


def check_planted(documents, write):
    words = [line.split("\t")[:2] for line in lines("planted.tsv")]
    rows = []
    for word, topic in words:
        ids = [d["id"] for d in documents if word in d["text"]]
        rows.append(f"{word}\t{topic}\t{ids[0] if ids else '-'}\t{len(ids)}")
        if len(ids) < MIN_DOCS:
            fault(f"planted.tsv: {word} is in {len(ids)} items only")
        if not 2 <= len(word) <= 5:
            fault(f"planted.tsv: {word} has {len(word)} characters")
        for side, counter in zip(("left", "right"), neighbours(word, documents)):
            if len(counter) < MIN_NEIGHBOURS or entropy(counter) < MIN_ENTROPY:
                fault(f"planted.tsv: {word} has {len(counter)} {side} neighbours, {entropy(counter):.2f} bits")
        for other, _ in words:
            if other != word and other in word:
                fault(f"planted.tsv: {other} lies inside {word}")
    if write:
        (HERE / "planted.tsv").write_text("".join(row + "\n" for row in rows), encoding="utf-8", newline="\n")
    elif rows != lines("planted.tsv"):
        fault("planted.tsv is not what the items give; run with --write")
    if len(words) < MIN_WORDS or len({w for w, _ in words}) != len(words):
        fault(f"planted.tsv: {len(words)} words, wanted {MIN_WORDS} different ones")
    return words


def check_topics(documents, words, write):
    rows = []
    for line in lines("topics.tsv"):
        name, description, _, _, main = line.split("\t")
        ids = [d["id"] for d in documents if any(w in d["text"] for w in main.split(" "))]
        rows.append("\t".join((name, description, ids[0] if ids else "-", ids[-1] if ids else "-", main)))
        for word, topic in words:
            if topic == name and word not in main.split(" "):
                fault(f"topics.tsv: {name} does not list {word}")
        for word in main.split(" "):
            if not any(word in d["text"] for d in documents):
                fault(f"topics.tsv: {word} is in no item")
    if write:
        (HERE / "topics.tsv").write_text("".join(row + "\n" for row in rows), encoding="utf-8", newline="\n")
    elif rows != lines("topics.tsv"):
        fault("topics.tsv has other first or last ids than the items give; run with --write")
    names = [row.split("\t")[0] for row in rows]
    if len(names) != 7 or {topic for _, topic in words} != set(names):
        fault(f"topics.tsv: topics {names}")
    return names


def depth(text):
    level = deepest = 0
    for part in re.findall(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text):
        level += (part in "[{") - (part in "]}") if len(part) == 1 else 0
        deepest = max(deepest, level)
    return deepest


def classify(value, is_json):
    """The class that a record of these bytes is expected to be turned away with; None if it is good."""
    if not value:
        return "SCHEMA"
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        return "ENCODING"
    if is_json:
        if depth(text) > MAX_DEPTH:
            return "PARSE"
        try:
            record = json.loads(text)
        except ValueError:
            return "PARSE"
        text = record.get("text")
        if not isinstance(text, str) or not CHANNEL.match(record.get("channel", "main")):
            return "SCHEMA"
        if "time" in record:
            try:
                parse_time(record["time"])
            except ValueError:
                return "SCHEMA"
    return "TOO_LARGE" if len(text) > MAX_CODE_POINTS else None


def check_bad_records(count):
    classes, last = collections.Counter(), 0
    for number, line in enumerate(lines("bad-records.jsonl"), 1):
        where, bad = f"bad-records.jsonl:{number}", json.loads(line)
        forms = {"valueBase64", "valueRepeat", "valueNull"} & set(bad)
        if len(forms) != 1 or set(bad) - forms - {"afterLine", "reason", "class", "headers"} or not bad["reason"]:
            fault(f"{where}: fields {sorted(bad)}")
            continue
        if not last <= bad["afterLine"] <= count:
            fault(f"{where}: afterLine {bad['afterLine']}")
        last = bad["afterLine"]
        value = None
        if "valueBase64" in bad:
            value = base64.b64decode(bad["valueBase64"], validate=True)
        elif "valueRepeat" in bad:
            value = (bad["valueRepeat"]["unit"] * bad["valueRepeat"]["times"]).encode("utf-8")
        elif bad["valueNull"] is not True:
            fault(f"{where}: valueNull is true or absent")
        found = classify(value, bad.get("headers", {}).get("content-type") == "application/json")
        if found != bad["class"]:
            fault(f"{where}: class {bad['class']}, the bytes give {found}")
        classes[bad["class"]] += 1
    if set(classes) != {"PARSE", "SCHEMA", "ENCODING", "TOO_LARGE"} or sum(classes.values()) != 12:
        fault(f"bad-records.jsonl: {dict(classes)}, wanted twelve records of four classes")
    return classes


def check_knowledge_base(documents):
    entries, of_name = {}, collections.defaultdict(list)
    for number, line in enumerate(lines("kb.jsonl"), 1):
        where, entry = f"kb.jsonl:{number}", json.loads(line)
        if set(entry) - ENTRY_KEYS or not {"id", "name"} <= set(entry) or not all(entry.values()):
            fault(f"{where}: fields {sorted(entry)}, or one of them is empty")
            continue
        if entry["id"] in entries:
            fault(f"{where}: id {entry['id']} is there twice")
        entries[entry["id"]] = entry
        names = [entry["name"]] + entry.get("aliases", [])
        for name in names:
            of_name[name].append(entry["id"])
        if not any(name in d["text"] for name in names for d in documents):
            fault(f"{where}: no item mentions {entry['id']}")
        if any(set(fact) != {"p", "o"} for fact in entry.get("facts", [])):
            fault(f"{where}: facts of {entry['id']}")
        if "redirect" not in entry and not {"types", "description"} <= set(entry):
            fault(f"{where}: {entry['id']} has no types or no description")
    for entry in entries.values():
        if "redirect" in entry and "redirect" in entries.get(entry["redirect"], {"redirect": None}):
            fault(f"kb.jsonl: {entry['id']} does not redirect to an entry")
    shared = {name for name, ids in of_name.items() if len(ids) > 1}
    if not MIN_ENTRIES <= len(entries) <= MAX_ENTRIES or len(shared) < MIN_SHARED_NAMES:
        fault(f"kb.jsonl: {len(entries)} entries, {len(shared)} names of several")
    if not any("redirect" in entry for entry in entries.values()):
        fault("kb.jsonl: no redirect")
    return len(entries), len(shared)


def main(arguments):
    if set(arguments) - {"--write"}:
        sys.exit(__doc__)
    write = "--write" in arguments
    documents, kinds, late = check_documents()
    words = check_planted(documents, write)
    topics = check_topics(documents, words, write)
    classes = check_bad_records(len(documents))
    entries, shared = check_knowledge_base(documents)
    for message in faults:
        print("FAULT", message)
    lengths = [len(d["text"]) for d in documents]
    print(f"{len(documents)} items of {min(lengths)} to {max(lengths)} characters, {late} out of order, "
          f"times {dict(kinds)}; {len(words)} planted words, {len(topics)} topics, "
          f"{entries} entries with {shared} shared names, bad records {dict(classes)}")
    print("ok" if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

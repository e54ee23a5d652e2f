#!/usr/bin/python3
"""Makes a tiny token classifier of the kind that people export: tokenizer.json (WordPiece) and
model.onnx (a transformer of two layers), as a model package beside this script, with a golden file
that Java must agree with. Weights are fixed by the seed, the sentences are invented here.

    python3 make_tiny_transformer.py

Tokens, offsets, logits and spans of the golden file come from this script's own tokenizer and
decoder, not from the libraries that Java uses.
"""
import hashlib
import json
import math
import pathlib
import random
import re
import shutil
import unicodedata

import numpy
import torch

HERE = pathlib.Path(__file__).parent
PACKAGE = HERE / "tiny-transformer" / "v1"
LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG"]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
MAX_POSITIONS, OVERLAP, WIDTH, HEADS, LAYERS = 32, 8, 32, 2, 2

PEOPLE = ["林小满", "周知远", "𠮷田明", "许青", "Ada Wen"]
PLACES = ["云溪", "石桥镇", "海棠湾", "𠀋山"]
GROUPS = ["文流社", "北辰研究所", "wenliu"]
PATTERNS = [
    "{p}去{l}看海。", "{p}和{q}在{l}见面。", "{o}的{p}住在{l}。", "昨天{p}离开了{o}！",
    "{l}下雨了😀", "{o}在{l}招人。", "今天没有风。", "他说：{p}很忙。", "👨‍👩‍👧在{l}玩。",
]


def is_han(c):
    o = ord(c)
    return 0x4E00 <= o <= 0x9FFF or 0x3400 <= o <= 0x4DBF or 0x20000 <= o <= 0x2A6DF


def is_punctuation(c):
    return (unicodedata.category(c).startswith("P")
            or 33 <= ord(c) <= 47 or 58 <= ord(c) <= 64 or 91 <= ord(c) <= 96 or 123 <= ord(c) <= 126)


def words(text):
    """Words as BERT cuts them, each a list of (normalised character, place of its code point)."""
    cut, word = [], []

    def end():
        if word:
            cut.append(list(word))
            word.clear()

    for place, c in enumerate(text):
        if c in "\0\ufffd" or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn") and c not in "\t\n\r":
            continue
        if c.isspace():
            end()
            continue
        for d in unicodedata.normalize("NFD", c):
            if unicodedata.category(d) == "Mn":
                continue
            for e in d.lower():
                if is_han(e) or is_punctuation(e):
                    end()
                    cut.append([(e, place)])
                else:
                    word.append((e, place))
    end()
    return cut


def pieces(text, vocabulary):
    """Tokens of a text: id, first code point, code point after the last, number of the word."""
    found = []
    for number, word in enumerate(words(text)):
        at, cut = 0, []
        while at < len(word):
            for to in range(len(word), at, -1):
                piece = ("##" if at else "") + "".join(c for c, _ in word[at:to])
                if piece in vocabulary:
                    cut.append((vocabulary[piece], word[at][1], word[to - 1][1] + 1, number))
                    at = to
                    break
            else:
                cut = [(vocabulary["[UNK]"], word[0][1], word[-1][1] + 1, number)]
                break
        found += cut
    return found


def sentences(count, chance):
    made = []
    for _ in range(count):
        pattern = chance.choice(PATTERNS)
        text, spans = "", []
        for part in re.split(r"(\{.\})", pattern):
            names = {"{p}": (PEOPLE, "PER"), "{q}": (PEOPLE, "PER"), "{l}": (PLACES, "LOC"),
                     "{o}": (GROUPS, "ORG")}.get(part)
            if names:
                name = chance.choice(names[0])
                spans.append((len(text), len(text) + len(name), names[1]))
                text += name
            else:
                text += part
        made.append((text, spans))
    return made


class Attention(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.all = torch.nn.Linear(WIDTH, 3 * WIDTH)
        self.out = torch.nn.Linear(WIDTH, WIDTH)

    def forward(self, x, mask):
        b, n, _ = x.shape
        q, k, v = self.all(x).reshape(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        weights = q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + mask
        mixed = torch.softmax(weights, -1) @ v
        return self.out(mixed.permute(0, 2, 1, 3).reshape(b, n, WIDTH))


class Layer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = Attention()
        self.first = torch.nn.LayerNorm(WIDTH)
        self.up = torch.nn.Linear(WIDTH, 2 * WIDTH)
        self.down = torch.nn.Linear(2 * WIDTH, WIDTH)
        self.second = torch.nn.LayerNorm(WIDTH)

    def forward(self, x, mask):
        x = self.first(x + self.attention(x, mask))
        return self.second(x + self.down(torch.nn.functional.gelu(self.up(x))))


class Tagger(torch.nn.Module):
    def __init__(self, tokens):
        super().__init__()
        self.token = torch.nn.Embedding(tokens, WIDTH)
        self.position = torch.nn.Embedding(MAX_POSITIONS, WIDTH)
        self.kind = torch.nn.Embedding(2, WIDTH)
        self.norm = torch.nn.LayerNorm(WIDTH)
        self.layers = torch.nn.ModuleList(Layer() for _ in range(LAYERS))
        self.classify = torch.nn.Linear(WIDTH, len(LABELS))

    def forward(self, input_ids, attention_mask, token_type_ids):
        places = torch.cumsum(torch.ones_like(input_ids), 1) - 1
        x = self.norm(self.token(input_ids) + self.position(places) + self.kind(token_type_ids))
        mask = (1.0 - attention_mask.to(torch.float32))[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, mask)
        return self.classify(x)


def tags(tokens, spans):
    """The tag of each token; of a word's later pieces too."""
    found = []
    for _, start, end, _ in tokens:
        tag = 0
        for first, last, kind in spans:
            if first <= start and end <= last:
                tag = LABELS.index(("B-" if start == first else "I-") + kind)
        found.append(tag)
    return found


def train(model, vocabulary, chance):
    """Trains on stretches of up to a full row, cut anywhere, as windows of long texts are."""
    rows = []
    for _ in range(1500):
        text, spans = "", []
        for part, found in sentences(chance.randrange(1, 5), chance):
            spans += [(len(text) + s, len(text) + e, kind) for s, e, kind in found]
            text += part
        tokens = pieces(text, vocabulary)
        size = MAX_POSITIONS - 2
        first = chance.randrange(max(1, len(tokens) - size + 1))
        ids = [vocabulary["[CLS]"]] + [t[0] for t in tokens[first:first + size]] + [vocabulary["[SEP]"]]
        rows.append((ids, [-100] + tags(tokens, spans)[first:first + size] + [-100]))
    optimiser = torch.optim.Adam(model.parameters(), lr=3e-3)
    for step in range(900):
        batch = [rows[chance.randrange(len(rows))] for _ in range(16)]
        width = max(len(ids) for ids, _ in batch)
        ids = torch.tensor([r[0] + [0] * (width - len(r[0])) for r in batch])
        gold = torch.tensor([r[1] + [-100] * (width - len(r[1])) for r in batch])
        scores = model(ids, (ids != 0).long(), torch.zeros_like(ids))
        loss = torch.nn.functional.cross_entropy(scores.reshape(-1, len(LABELS)), gold.reshape(-1))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    print("loss of the last batch", round(loss.item(), 4))


def legal(before, tag):
    return not tag.startswith("I-") or before is not None and before[1:] == tag[1:] and before != "O"


def best_path(logits):
    """Best sequence of tags in which no I-X stands behind anything but X."""
    worth, back = [], []
    for i, row in enumerate(logits):
        now, origin = [], []
        for b, tag in enumerate(LABELS):
            options = [(worth[-1][a], -a) for a, before in enumerate(LABELS) if legal(before, tag)] \
                if i else ([(0.0, 0)] if legal(None, tag) else [])
            best = max(options) if options else (-math.inf, 0)
            now.append(best[0] + float(row[b]))
            origin.append(-best[1])
        worth.append(now)
        back.append(origin)
    path = [max(range(len(LABELS)), key=lambda b: (worth[-1][b], -b))]
    for i in range(len(logits) - 1, 0, -1):
        path.append(back[i][path[-1]])
    return path[::-1]


def spans_of(tokens, logits):
    """Spans by the first piece of each word."""
    firsts = [i for i, t in enumerate(tokens) if i == 0 or tokens[i - 1][3] != t[3]]
    ends = [tokens[j - 1][2] for j in firsts[1:] + [len(tokens)]]
    path = best_path([logits[i] for i in firsts])
    found = []
    for k, (i, tag) in enumerate(zip(firsts, path)):
        row = numpy.exp(logits[i].astype(numpy.float64))
        chance = row[tag] / row.sum()
        name = LABELS[tag]
        if name.startswith("B-"):
            found.append([tokens[i][1], ends[k], name[2:], [chance]])
        elif name.startswith("I-"):
            found[-1][1] = ends[k]
            found[-1][3].append(chance)
    return [{"start": s, "end": e, "type": kind, "score": round(sum(c) / len(c), 6)}
            for s, e, kind, c in found]


def tokenizer(vocabulary):
    def special(token):
        return {"id": vocabulary[token], "content": token, "single_word": False, "lstrip": False,
                "rstrip": False, "normalized": False, "special": True}
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [special(token) for token in SPECIAL],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                       "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}},
                       {"Sequence": {"id": "A", "type_id": 0}},
                       {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {token: {"id": token, "ids": [vocabulary[token]], "tokens": [token]}
                               for token in ("[CLS]", "[SEP]")}},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": vocabulary},
    }


def write_manifest():
    files = []
    for name in ("tokenizer.json", "model.onnx", "golden.jsonl"):
        content = (PACKAGE / name).read_bytes()
        files.append({"path": name, "bytes": len(content),
                      "sha256": hashlib.sha256(content).hexdigest()})
    (PACKAGE / "manifest.json").write_text(json.dumps({
        "format": 1, "name": "tiny-transformer", "version": "v1", "kind": "token-classifier",
        "description": "A tiny transformer for tests", "licence": "Apache-2.0",
        "terms": "Invented sentences only; free to use.",
        "trainingData": [{"name": "invented sentences", "terms": "Apache-2.0"}],
        "commit": "make_tiny_transformer.py", "files": files,
        "encoding": {"maxPositions": MAX_POSITIONS, "overlap": OVERLAP},
        "schemes": {"names": {"task": "entities", "model": "model.onnx",
                              "tokenizer": "tokenizer.json", "output": "logits",
                              "tags": LABELS, "words": "first"}},
    }, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main():
    torch.manual_seed(11)
    torch.set_num_threads(1)
    chance = random.Random(11)
    characters = sorted({c for text, _ in sentences(2000, random.Random(1))
                         for word in words(text) for c, _ in word if is_han(c) or is_punctuation(c)})
    tokens = SPECIAL + characters + ["😀", "👨", "👩", "👧", "ada", "wen", "##liu", "##wen", "##👩",
                                     "##👧", "a", "##da", "1", "##2"]
    vocabulary = {token: i for i, token in enumerate(dict.fromkeys(tokens))}
    model = Tagger(len(vocabulary))
    train(model, vocabulary, chance)
    model.eval()

    shutil.rmtree(PACKAGE, ignore_errors=True)
    PACKAGE.mkdir(parents=True)
    (PACKAGE / "tokenizer.json").write_text(
        json.dumps(tokenizer(vocabulary), ensure_ascii=False), encoding="utf-8")
    example = torch.ones(2, 8, dtype=torch.long)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    torch.onnx.export(
        model, (example, example, torch.zeros_like(example)), str(PACKAGE / "model.onnx"),
        input_names=names, output_names=["logits"], opset_version=17,
        dynamic_axes={name: {0: "B", 1: "L"} for name in names + ["logits"]})

    golden = []
    for text in ["林小满去云溪看海。", "𠮷田明和Ada Wen在𠀋山见面。😀", "北辰研究所的许青住在海棠湾。",
                 "👨‍👩‍👧在石桥镇玩。", "  WENLIU 在云溪招人。", "今天没有风。", "ÁDA WENLIU去云溪",
                 "石\u200b桥\u200b镇下雨了😀", "未见之字xyzzy在云溪。", "a12 12 😀😀"]:
        tokens = pieces(text, vocabulary)
        ids = [vocabulary["[CLS]"]] + [t[0] for t in tokens] + [vocabulary["[SEP]"]]
        with torch.no_grad():
            row = torch.tensor([ids])
            logits = model(row, torch.ones_like(row), torch.zeros_like(row))[0].numpy()
        golden.append(json.dumps({
            "text": text, "ids": ids, "offsets": [[t[1], t[2]] for t in tokens],
            "words": [t[3] for t in tokens],
            "logits": [[round(float(x), 6) for x in line] for line in logits],
            "entities": spans_of(tokens, logits[1:-1]),
        }, ensure_ascii=False))
    (PACKAGE / "golden.jsonl").write_text("\n".join(golden) + "\n", encoding="utf-8")
    write_manifest()


if __name__ == "__main__":
    main()

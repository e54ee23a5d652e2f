"""What `train`, `evaluate` and `export` do with `--task relations`.

    python3 -m wenliu_training train --task relations --scheme duie [--name RUN] [--seconds SECONDS] [--seed N]
        [--device cuda]
    python3 -m wenliu_training evaluate --task relations --scheme duie RUN...
    python3 -m wenliu_training export --task relations --schemes duie --part PART RUN...

A run lives in WORK/relations/RUN: checkpoint.pt (an interrupted run resumes there), curve.jsonl, model.pt.
"""
import json
import os
import sys

from . import relations, relations_export


def model_path(work, run):
    return os.path.join(work, "relations", run, "model.pt")


def train(options):
    given = {key: getattr(options, key) for key in ("encoder", "width") if getattr(options, key) is not None}
    settings = {key: getattr(options, key) for key in ("total", "clock", "seed", "device")
                if getattr(options, key) is not None}
    scheme = relations.load(options.scheme, settings=settings, **given)
    relations.train(scheme, options.data, options.work, options.name)


def evaluate(options):
    paths = [model_path(options.work, run) for run in options.names]
    json.dump(relations_export.evaluate(paths, options.data, options.work), sys.stdout, ensure_ascii=False, indent=1)
    print()


def export(options):
    if len(options.schemes) != 1:
        raise SystemExit("export --task relations: expected one scheme, found %d" % len(options.schemes))
    paths = [model_path(options.work, run) for run in options.names]
    relations_export.export(paths, options.data, options.work, options.part, options.schemes[0])

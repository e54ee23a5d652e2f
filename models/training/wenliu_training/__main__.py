"""python3 -m wenliu_training vectors|pretrain|train|evaluate|label|export|recover|release: see docs/models.md."""

import argparse
import json
import os
import sys

from .processor import choose_kernels, use_one_thread

choose_kernels()  # before PyTorch is loaded

KIT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(os.path.dirname(KIT))


def parser() -> argparse.ArgumentParser:
    main = argparse.ArgumentParser("wenliu_training", description=__doc__)
    main.add_argument("--work", default=os.path.join(KIT, "work"), help="folder of everything that is made")
    main.add_argument("--data", default=os.path.join(os.path.dirname(ROOT), "shared", "data"),
                      help="folder with the data sets, one folder each")
    commands = main.add_subparsers(dest="command", required=True)

    vectors = commands.add_parser("vectors", help="count characters, bigrams and words of plain text; make the tables")
    vectors.add_argument("--package", help="take the tables of a released package instead of making them")
    vectors.add_argument("--lexicon", default=os.path.join(ROOT, "models/released/lexicon/v1/lexicon.tsv.gz"))
    vectors.set_defaults(run=run_vectors)

    pretrain = commands.add_parser("pretrain", help="train an encoder on plain text (makes the tables if need be)")
    pretrain.add_argument("--name", default="context")
    pretrain.add_argument("--objective", choices=("context", "masked"), default="context")
    pretrain.add_argument("--encoder", default="bilstm", help="for the objective masked: bilstm, dgcnn, transformer, ...")
    pretrain.add_argument("--width", type=int, default=256)
    pretrain.add_argument("--layers", type=int, default=6)
    pretrain.add_argument("--batch", type=int, default=64)
    pretrain.add_argument("--length", type=int, default=72)
    pretrain.add_argument("--rate", type=float, default=3e-3)
    pretrain.add_argument("--seconds", type=float, default=3000.0, help="how long; steps with --clock steps")
    pretrain.add_argument("--clock", choices=("wall", "cpu", "steps"), default="wall")
    pretrain.add_argument("--device", default="cpu")
    pretrain.add_argument("--lexicon", default=os.path.join(ROOT, "models/released/lexicon/v1/lexicon.tsv.gz"))
    pretrain.set_defaults(run=run_pretrain)

    train = commands.add_parser("train", help="train an encoder with a head for each scheme")
    train.add_argument("--config", help="JSON file of settings (models/training/configs)")
    train.add_argument("--own", metavar="FOLDER", help="own data: a folder with train.jsonl and dev.jsonl")
    train.add_argument("--name")
    train.add_argument("--heads", nargs="+", help="schemes")
    train.add_argument("--encoder", choices=("bilstm", "pretrained", "dgcnn", "conv-bilstm", "transformer"))
    train.add_argument("--head", choices=("half-pointer", "crf"))
    train.add_argument("--seconds", type=float, dest="total", help="how long; steps with --clock steps")
    train.add_argument("--clock", choices=("wall", "cpu", "steps"))
    train.add_argument("--width", type=int)
    train.add_argument("--limit", type=int, help="train on so many examples only (learning curve)")
    train.add_argument("--seed", type=int)
    train.add_argument("--device")
    train.set_defaults(run=run_train)

    evaluate = commands.add_parser("evaluate", help="score a trained model on the development rows of its schemes")
    evaluate.add_argument("names", nargs="+", help="trained models; the logits of several are averaged")
    evaluate.add_argument("--scheme", required=True)
    evaluate.add_argument("--head", help="head of the model, if not named like the scheme")
    evaluate.add_argument("--own", metavar="FOLDER")
    evaluate.add_argument("--pinned", action="store_true",
                          help="show what pinning brings: recall of entities never seen in training, with and without")
    evaluate.set_defaults(run=run_evaluate)

    label = commands.add_parser("label", help="let trained models label plain text, for a smaller one to learn from")
    label.add_argument("names", nargs="+", help="trained models; the logits of several are averaged")
    label.add_argument("--scheme", required=True, help="head of the models")
    label.add_argument("--input", required=True, help="JSON lines with a field text")
    label.add_argument("--to", type=int, help="only so many rows from the start; negative: all but so many")
    label.add_argument("--out", required=True, help="folder for train.jsonl")
    label.set_defaults(run=run_label)

    export = commands.add_parser("export", help="trained models to an ONNX graph with int8 weights")
    export.add_argument("names", nargs="+", help="trained models; the logits of several are averaged")
    export.add_argument("--part", required=True, help="name of the part, for release")
    export.add_argument("--schemes", nargs="+", required=True, help="SCHEME or SCHEME=HEAD")
    export.add_argument("--own", metavar="FOLDER")
    export.set_defaults(run=run_export)

    train.add_argument("--scheme", help="with --task relations: the relation scheme, or a file of one")
    for command in (train, evaluate, export):
        command.add_argument("--task", choices=("entities", "relations"), default="entities")

    links = commands.add_parser("links", help="linking: data, vectors, and the model as a package; see docs/models.md")
    steps = links.add_subparsers(dest="step", required=True)
    own = steps.add_parser("self-supervised", help="texts to learn from that nobody annotated, of kb-zh and plain text")
    own.add_argument("--out", required=True)
    merge = steps.add_parser("merge", help="add up statistics of names")
    merge.add_argument("--found", nargs="*", default=[], help="of texts in which mentions were found")
    merge.add_argument("--given", nargs="*", default=[], help="of texts whose mentions were given")
    merge.add_argument("--out", required=True)
    vectors = steps.add_parser("vectors", help="vectors of hashed tokens, of plain text")
    vectors.add_argument("--symbols", type=int, default=8_000_000)
    learn = steps.add_parser("train", help="train on examples in work/links; writes graphs and golden file")
    learn.add_argument("--config", required=True)
    release = steps.add_parser("release", help="make the package of what was trained")
    release.add_argument("--config", required=True)
    release.add_argument("--out", default=os.path.join(ROOT, "models", "released"))
    links.set_defaults(run=run_links)

    recover = commands.add_parser("recover", help="weights of a released package as trained models, to go on from")
    recover.add_argument("--package", required=True)
    recover.set_defaults(run=run_recover)

    release = commands.add_parser("release", help="put parts and tables together into a package")
    release.add_argument("config", help="JSON file (models/training/release)")
    release.add_argument("--out", default=os.path.join(ROOT, "models", "released"))
    release.set_defaults(run=run_release)
    return main


def run_vectors(options) -> None:
    from . import tables
    if getattr(options, "package", None):
        tables.take_over(options.package, options.work)
        return
    if not os.path.exists(os.path.join(options.work, "text", "starts.npy")):
        tables.build_text(options.data, options.work)
    if not os.path.exists(os.path.join(options.work, "tables", "bigrams.i8")):
        tables.build_characters_and_bigrams(options.work)
    if not os.path.exists(os.path.join(options.work, "tables", "words.i8")):
        tables.build_words(options.data, options.work, options.lexicon)


def run_pretrain(options) -> None:
    from .pretrain import pretrain
    run_vectors(options)
    pretrain(options.work, options.name, options.objective, options.encoder, options.width, options.layers,
             batch=options.batch, length=options.length, rate=options.rate, clock=options.clock,
             total=options.seconds, device=options.device)


def run_train(options) -> None:
    use_one_thread()
    if options.task == "relations":
        from . import relations_commands
        return relations_commands.train(options)
    from . import schemes
    from .train import Settings, train
    names = ("name", "heads", "encoder", "head", "total", "clock", "width", "limit", "seed", "device")
    given = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    own = []
    if options.own:
        own = [schemes.from_folder(options.own, given.get("name", "own"))]
        given.setdefault("heads", [own[0].name])
        given.setdefault("name", own[0].name)
    settings = Settings.read(options.config, **given) if options.config else Settings(**given)
    train(settings, options.data, options.work, own)


def scheme_of(name: str, own):
    from . import schemes
    return schemes.from_folder(own, name) if own else schemes.load(name)


def run_evaluate(options) -> None:
    if options.task == "relations":
        from . import relations_commands
        return relations_commands.evaluate(options)
    from . import evaluate, export
    from .train import load_model
    loaded = [load_model(options.work, name) for name in options.names]
    head = options.head or options.scheme
    exported = export.Exported([model for model, _, _ in loaded], [head]).eval()
    scheme, features = scheme_of(options.scheme, options.own), loaded[0][1]
    if options.pinned:
        thresholds = loaded[0][2]["scores"][head]["thresholds"]
        result = evaluate.pinned(export.Single(exported), head, features, scheme, options.data, thresholds)
    else:
        result = export.evaluate_scheme(export.Single(exported).eval(), features, scheme, head, options.data)
        result["byLabel"] = {scheme.labels[int(label)]: rates for label, rates in result["byLabel"].items()}
    json.dump(result, sys.stdout, ensure_ascii=False, indent=1)
    print()


def run_label(options) -> None:
    from . import export
    from .evaluate import Prepared, decode, logits_of
    from .text import Sentence, read_lines
    from .train import load_model
    loaded = [load_model(options.work, name) for name in options.names]
    model = export.Single(export.Exported([m for m, _, _ in loaded], [options.scheme])).eval()
    features, state = loaded[0][1], loaded[0][2]
    labels, thresholds = state["labels"][options.scheme], state["scores"][options.scheme]["thresholds"]
    texts = [row["text"] for row in read_lines(options.input)][:options.to]
    prepared = [Prepared(Sentence(text), labels, features) for text in texts]
    os.makedirs(options.out, exist_ok=True)
    with open(os.path.join(options.out, "train.jsonl"), "w", encoding="utf-8") as out:
        for text, item, logits in zip(texts, prepared, logits_of(model, options.scheme, features, prepared)):
            spans = decode(logits, model.heads[options.scheme], labels, thresholds)
            entities = [{"start": item.encoded.starts[s.start], "end": item.encoded.ends[s.end], "type": labels[s.label]}
                        for s in spans]
            out.write(json.dumps({"text": text, "entities": entities}, ensure_ascii=False) + "\n")


def run_export(options) -> None:
    if options.task == "relations":
        from . import relations_commands
        return relations_commands.export(options)
    from .export import export_model
    heads = dict((pair.split("=") + [pair])[:2] for pair in options.schemes)
    own = {name: scheme_of(name, options.own) for name in heads} if options.own else None
    export_model(options.work, options.data, options.names, heads, options.part, own)


def run_links(options) -> None:
    if options.step == "self-supervised":
        from .link_data import write_self_supervised
        return write_self_supervised(options.data, options.out)
    if options.step == "merge":
        from .link_data import merge_statistics
        return merge_statistics(options.found, options.given, options.out)
    if options.step == "vectors":
        from .link_vectors import make
        return make(options.data, options.work, options.symbols)
    from .links import release, run
    with open(options.config, encoding="utf-8") as source:
        plan = json.load(source)
    if options.step == "train":
        return run(plan, options.work, os.path.join(options.work, "parts", plan["name"]))
    return release(plan, os.path.dirname(options.config), options.work, options.out)


def run_recover(options) -> None:
    from . import tables
    from .recover import recover
    tables.take_over(options.package, options.work)
    recover(options.package, options.work)


def run_release(options) -> None:
    from .release import release
    release(options.config, options.work, options.out)


def main() -> None:
    options = parser().parse_args()
    options.run(options)


if __name__ == "__main__":
    main()

#!/usr/bin/env bash
# Makes models/released/link/v1 from the shared data: examples by the job's own code, then the kit. Takes the folder of the
# data sets and a folder for everything that is made; a few minutes on two cores.
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
data=${1:?usage: link.sh DATA WORK}
work=${2:?usage: link.sh DATA WORK}
zh=$data/el-ckbqa2019 en=$data/el-elevant-en links=$work/links
kit() { "$root/wenliu" kit --data "$data" --work "$work" links "$@"; }
examples() { "$root/wenliu" eval link-examples "$@"; }

mkdir -p "$links"
# The own cut of the English data: every fifth text is for development.
awk 'NR % 5 != 0' "$en/train.jsonl" > "$work/elevant-train.jsonl"
awk 'NR % 5 == 0' "$en/train.jsonl" > "$work/elevant-dev.jsonl"
kit self-supervised --out "$work/own"
[ -f "$work/link-vectors.npy" ] || kit vectors

examples --data "$zh/train.jsonl" --kb "$zh/kb.jsonl" --out "$work/counted-zh"
examples --data "$work/elevant-train.jsonl" --kb "$en/kb.jsonl" --mentions gold --out "$work/counted-en"
kit merge --found "$work/counted-zh/statistics.tsv" --given "$work/counted-en/statistics.tsv" --out "$links/statistics.tsv"
known=(--statistics "$links/statistics.tsv")

examples --data "$zh/train.jsonl" --kb "$zh/kb.jsonl" "${known[@]}" --counted --out "$links/ckbqa-train"
examples --data "$zh/dev.jsonl" --kb "$zh/kb.jsonl" "${known[@]}" --out "$links/ckbqa-dev"
examples --data "$zh/train.jsonl" --kb "$zh/kb.jsonl" --mentions gold "${known[@]}" --counted --out "$links/ckbqa-given-train"
examples --data "$zh/dev.jsonl" --kb "$zh/kb.jsonl" --mentions gold "${known[@]}" --out "$links/ckbqa-given-dev"
examples --data "$work/elevant-train.jsonl" --kb "$en/kb.jsonl" --mentions gold "${known[@]}" --counted --out "$links/elevant-train"
examples --data "$work/elevant-dev.jsonl" --kb "$en/kb.jsonl" --mentions gold "${known[@]}" --out "$links/elevant-dev"
for part in train dev; do
  for own in ambiguous prior distant; do
    examples --data "$work/own/$own/$part.jsonl" --kb "$work/own/$own/kb.jsonl" --mentions gold "${known[@]}" --out "$links/$own-$part"
  done
  examples --data "$work/own/distant/$part.jsonl" --kb "$work/own/distant/kb.jsonl" "${known[@]}" --out "$links/distant-found-$part"
done

for step in train release; do
  kit $step --config "$root/models/training/release/link.json"
done

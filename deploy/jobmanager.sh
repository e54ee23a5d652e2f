#!/usr/bin/env bash
# Starts a JobManager with the job in it (application mode, no high availability) and goes on from
# the newest complete savepoint or checkpoint, so that a container that is started again writes
# nothing twice. WENLIU_STATE is the folder that holds checkpoints/ and savepoints/; what follows
# the script's name are arguments of the job, WENLIU_FLINK holds Flink's settings as key=value.
set -euo pipefail

state="${WENLIU_STATE:-/opt/flink/data}"
newest=""
for metadata in "$state"/savepoints/*/_metadata "$state"/checkpoints/*/chk-*/_metadata; do
  [[ -f "$metadata" ]] || continue
  [[ -z "$newest" || "$metadata" -nt "$newest" ]] && newest="$metadata"
done

options=(--job-classname io.github.wenliu.pipeline.cli.ClusterJob)
if [[ -n "$newest" ]]; then
  echo "going on from $(dirname "$newest")"
  options+=(--fromSavepoint "file://$(dirname "$newest")")
fi
read -r -a settings <<< "${WENLIU_FLINK:-}"
for setting in ${settings[@]+"${settings[@]}"}; do options+=(-D "$setting"); done

# The two dashes keep Flink from reading --config as a short form of its own --configDir.
exec "${WENLIU_ENTRYPOINT:-/docker-entrypoint.sh}" standalone-job "${options[@]}" -- "$@"

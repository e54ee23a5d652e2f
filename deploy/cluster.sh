#!/usr/bin/env bash
# A Flink cluster and a Kafka broker on this machine, each process its own JVM, from the Maven
# artifacts alone. Exit codes: 0 done, 1 failed, 2 wrong use, 3 refused because of what is there.
set -euo pipefail

readonly HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
readonly CHECKOUT="$(dirname "$HERE")"
readonly RUNNER="$CHECKOUT/pipeline/target/runner"
readonly JOB_JAR="$CHECKOUT/pipeline/target/wenliu-job.jar"
readonly MARK=wenliu.cluster.directory

usage() {
  cat <<'HELP'
usage: deploy/cluster.sh COMMAND [OPTIONS]

  start [--taskmanagers N] [--slots N]   broker, JobManager and N TaskManagers (1) with N slots each (2)
  submit [--config FILE] [--parallelism N] [--no-topics] [--accept-loss] [-- JOB ARGUMENTS]
                                         creates the topics, starts the job, waits until all tasks run;
                                         refused while state of an earlier run is there (see resume)
  await-running [--timeout SECONDS]      waits until all tasks of the job run (120)
  stop-job                               stops the job with a savepoint and prints its path
  resume [SAVEPOINT] [--accept-loss] [--config FILE] [--parallelism N] [-- JOB ARGUMENTS]
                                         starts the job from a savepoint or checkpoint, by default the newest
                                         that is complete; an older one is refused without --accept-loss
  newest                                 prints the newest complete savepoint or checkpoint
  status [--json]                        what runs; without --json exit code 3 if a process is missing
  kill-taskmanager [N], start-taskmanager [N]
  kill-jobmanager, start-jobmanager
  kill-broker, start-broker              kill -9 and start again single processes, for fault tests
  stop                                   ends everything; the job's newest checkpoint stays
  clean                                  deletes the data of a stopped cluster: topics, checkpoints, logs

environment (ports are remembered from start to stop):
  WENLIU_CLUSTER_DIR    data, logs and process ids     (.wenliu/cluster of the checkout)
  WENLIU_KAFKA_PORT     the broker                     (9092)
  WENLIU_REST_PORT      Flink's REST and web interface (8081)
  WENLIU_RPC_PORT       JobManager                     (6123)
  WENLIU_METRICS_PORTS  Prometheus, a range            (9249-9259)
  WENLIU_BROKER_HEAP    heap of the broker             (512m)
  WENLIU_FLINK          Flink settings, key=value separated by blanks, laid over deploy/conf/config.yaml
HELP
}

say() { printf '%s\n' "$*" >&2; }
fail() { say "cluster.sh: $*"; exit 1; }
wrong_use() { say "cluster.sh: $* (see deploy/cluster.sh --help)"; exit 2; }
refuse() { say "cluster.sh: $*"; exit 3; }

number() { [[ "${2:-}" =~ ^[1-9][0-9]*$ ]] || wrong_use "$1 needs a positive number"; printf '%s' "$2"; }

# ---- where things are ---------------------------------------------------------------------------

directory="${WENLIU_CLUSTER_DIR:-$CHECKOUT/.wenliu/cluster}"
case "$directory" in /*) ;; *) directory="$PWD/$directory" ;; esac
case "$directory" in *[[:space:]]*) fail "WENLIU_CLUSTER_DIR must not contain blanks: $directory" ;; esac
readonly directory
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"

# What start decided, for the commands that follow.
load_settings() {
  kafka_port="${WENLIU_KAFKA_PORT:-9092}"
  rest_port="${WENLIU_REST_PORT:-8081}"
  rpc_port="${WENLIU_RPC_PORT:-6123}"
  metrics_ports="${WENLIU_METRICS_PORTS:-9249-9259}"
  slots=2
  taskmanagers=1
  if [[ -f "$directory/settings" ]]; then
    local key value
    while IFS='=' read -r key value; do
      case "$key" in
        kafka_port | rest_port | rpc_port | metrics_ports | slots | taskmanagers)
          [[ "$value" =~ ^[0-9-]+$ ]] && printf -v "$key" '%s' "$value" ;;
      esac
    done < "$directory/settings"
  fi
}

save_settings() {
  local key
  for key in kafka_port rest_port rpc_port metrics_ports slots taskmanagers; do
    printf '%s=%s\n' "$key" "${!key}"
  done > "$directory/settings"
}

bootstrap() { printf 'localhost:%s' "$kafka_port"; }

# One command at a time; a JVM that is started must not inherit the lock.
lock() {
  mkdir -p "$directory"
  command -v flock > /dev/null || return 0
  exec 9> "$directory/lock"
  flock -w 300 9 || fail "another cluster.sh is at work in $directory"
}

# ---- processes ----------------------------------------------------------------------------------

# The process id of NAME if it runs and is one of ours.
pid_of() {
  local file="$directory/pid/$1" pid
  [[ -f "$file" ]] || return 1
  pid="$(< "$file")"
  [[ "$pid" =~ ^[0-9]+$ ]] || return 1
  [[ "$(ps -o args= -p "$pid" 2> /dev/null || true)" == *"-D$MARK=$directory -D$MARK.process=$1 "* ]] || return 1
  printf '%s' "$pid"
}

# launch NAME JVM-OPTIONS-AND-MAIN…
launch() {
  local name="$1"
  shift
  mkdir -p "$directory/pid" "$directory/log" "$directory/tmp"
  # One arena: with several, what one job's models gave back is not what the next one's take.
  ORT_DISABLE_TELEMETRY=1 MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}" nohup "$java" \
    "-D$MARK=$directory" "-D$MARK.process=$name" \
    "-Dlog.file=$directory/log/$name.log" "-Djava.io.tmpdir=$directory/tmp" \
    "$@" > "$directory/log/$name.out" 2>&1 < /dev/null 9>&- &
  printf '%s\n' "$!" > "$directory/pid/$name"
}

# kill_process NAME SIGNAL: waits until it is gone.
kill_process() {
  local pid tries=0
  if pid="$(pid_of "$1")"; then
    kill "-$2" "$pid" 2> /dev/null || true
    while pid_of "$1" > /dev/null; do
      sleep 0.1
      tries=$((tries + 1))
      [[ $tries -lt 200 ]] || { kill -9 "$pid" 2> /dev/null || true; tries=0; }
    done
  fi
  rm -f "$directory/pid/$1"
}

# await SECONDS WHAT NAME COMMAND…: until COMMAND succeeds; fails at once if the process NAME ends.
await() {
  local limit="$1" what="$2" name="$3" end
  shift 3
  end=$((SECONDS + limit))
  until "$@" > /dev/null 2>&1; do
    [[ -z "$name" ]] || pid_of "$name" > /dev/null \
      || fail "$what ended while starting: see $directory/log/$name.out and .log"
    [[ $SECONDS -lt $end ]] || fail "$what did not answer within $limit s: see $directory/log"
    sleep 0.2
  done
}

process_names() {
  local file
  for file in "$directory"/pid/*; do
    [[ -f "$file" ]] && basename "$file"
  done
  return 0
}

taskmanager_indices() {
  local name
  for name in $(process_names | grep '^taskmanager-' | sort -t- -k2n); do
    pid_of "$name" > /dev/null && printf '%s\n' "${name#taskmanager-}"
  done
  return 0
}

port_is_open() { (exec 3<> "/dev/tcp/localhost/$1") 2> /dev/null; }

# A GET on Flink's REST interface, without curl; fails unless the answer is 200.
rest() {
  local status line
  {
    exec 3<> "/dev/tcp/localhost/$rest_port"
  } 2> /dev/null || return 1
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$1" >&3
  IFS= read -r -t 10 status <&3 || { exec 3>&-; return 1; }
  while IFS= read -r -t 10 line <&3 && [[ -n "${line%$'\r'}" ]]; do :; done
  cat <&3
  exec 3>&-
  [[ "$status" == *" 200 "* ]]
}

# ---- artifacts and configuration ----------------------------------------------------------------

build_if_missing() {
  if [[ ! -f "$JOB_JAR" || ! -f "$RUNNER/wenliu-runner.jar" ]]; then
    say "building the artifacts (mvn -DskipTests package)"
    (cd "$CHECKOUT" && mvn -B -q -DskipTests package 1>&2) || fail "the build failed, see above"
  fi
}

# lay_out: copies of all jars, so that a rebuild does not pull them from under running JVMs.
lay_out() {
  rm -rf "$directory/runner" "$directory/lib" "$directory/conf" "$directory/tmp"
  mkdir -p "$directory"/{runner,lib,conf,tmp,checkpoints,savepoints,log,pid}
  cp -R "$RUNNER/." "$directory/runner/"
  local line artifact
  while IFS= read -r line; do
    [[ -z "$line" || "$line" == '#'* ]] && continue
    artifact="${line#\?}"
    local found=("$directory/runner/lib/$artifact"-[0-9]*.jar)
    if [[ -f "${found[0]}" ]]; then
      ln "${found[@]}" "$directory/lib/" 2> /dev/null || cp "${found[@]}" "$directory/lib/"
    elif [[ "$line" != '?'* ]]; then
      fail "$artifact of deploy/conf/lib.txt is not in $RUNNER/lib: rebuild, or mend the list"
    fi
  done < "$HERE/conf/lib.txt"
  cp "$HERE/conf/log4j.properties" "$directory/conf/"
  configure
}

# Flink's configuration: the lines of deploy/conf/config.yaml with this cluster's laid over.
configure() {
  local overrides=(
    "jobmanager.rpc.port=$rpc_port"
    "rest.port=$rest_port"
    "taskmanager.numberOfTaskSlots=$slots"
    "parallelism.default=$((slots * taskmanagers))"
    "execution.checkpointing.dir=file://$directory/checkpoints"
    "execution.checkpointing.savepoint-dir=file://$directory/savepoints"
    "io.tmp.dirs=$directory/tmp"
    "metrics.reporter.prom.port=$metrics_ports"
  )
  local more
  read -r -a more <<< "${WENLIU_FLINK:-}"
  overrides+=(${more[@]+"${more[@]}"})
  local override lines
  lines="$(< "$HERE/conf/config.yaml")"
  for override in "${overrides[@]}"; do
    [[ "$override" == *=* ]] || wrong_use "WENLIU_FLINK takes key=value, not $override"
    lines="$(awk -v key="${override%%=*}:" '$1 != key' <<< "$lines")"$'\n'"${override%%=*}: ${override#*=}"
  done
  printf '%s\n' "$lines" > "$directory/conf/config.yaml"
}

lib_path() { local jars=("$directory"/lib/*.jar); (IFS=:; printf '%s' "${jars[*]}"); }

# The JVM options that every Flink process gets, one a line.
common_options() {
  sed -n 's/^env\.java\.opts\.all: *//p' "$directory/conf/config.yaml" | tr -s ' ' '\n'
  printf '%s\n' "-Dlog4j.configurationFile=file:$directory/conf/log4j.properties"
}

# memory COMMAND: what Flink works out for a process; first its JVM options, then its settings.
memory() {
  "$java" -cp "$(lib_path)" -Xmx128m "-Dlog4j.configurationFile=file:$directory/conf/log4j.properties" \
    "-Dlog.file=$directory/log/memory.log" \
    org.apache.flink.runtime.util.bash.BashJavaUtils "$1" --configDir "$directory/conf" 2>&1 9>&- \
    | sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p'
}

# launch_flink NAME MEMORY-COMMAND MAIN SETTINGS…
launch_flink() {
  local name="$1" main="$3" lines jvm settings options=() line
  lines="$(memory "$2")"
  shift 3
  read -r -a jvm <<< "$(sed -n 1p <<< "$lines")"
  read -r -a settings <<< "$(sed -n 2p <<< "$lines")"
  [[ ${#jvm[@]} -gt 0 && ${#settings[@]} -gt 0 ]] \
    || fail "Flink refuses the memory settings of $directory/conf/config.yaml: see $directory/log/memory.log"
  while IFS= read -r line; do options+=("$line"); done < <(common_options)
  launch "$name" "${jvm[@]}" "${options[@]}" -cp "$(lib_path)" \
    "$main" --configDir "$directory/conf" "${settings[@]}" "$@"
}

# ---- single processes ---------------------------------------------------------------------------

# require_free PORT VARIABLE: a process that was just killed may hold its port a moment longer.
require_free() {
  local end=$((SECONDS + 10))
  while port_is_open "$1"; do
    [[ $SECONDS -lt $end ]] || fail "port $1 is taken: set $2"
    sleep 0.2
  done
}

start_broker() {
  pid_of broker > /dev/null && return 0
  require_free "$kafka_port" WENLIU_KAFKA_PORT
  launch broker "-Xmx${WENLIU_BROKER_HEAP:-512m}" -XX:+ExitOnOutOfMemoryError \
    -cp "$directory/runner/wenliu-runner.jar" \
    io.github.wenliu.pipeline.local.BrokerProcess "$directory/kafka" "$kafka_port"
  await 60 "the broker" broker grep -q '^broker ready at ' "$directory/log/broker.out"
}

launch_jobmanager() {
  pid_of jobmanager > /dev/null && return 0
  require_free "$rest_port" WENLIU_REST_PORT
  require_free "$rpc_port" WENLIU_RPC_PORT
  launch_flink jobmanager GET_JM_RESOURCE_PARAMS \
    org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint
}

launch_taskmanager() {
  pid_of "taskmanager-$1" > /dev/null && return 0
  launch_flink "taskmanager-$1" GET_TM_RESOURCE_PARAMS \
    org.apache.flink.runtime.taskexecutor.TaskManagerRunner \
    -D "taskmanager.resource-id=taskmanager-$1-$(date +%s)-$RANDOM"
}

# The resource id that a running TaskManager was started with.
resource_id() {
  ps -o args= -p "$(pid_of "$1")" 2> /dev/null | sed -n 's/.*-D taskmanager\.resource-id=\([^ ]*\).*/\1/p'
}

# All TaskManagers that run are registered. One that was killed may still be counted for a while.
taskmanagers_are_registered() {
  local index list
  list="$(rest /taskmanagers)" || return 1
  for index in $(taskmanager_indices); do
    [[ "$list" == *"\"$(resource_id "taskmanager-$index")\""* ]] || return 1
  done
}

# And nobody else: Flink has noticed those that are gone.
taskmanagers_are_known() {
  local overview
  overview="$(rest /overview)" || return 1
  [[ "$overview" =~ \"taskmanagers\":([0-9]+) ]] || return 1
  [[ "${BASH_REMATCH[1]}" == "$(taskmanager_indices | grep -c .)" ]] && taskmanagers_are_registered
}

need_cluster() {
  pid_of jobmanager > /dev/null && pid_of broker > /dev/null \
    || refuse "no cluster runs in $directory: deploy/cluster.sh start"
}

# ---- the job ------------------------------------------------------------------------------------

# "ID STATE RUNNING-TASKS TASKS" of the job that is not over, or of the last one.
job() {
  local overview entry last=""
  overview="$(rest /jobs/overview)" || return 1
  while IFS= read -r entry; do
    [[ "$entry" =~ \"jid\":\"([0-9a-f]+)\" ]] || continue
    local id="${BASH_REMATCH[1]}" state=UNKNOWN running=0 tasks=0
    [[ "$entry" =~ \"state\":\"([A-Z]+)\" ]] && state="${BASH_REMATCH[1]}"
    [[ "$entry" =~ \"running\":([0-9]+) ]] && running="${BASH_REMATCH[1]}"
    [[ "$entry" =~ \"total\":([0-9]+) ]] && tasks="${BASH_REMATCH[1]}"
    case "$state" in
      FINISHED | CANCELED | FAILED | SUSPENDED)
        [[ "$id" == "$(remembered job)" || -z "$last" ]] && last="$id $state $running $tasks" ;;
      *) printf '%s' "$id $state $running $tasks"; return 0 ;;
    esac
  done < <(sed 's/{"jid"/\n{"jid"/g' <<< "$overview")
  printf '%s' "$last"
}

remembered() { [[ -f "$directory/$1" ]] && cat "$directory/$1" || true; }

all_tasks_run() {
  local id state running tasks
  read -r id state running tasks <<< "$(job)"
  [[ "$state" == RUNNING && "$tasks" -gt 0 && "$running" == "$tasks" ]]
}

await_running() {
  local limit="$1" end=$((SECONDS + $1)) id state running tasks
  # Twice, as the resource manager may notice a loss before the job does.
  until taskmanagers_are_known && all_tasks_run && sleep 0.5 && taskmanagers_are_known && all_tasks_run; do
    read -r id state running tasks <<< "$(job || true)"
    case "$state" in
      FINISHED | CANCELED | FAILED) fail "the job is $state: $(job_failure "$id")" ;;
    esac
    [[ $SECONDS -lt $end ]] \
      || fail "the job is ${state:-gone} with ${running:-0} of ${tasks:-0} tasks running after $limit s: see $directory/log"
    sleep 0.2
  done
}

# Why a job failed: the innermost cause, in one line.
job_failure() {
  local answer
  answer="$(rest "/jobs/$1/exceptions" || true)"
  sed 's/\\n/\n/g; s/\\t/ /g' <<< "$answer" | grep 'Caused by: ' | tail -n 1 | sed 's/^.*Caused by: //; s/\\r$//' \
    || printf 'see %s/log/jobmanager.log' "$directory"
}

is_active() {
  local id state rest_of
  read -r id state rest_of <<< "$(job || true)"
  [[ -n "$id" && "$state" != FINISHED && "$state" != CANCELED && "$state" != FAILED && "$state" != SUSPENDED ]]
}

# The newest complete savepoint or checkpoint, by the time at which it was completed.
newest() {
  local metadata best=""
  for metadata in "$directory"/savepoints/*/_metadata "$directory"/checkpoints/*/chk-*/_metadata; do
    [[ -f "$metadata" ]] || continue
    [[ -z "$best" || "$metadata" -nt "$best" ]] && best="$metadata"
  done
  [[ -n "$best" ]] && dirname "$best"
  return 0
}

# file:/a, file:///a and /a are all /a.
plain_path() { sed 's#^file:/*#/#' <<< "$1"; }

# client ARGUMENTS…: Flink's command line. Its output is kept; a failure is told in one line.
client() {
  local options=() line status=0
  while IFS= read -r line; do options+=("$line"); done < <(common_options)
  mkdir -p "$directory/log"
  FLINK_CONF_DIR="$directory/conf" ORT_DISABLE_TELEMETRY=1 "$java" -Xmx256m "${options[@]}" \
    "-Dlog.file=$directory/log/client.log" -cp "$(lib_path)" \
    org.apache.flink.client.cli.CliFrontend "$@" > "$directory/log/client.out" 2>&1 9>&- || status=$?
  if [[ $status -ne 0 ]]; then
    local reason
    reason="$(grep -E '^Caused by: ' "$directory/log/client.out" | tail -n 1 | sed 's/^Caused by: //' || true)"
    [[ -n "$reason" ]] || reason="$(grep -v '^$' "$directory/log/client.out" | tail -n 1 || true)"
    fail "${reason:-the client of Flink failed} (see $directory/log/client.out)"
  fi
}

apply_topics() {
  "$java" -Xmx128m -cp "$directory/runner/wenliu-runner.jar" io.github.wenliu.pipeline.cli.Wenliu \
    topics apply --config "$1" --bootstrap "$(bootstrap)" 1>&2 9>&- || fail "the topics could not be created"
}

# run_job CONFIG PARALLELISM FROM ARGUMENTS…
run_job() {
  local config="$1" parallelism="$2" from="$3" flags=(-d) began=$SECONDS id
  shift 3
  [[ -f "$JOB_JAR" ]] || build_if_missing
  [[ -z "$parallelism" ]] || flags+=(-p "$parallelism")
  [[ -z "$from" ]] || flags+=(-s "file://$from")
  cp "$JOB_JAR" "$directory/wenliu-job.jar"
  client run "${flags[@]}" "$directory/wenliu-job.jar" \
    --config "$config" --bootstrap "$(bootstrap)" "$@"
  id="$(sed -n 's/.*submitted with JobID \([0-9a-f]*\).*/\1/p' "$directory/log/client.out" | tail -n 1)"
  [[ -n "$id" ]] || fail "Flink's client told no job id: see $directory/log/client.out"
  printf '%s\n' "$id" > "$directory/job"
  { printf '%s\n' "$config" "$parallelism"; [[ $# -eq 0 ]] || printf '%s\n' "$@"; } > "$directory/job.arguments"
  await_running 120
  say "job $id runs, after $((SECONDS - began)) s"
  printf '%s\n' "$id"
}

# Options that submit and resume share; leaves what it read in variables.
read_job_options() {
  config="" parallelism="" accept_loss=false with_topics=true from="" job_arguments=() given_arguments=false
  while [[ $# -gt 0 ]]; do
    case "$1" in
      --config) [[ -f "${2:-}" ]] || wrong_use "--config needs a file"
        config="$(cd "$(dirname "$2")" && pwd)/$(basename "$2")"; shift 2 ;;
      --parallelism) parallelism="$(number "$1" "${2:-}")"; shift 2 ;;
      --accept-loss) accept_loss=true; shift ;;
      --no-topics) with_topics=false; shift ;;
      --) shift; job_arguments=("$@"); given_arguments=true; break ;;
      -*) wrong_use "unknown option $1" ;;
      *) [[ "$command" == resume && -z "$from" ]] || wrong_use "unexpected $1"
        from="$1"; shift ;;
    esac
  done
}

# ---- commands -----------------------------------------------------------------------------------

do_start() {
  local wanted_taskmanagers="" wanted_slots=""
  while [[ $# -gt 0 ]]; do
    case "$1" in
      --taskmanagers) wanted_taskmanagers="$(number "$1" "${2:-}")"; shift 2 ;;
      --slots) wanted_slots="$(number "$1" "${2:-}")"; shift 2 ;;
      *) wrong_use "start does not know $1" ;;
    esac
  done
  lock
  local name any=false began=$SECONDS
  for name in $(process_names); do pid_of "$name" > /dev/null && any=true; done
  if ! $any; then
    build_if_missing
    rm -f "$directory/settings"
    load_settings
    taskmanagers="${wanted_taskmanagers:-1}"
    slots="${wanted_slots:-2}"
    lay_out
    save_settings
  elif [[ -n "$wanted_slots" && "$wanted_slots" != "$slots" ]]; then
    refuse "the cluster runs with $slots slots a TaskManager: stop it first"
  elif [[ -n "$wanted_taskmanagers" ]]; then
    taskmanagers="$wanted_taskmanagers"
    save_settings
  fi
  start_broker
  launch_jobmanager
  local index
  for ((index = 1; index <= taskmanagers; index++)); do launch_taskmanager "$index"; done
  await 60 "the JobManager" jobmanager rest /overview
  await 60 "a TaskManager" "" taskmanagers_are_registered
  say "broker $(bootstrap), Flink http://localhost:$rest_port, $taskmanagers TaskManager(s) with $slots slots, after $((SECONDS - began)) s"
}

do_submit() {
  read_job_options "$@"
  lock
  need_cluster
  ! is_active || refuse "a job runs already: $(job)"
  local state
  state="$(newest)"
  [[ -z "$state" ]] || $accept_loss \
    || refuse "there is state of an earlier run ($state): resume continues it, submit --accept-loss starts over and writes everything again"
  config="${config:-$HERE/conf/wenliu.yaml}"
  ! $with_topics || apply_topics "$config"
  run_job "$config" "$parallelism" "" ${job_arguments[@]+"${job_arguments[@]}"}
}

do_resume() {
  read_job_options "$@"
  lock
  need_cluster
  ! is_active || refuse "a job runs already: $(job)"
  local latest
  latest="$(newest)"
  if [[ -z "$from" ]]; then
    from="$latest"
    [[ -n "$from" ]] || refuse "there is no savepoint and no complete checkpoint in $directory: submit starts afresh"
  else
    from="$(plain_path "$from")"
    [[ -f "$from/_metadata" ]] || wrong_use "$from has no _metadata: it is no complete savepoint or checkpoint"
    if [[ -n "$latest" && "$latest/_metadata" -nt "$from/_metadata" ]] && ! $accept_loss; then
      refuse "$from is older than $latest: results since then would be written twice; --accept-loss takes it all the same"
    fi
  fi
  local lines=() line
  if [[ -f "$directory/job.arguments" ]]; then
    while IFS= read -r line; do lines+=("$line"); done < "$directory/job.arguments"
    config="${config:-${lines[0]}}"
    parallelism="${parallelism:-${lines[1]:-}}"
    $given_arguments || job_arguments=(${lines[@]+"${lines[@]:2}"})
  fi
  say "resuming from $from"
  run_job "${config:-$HERE/conf/wenliu.yaml}" "$parallelism" "$from" ${job_arguments[@]+"${job_arguments[@]}"}
}

do_await_running() {
  local limit=120 began=$SECONDS
  if [[ "${1:-}" == --timeout ]]; then limit="$(number "$1" "${2:-}")"; shift 2; fi
  [[ $# -eq 0 ]] || wrong_use "await-running does not know $1"
  await_running "$limit"
  say "all tasks run, after $((SECONDS - began)) s"
}

do_stop_job() {
  [[ $# -eq 0 ]] || wrong_use "stop-job takes no arguments"
  lock
  need_cluster
  local id state others path
  read -r id state others <<< "$(job || true)"
  is_active || refuse "no job runs"
  client stop --savepointPath "file://$directory/savepoints" "$id"
  path="$(sed -n 's/.*Savepoint completed\. Path: \(.*\)/\1/p' "$directory/log/client.out" | tail -n 1)"
  [[ -n "$path" ]] || fail "Flink's client told no savepoint: see $directory/log/client.out"
  path="$(plain_path "$path")"
  printf '%s\n' "$path" > "$directory/savepoint"
  printf '%s\n' "$path"
}

json_text() { if [[ -n "$1" ]]; then printf '"%s"' "$1"; else printf null; fi; }

do_status() {
  local json=false
  case "${1:-}" in '') ;; --json) json=true ;; *) wrong_use "status does not know $1" ;; esac
  local broker jobmanager id="" state="" running=0 tasks=0 latest index complete=true
  broker="$(pid_of broker || true)"
  jobmanager="$(pid_of jobmanager || true)"
  [[ -z "$jobmanager" ]] || read -r id state running tasks <<< "$(job || true)"
  latest="$(newest)"
  local present=() entries=()
  for index in $(taskmanager_indices); do
    present+=("taskmanager-$index (process $(pid_of "taskmanager-$index"))")
    entries+=("{\"index\":$index,\"pid\":$(pid_of "taskmanager-$index")}")
  done
  [[ -n "$broker" && -n "$jobmanager" && ${#present[@]} -ge $taskmanagers ]] || complete=false
  if $json; then
    local joined
    joined="$(IFS=,; printf '%s' "${entries[*]-}")"
    printf '{"complete":%s,"directory":"%s",' "$complete" "$directory"
    printf '"broker":{"pid":%s,"bootstrap":"%s"},' "${broker:-null}" "$(bootstrap)"
    printf '"jobmanager":{"pid":%s,"restPort":%s},' "${jobmanager:-null}" "$rest_port"
    printf '"taskmanagers":[%s],"expectedTaskmanagers":%s,"slots":%s,' "$joined" "$taskmanagers" "$slots"
    printf '"job":{"id":%s,"state":%s,"runningTasks":%s,"tasks":%s},' \
      "$(json_text "$id")" "$(json_text "$state")" "${running:-0}" "${tasks:-0}"
    printf '"savepoint":%s,"newest":%s}\n' "$(json_text "$(remembered savepoint)")" "$(json_text "$latest")"
    return 0
  fi
  printf 'broker       %s\n' "${broker:+$(bootstrap) (process $broker)}"
  printf 'jobmanager   %s\n' "${jobmanager:+http://localhost:$rest_port (process $jobmanager)}"
  printf 'taskmanager  %s\n' "${present[@]-}"
  printf 'job          %s\n' "${id:+$id $state, $running of $tasks tasks run}"
  printf 'newest state %s\n' "$latest"
  $complete || exit 3
}

do_stop() {
  [[ $# -eq 0 ]] || wrong_use "stop takes no arguments"
  [[ -d "$directory" ]] || return 0
  lock
  local index name latest
  # TaskManagers last of Flink: a JobManager that sees them go would restart the job meanwhile.
  kill_process jobmanager TERM
  for name in $(process_names | grep '^taskmanager-' || true); do kill_process "$name" TERM; done
  kill_process broker TERM
  latest="$(newest)"
  say "stopped${latest:+; deploy/cluster.sh start and resume go on from $latest}"
}

do_clean() {
  [[ $# -eq 0 ]] || wrong_use "clean takes no arguments"
  [[ -d "$directory" ]] || return 0
  lock
  local name
  for name in $(process_names); do
    ! pid_of "$name" > /dev/null || refuse "$name runs: deploy/cluster.sh stop first"
  done
  (cd "$directory" && rm -rf kafka checkpoints savepoints log pid tmp conf lib runner \
    job job.arguments savepoint settings wenliu-job.jar)
}

single() {
  [[ $# -le 2 ]] || wrong_use "$1 takes no more than one argument"
  lock
  [[ -d "$directory/lib" ]] || refuse "no cluster in $directory: deploy/cluster.sh start"
  local index
  case "$1" in
    kill-broker | kill-jobmanager)
      pid_of "${1#kill-}" > /dev/null || refuse "${1#kill-} does not run"
      kill_process "${1#kill-}" KILL ;;
    start-broker) start_broker ;;
    start-jobmanager)
      launch_jobmanager
      await 60 "the JobManager" jobmanager rest /overview
      await 60 "a TaskManager" "" taskmanagers_are_registered ;;
    kill-taskmanager)
      index="${2:-$(taskmanager_indices | head -n 1)}"
      [[ -n "$index" ]] && pid_of "taskmanager-$index" > /dev/null || refuse "no such TaskManager runs"
      kill_process "taskmanager-$index" KILL ;;
    start-taskmanager)
      index="${2:-1}"
      index="$(number start-taskmanager "$index")"
      if [[ -z "${2:-}" ]]; then
        while pid_of "taskmanager-$index" > /dev/null; do index=$((index + 1)); done
      fi
      launch_taskmanager "$index"
      await 60 "TaskManager $index" "taskmanager-$index" taskmanagers_are_registered ;;
  esac
}

command="${1:---help}"
[[ $# -eq 0 ]] || shift
load_settings
case "$command" in
  -h | --help | help) usage ;;
  start) do_start "$@" ;;
  submit) do_submit "$@" ;;
  resume) do_resume "$@" ;;
  await-running) do_await_running "$@" ;;
  stop-job) do_stop_job "$@" ;;
  newest) newest ;;
  status) do_status "$@" ;;
  stop) do_stop "$@" ;;
  clean) do_clean "$@" ;;
  kill-broker | start-broker | kill-jobmanager | start-jobmanager) [[ $# -eq 0 ]] || wrong_use "$command takes no arguments"
    single "$command" ;;
  kill-taskmanager | start-taskmanager) single "$command" "$@" ;;
  *) wrong_use "unknown command $command" ;;
esac

# Measures the cluster that is up, or one of its own beside other systems.
# shellcheck shell=bash disable=SC2086 # lists of nodes are words

BENCH_JAR=$ROOT/bench/target/bench-0.1.0-exec.jar

pids_of_all() {
  local node
  for node in $NODES; do pid_of "$node"; done
}

# Clock ticks that the given processes have used so far; user and system time are fields 14 and 15.
cpu_ticks() {
  local pid
  for pid; do sed 's/^.*) //' "/proc/$pid/stat"; done | awk '{ ticks += $12 + $13 } END { print ticks }'
}

# kilobytes FILE FIELD PID... : the sum over all processes
kilobytes() {
  local file=$1 field=$2 pid
  shift 2
  for pid; do cat "/proc/$pid/$file"; done | awk -v field="$field:" '$1 == field { sum += $2 } END { print sum }'
}

measure_footprint() {
  local seconds=$1 pids before after
  pids=$(pids_of_all)
  before=$(cpu_ticks $pids)
  sleep "$seconds"
  after=$(cpu_ticks $pids)
  awk -v ticks=$((after - before)) -v hertz="$(getconf CLK_TCK)" -v seconds="$seconds" -v rss="$(kilobytes status VmRSS $pids)" \
    -v pss="$(kilobytes smaps_rollup Pss $pids)" -v count="$(wc -w <<<"$pids")" \
    'BEGIN { printf "%d processes: %.0f MiB RSS (%.0f MiB PSS), idle %.1f %% of one core over %d s\n", count, rss / 1024, pss / 1024, 100 * ticks / hertz / seconds, seconds }'
}

# The load generator made, and what it needs to be let in.
build_bench() {
  [[ -z $TLS ]] || fail "what makes the load speaks no TLS: measure a cluster without RINGSTORE_TLS."
  export RINGSTORE_TOKEN=$TOKEN
  if [[ ! -e $BENCH_JAR || -n $(find "$ROOT/bench/src/main" "$ROOT/bench/pom.xml" -newermc "$BENCH_JAR" | head -n 1) ]]; then
    "$ROOT/mvnw" -q -B -ntp -f "$ROOT/pom.xml" -pl bench -am -Dmaven.test.skip=true -Dspotless.check.skip=true package
  fi
}

# joined WORD... : with commas between them
joined() { local IFS=,; printf '%s' "$*"; }

# What the generator needs to know of the cluster of this launcher.
ringstore_target() {
  local node meters=()
  for node in $NODES; do meters+=("http://127.0.0.1:$(management_port_of "$node")/actuator/prometheus"); done
  printf '%s' "ringstore ringstore $GATEWAY pids=$(joined $(pids_of_all)) meters=$(joined "${meters[@]}")"
}

run_bench() { "$JAVA" -XX:+UseSerialGC -Xmx512m -jar "$BENCH_JAR" "$@"; }

bench() {
  local what=${1:-} compare='' options=()
  case $what in
    idle) expect $# 1 "bench idle takes nothing." ;;
    reads) shift; options=(--reads 100 --clients 1,16,64,256 "$@") ;;
    *)
      while (($#)); do
        if [[ $1 == --compare ]]; then
          compare=${2:-}
          [[ -n $compare ]] || fail "--compare takes names: etcd, zookeeper, bare."
          shift $(($# > 1 ? 2 : 1))
        else
          options+=("$1")
          shift
        fi
      done
      ;;
  esac
  find_java
  build_bench
  run_bench check "${options[@]}" || exit
  if [[ -n $compare ]]; then
    compare_with "$compare" "${options[@]}"
    return
  fi
  [[ -z $(not_running $NODES) ]] || fail "not running: $(not_running $NODES | tr '\n' ' ')- ./ringstore up starts them."
  [[ $what == idle ]] || require_writer
  case $what in
    idle) measure_footprint 30 ;;
    reads)
      say "local reads" && run_bench load --target "$(ringstore_target)" "${options[@]}" --consistency local
      say "linearizable reads" && run_bench load --target "$(ringstore_target)" "${options[@]}" --consistency linearizable
      ;;
    *) run_bench load --target "$(ringstore_target)" "${options[@]}" ;;
  esac
}

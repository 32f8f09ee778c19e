# Measures the cluster that is up, beside a bare Spring Boot endpoint on the same machine with the same flags.
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

measure_writes() {
  printf '%-10s' "$1"
  "$JAVA" -XX:+UseSerialGC -jar "$BENCH_JAR" "$2" "$3" "$SIZE" "$DURATION"
}

start_bare() {
  port_is_busy "$BARE_PORT" && fail "port $BARE_PORT is in use; choose another with RINGSTORE_BENCH_PORT."
  "$JAVA" "@$ROOT/launcher/jvm.options" -Xms64m "-Xmx$HEAP" -jar "$BENCH_JAR" bare "$BARE_PORT" >"$HOME_DIR/logs/bare.log" 2>&1 &
  BARE=$!
  trap 'kill "$BARE" 2>/dev/null || true' EXIT
  trap 'exit 130' INT TERM
  local until=$((SECONDS + START_TIMEOUT))
  until port_is_busy "$BARE_PORT"; do
    if ! kill -0 "$BARE" 2>/dev/null || ((SECONDS >= until)); then
      fail "the bare endpoint did not start; see $HOME_DIR/logs/bare.log"
    fi
    sleep 0.1
  done
}

# Each client reads a key of its own, which it has put before.
measure_reads() {
  local consistency clients
  printf '%-13s%7s %9s %9s %9s %9s %9s %7s\n' 'reads' clients reads/s 'p50 ms' 'p90 ms' 'p99 ms' 'max ms' failed
  for consistency in local linearizable; do
    for clients in 1 16 64 256; do
      printf '%-13s' "$consistency"
      "$JAVA" -XX:+UseSerialGC -jar "$BENCH_JAR" reads "$consistency" "$GATEWAY" "$clients" "$SIZE" "$DURATION"
    done
  done
}

build_bench() {
  [[ -e $BENCH_JAR ]] || "$ROOT/mvnw" -q -B -ntp -f "$ROOT/pom.xml" -pl bench -am -Dmaven.test.skip=true -Dspotless.check.skip=true package
}

bench() {
  [[ $# == 0 || $* == reads ]] || fail "bench takes nothing, or: reads."
  local SIZE=${RINGSTORE_BENCH_SIZE:-100} DURATION=${RINGSTORE_BENCH_SECONDS:-20} BARE_PORT=${RINGSTORE_BENCH_PORT:-8300} clients
  [[ -z $(not_running $NODES) ]] || fail "not running: $(not_running $NODES | tr '\n' ' ')- ./ringstore up starts them."
  find_java
  build_bench
  if [[ ${1:-} == reads ]]; then
    measure_reads
    return
  fi
  measure_footprint 20
  start_bare
  printf '%-10s%7s %9s %9s %9s %9s %9s %7s\n' "$SIZE bytes" clients writes/s 'p50 ms' 'p90 ms' 'p99 ms' 'max ms' failed
  for clients in 1 64; do
    measure_writes bare "http://127.0.0.1:$BARE_PORT" "$clients"
    measure_writes ringstore "$GATEWAY" "$clients"
  done
}

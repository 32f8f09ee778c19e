# What idle watchers cost the gateway: memory and time, measured from outside on the running cluster.
# shellcheck shell=bash

# What is alive on the gateway's heap after a full collection, in kilobytes.
live_heap() {
  "${JAVA%/*}/jcmd" "$1" GC.run >/dev/null
  "${JAVA%/*}/jcmd" "$1" GC.heap_info | grep -vi 'metaspace\|class space' | sed -n 's/.* used \([0-9]*\)K.*/\1/p' | awk '{ sum += $1 } END { print sum }'
}

# gateway_now WHAT : one line of its memory and threads
gateway_now() {
  local pid
  pid=$(pid_of client-0)
  printf '%-22s live heap %6.1f MiB, RSS %6.1f MiB, %d platform threads, %d open files\n' "$1" \
    "$(awk -v kilobytes="$(live_heap "$pid")" 'BEGIN { print kilobytes / 1024 }')" \
    "$(awk -v kilobytes="$(kilobytes status VmRSS "$pid")" 'BEGIN { print kilobytes / 1024 }')" \
    "$(find "/proc/$pid/task" -mindepth 1 -maxdepth 1 | wc -l)" "$(find "/proc/$pid/fd" -mindepth 1 | wc -l)"
}

# The watchers' answer: how many are answered, how many were lost, and how many bytes came so far.
ask_watchers() {
  echo >&"${WATCHERS_RUN[1]}"
  read -r -t 300 ANSWERED LOST BYTES <&"${WATCHERS_RUN[0]}" || fail "the watchers do not answer"
}

watchers() {
  local count=${1:-1000} seconds=30 pid before after
  [[ $count =~ ^[1-9][0-9]{0,5}$ ]] || fail "watchers takes a number, not '$count'."
  require_writer
  [[ -z $(not_running $NODES) ]] || fail "not running: $(not_running $NODES | tr '\n' ' ')- ./ringstore up starts them."
  find_java
  build_bench
  ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
  ((count + 500 < $(ulimit -n))) || fail "$count watchers are as many open files here and at the gateway, and this user may have $(ulimit -Hn) (ulimit -Hn)."
  pid=$(pid_of client-0)
  gateway_now 'without watchers'
  coproc WATCHERS_RUN { exec "$JAVA" -XX:+UseSerialGC -jar "$BENCH_JAR" watch "$GATEWAY" "$count"; }
  ask_watchers
  echo "$ANSWERED watchers answered, $LOST refused or lost"
  gateway_now "with $ANSWERED watchers"
  before=$(cpu_ticks "$pid")
  sleep "$seconds"
  after=$(cpu_ticks "$pid")
  awk -v ticks=$((after - before)) -v hertz="$(getconf CLK_TCK)" -v seconds="$seconds" \
    'BEGIN { printf "gateway: %.1f %% of one core over %d s\n", 100 * ticks / hertz / seconds, seconds }'
  ask_watchers
  echo "$ANSWERED watchers answered, $LOST refused or lost, $BYTES bytes received"
}

# How long nobody's write is acknowledged when something breaks: one table, from outside, on the running cluster.
# shellcheck shell=bash disable=SC2046,SC2086 # lists of nodes are words

RECOVERY_CASES="holder-killed holder-paused adjacent-killed primary-killed backup-killed syncs-restarted"
RECOVERY_CLIENTS=16

# What the gateway's view PATH says under FIELD, which has a string value.
view_of() {
  local body
  body=$(authorized -s -m 5 "$GATEWAY$1") && [[ $body =~ \"$2\":\"([^\"]+)\" ]] && echo "${BASH_REMATCH[1]}"
}

holder() { view_of /v1/ring holder; }

sync_after() { echo "sync-$(((${1#sync-} + 1) % $(wc -w <<<"$SYNC_NODES")))"; }

primary() {
  local cluster node
  cluster=$(authorized -s -m 5 "$GATEWAY/v1/cluster") || return 0
  for node in $STORE_NODES; do [[ $(role_of "$node" "$cluster") != PRIMARY ]] || echo "$node"; done
}

# victims_of CASE : the nodes it hits, chosen just before
victims_of() {
  local node
  case $1 in
    holder-killed | holder-paused) holder ;;
    adjacent-killed) node=$(holder) && echo "$node" "$(sync_after "$node")" ;;
    primary-killed) primary ;;
    backup-killed) for node in $STORE_NODES; do [[ $node == "$(primary)" ]] || { echo "$node" && break; }; done ;;
    syncs-restarted) echo $SYNC_NODES ;;
  esac
}

# The longest silence since it was last asked, in milliseconds, as SILENCE; what was acknowledged so far as ACKNOWLEDGED.
longest_silence() {
  local answer
  echo >&"${CLIENTS_RUN[1]}"
  read -r -t 30 answer <&"${CLIENTS_RUN[0]}" || fail "the clients do not answer"
  SILENCE=${answer% *} ACKNOWLEDGED=${answer#* }
}

# Until everything is up again, the preferred primary leads, and for two seconds nobody waited for long.
settle() {
  local until=$((SECONDS + START_TIMEOUT)) before
  await_ready $NODES
  until [[ $(primary) == "${STORE_NODES%% *}" ]] || ((SECONDS >= until)); do sleep 0.2; done
  longest_silence
  before=$ACKNOWLEDGED
  until sleep 2 && longest_silence && ((SILENCE < 250 && ACKNOWLEDGED > before)); do
    ((SECONDS < until)) || fail "writes are not steady: nobody was answered for $SILENCE ms, with nothing broken."
  done
}

# break_and_heal CASE : leaves the silence in SILENCE
break_and_heal() {
  local victims node window=5
  victims=$(victims_of "$1")
  [[ -n $victims ]] || fail "$1: the gateway does not say whom it would hit."
  longest_silence
  case $1 in
    *-paused) for node in $victims; do signal STOP "$node"; done ;;
    *) for node in $victims; do signal KILL "$node"; done ;;
  esac
  if [[ $1 == syncs-restarted ]]; then
    await_end 5 $victims
    for node in $victims; do start_node "$node"; done
    await_ready $victims
  fi
  sleep "$window"
  longest_silence
  local measured=$SILENCE
  for node in $victims; do
    if [[ $1 == *-paused ]]; then signal CONT "$node"; elif [[ -z $(pid_of "$node") ]]; then start_node "$node"; fi
  done
  settle
  SILENCE=$measured
}

measure_recovery() {
  local repeats=$1 case=$2 repeat silences=()
  for ((repeat = 0; repeat < repeats; repeat++)); do
    break_and_heal "$case"
    silences+=("$SILENCE")
  done
  printf '%s\n' "${silences[@]}" | sort -n | awk -v name="$case" '{ ms[NR] = $1 } END {
    printf "%-16s %7d %10.0f %10d\n", name, NR, (ms[int((NR + 1) / 2)] + ms[int(NR / 2) + 1]) / 2, ms[NR] }'
}

recovery() {
  local repeats=20 case
  if [[ ${1:-} =~ ^[1-9][0-9]*$ ]]; then
    repeats=$1
    shift
  fi
  for case; do [[ " $RECOVERY_CASES " == *" $case "* ]] || fail "no such case: $case. There are: $RECOVERY_CASES"; done
  require_writer
  [[ -z $(not_running $NODES) ]] || fail "not running: $(not_running $NODES | tr '\n' ' ')- ./ringstore up starts them."
  lock
  build
  build_bench
  coproc CLIENTS_RUN { exec "$JAVA" -XX:+UseSerialGC -Xmx128m -jar "$BENCH_JAR" silence "$GATEWAY" "$RECOVERY_CLIENTS"; }
  settle
  printf '%-16s %7s %10s %10s\n' 'longest silence' repeats 'median ms' 'worst ms'
  for case in ${*:-$RECOVERY_CASES}; do measure_recovery "$repeats" "$case"; done
}

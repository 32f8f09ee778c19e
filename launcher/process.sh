# One node as an operating system process.
# shellcheck shell=bash disable=SC2046,SC2086 # lists of nodes and flags are words

pid_file() { echo "$HOME_DIR/pids/$1"; }
log_file() { echo "$HOME_DIR/logs/$1.log"; }

# Marks our processes on their command line, so that a pid used again by another program is never taken for a node.
mark_of() { echo "-Dringstore.launched=$HOME_DIR/$1"; }

command_line() {
  if [[ -r /proc/$1/cmdline ]]; then tr '\0' '\n' <"/proc/$1/cmdline" 2>/dev/null; else ps -o command= -p "$1" | tr ' ' '\n'; fi
}

# pid_of NODE : its pid if it is alive, nothing otherwise
pid_of() {
  local pid
  pid=$(cat "$(pid_file "$1")" 2>/dev/null) || return 0
  [[ $pid =~ ^[0-9]+$ ]] && command_line "$pid" | grep -qxF -e "$(mark_of "$1")" && echo "$pid"
  return 0
}

is_paused() {
  local state
  if [[ -r /proc/$1/status ]]; then state=$(sed -n 's/^State:[[:space:]]*//p' "/proc/$1/status" 2>/dev/null); else state=$(ps -o state= -p "$1"); fi
  [[ $state == T* ]]
}

# running, paused, dead (it should run but does not) or stopped (nobody wants it to run)
state_of() {
  local pid
  pid=$(pid_of "$1")
  if [[ -z $pid ]]; then
    [[ -e $(pid_file "$1") ]] && echo dead || echo stopped
  elif is_paused "$pid"; then
    echo paused
  else
    echo running
  fi
}

port_is_busy() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

require_free_ports() {
  local node port busy=
  for node; do
    for port in $(printf '%s\n' "$(port_of "$node")" "$(management_port_of "$node")" | sort -u); do
      port_is_busy "$port" && busy+=" $port ($node)"
    done
  done
  [[ -z $busy ]] || fail "in use by something else:$busy.
Free them, or choose others with RINGSTORE_CLIENT_PORT, RINGSTORE_CLIENT_MANAGEMENT_PORT, RINGSTORE_SYNC_PORT and
RINGSTORE_STORE_PORT, in the environment or in $HOME_DIR/config."
}

# A node must not hold what its starter had open, such as a lock file or the pipe of whoever reads our output.
close_inherited() {
  local fd
  for fd in {3..29}; do eval "exec $fd>&-"; done
}

# launch NODE JVM_OPTION... : starts it in the background, in a process group of its own
launch() {
  local node=$1 service app log heap=$HEAP
  shift
  service=$(service_of "$node")
  app=$(app_of "$service")
  log=$(log_file "$node")
  mkdir -p "$HOME_DIR/pids" "$HOME_DIR/logs" "$HOME_DIR/data/$node"
  # One log per life; that of the life before is kept beside it.
  [[ ! -e $log ]] || mv "$log" "$log.1"
  local settings=(
    RINGSTORE_NODE="$node"
    RINGSTORE_SYNC_NODES="$(addresses $SYNC_NODES)"
    RINGSTORE_STORE_NODES="$(addresses $STORE_NODES)"
    SERVER_ADDRESS=127.0.0.1
    SERVER_PORT="$(port_of "$node")"
    # Nobody but this machine's users reaches it.
    RINGSTORE_LAB_ENABLED="${RINGSTORE_LAB_ENABLED:-true}"
  )
  case $service in
    store) settings+=(RINGSTORE_STORE_DATA="$HOME_DIR/data/$node") heap=$STORE_HEAP ;;
    client)
      settings+=(MANAGEMENT_SERVER_PORT="$(management_port_of "$node")" MANAGEMENT_SERVER_ADDRESS=127.0.0.1)
      heap=$GATEWAY_HEAP
      # Nobody but this machine's users reaches it.
      settings+=(RINGSTORE_GATEWAY_ADMIN="${RINGSTORE_GATEWAY_ADMIN:-true}")
      [[ -z $TOKENS_FILE ]] || settings+=(RINGSTORE_ACCESS_TOKENS="$TOKENS_FILE")
      settings+=(RINGSTORE_LAB_START_COMMAND="$ROOT/launcher/start-node" RINGSTORE_HOME="$HOME_DIR")
      ;;
  esac
  local setting
  while read -r setting; do settings+=("$setting"); done < <(tls_settings "$service")
  (
    set -m
    close_inherited
    # Each watcher is an open file of the gateway.
    ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
    cd "$app" || exit 1
    export "${settings[@]}"
    RINGSTORE_SECRET=$(<"$HOME_DIR/secret")
    export RINGSTORE_SECRET
    nohup "$JAVA" "@$ROOT/launcher/jvm.options" -Xms64m "-Xmx$heap" "$@" $JAVA_OPTIONS "$(mark_of "$node")" -jar app.jar >"$log" 2>&1 </dev/null &
    echo $! >"$(pid_file "$node")"
  )
  await_exec "$node"
}

# A forked shell becomes a JVM only after a moment, and only then carries its mark.
await_exec() {
  local tries
  for tries in {1..100}; do
    [[ -z $(pid_of "$1") ]] && kill -0 "$(cat "$(pid_file "$1")")" 2>/dev/null || return 0
    sleep 0.02
  done
}

start_node() {
  local cache
  cache=$(app_of "$(service_of "$1")")/app.aot
  if [[ -s $cache ]]; then launch "$1" "-XX:AOTCache=$cache"; else launch "$1"; fi
}

require_alive() {
  local node
  for node; do
    [[ -z $(pid_of "$node") ]] || continue
    echo "--- the last lines of $(log_file "$node")" >&2
    tail -n 15 "$(log_file "$node")" >&2
    fail "$node ended while starting."
  done
}

await_port() {
  local until=$((SECONDS + START_TIMEOUT))
  until port_is_busy "$(port_of "$1")"; do
    require_alive "$1"
    ((SECONDS < until)) || fail "$1 does not listen after $START_TIMEOUT s."
    sleep 0.1
  done
}

signal() { kill "-$1" "$(pid_of "$2")" 2>/dev/null; }

# Waits until all named nodes are gone; fails after so many seconds.
await_end() {
  local until=$((SECONDS + $1)) node left
  shift
  while ((SECONDS <= until)); do
    left=
    for node; do [[ -z $(pid_of "$node") ]] || left+=" $node"; done
    [[ -n $left ]] || return 0
    sleep 0.1
  done
  return 1
}

# Asks nicely, wakes those that are paused, and ends what has not left in time.
stop_nodes() {
  local node
  for node; do
    [[ -n $(pid_of "$node") ]] || continue
    signal TERM "$node" || true
    signal CONT "$node" || true
  done
  await_end "$STOP_TIMEOUT" "$@" || for node; do
    [[ -z $(pid_of "$node") ]] || { say "$node did not stop within $STOP_TIMEOUT s and is killed"; signal KILL "$node" || true; }
  done
  await_end 5 "$@" || fail "cannot end$(printf ' %s' "$@")"
  for node; do rm -f "$(pid_file "$node")"; done
}

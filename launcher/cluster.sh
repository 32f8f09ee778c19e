# The cluster as a whole: up, down, status.
# shellcheck shell=bash disable=SC2086 # lists of nodes are words

# One launcher at a time changes what runs.
lock() {
  mkdir -p "$HOME_DIR"
  take_lock "$HOME_DIR/lock" "$START_TIMEOUT"
}

# take_lock LINK SECONDS : waits for it so long. A lock is a symbolic link to the holder's pid: made in one step, owner included.
take_lock() {
  local holder until=$((SECONDS + $2))
  until ln -s $$ "$1" 2>/dev/null; do
    holder=$(readlink "$1") || continue
    kill -0 "$holder" 2>/dev/null || break_lock "$1" "$holder"
    ((SECONDS < until)) || fail "another ./ringstore (pid $holder) is still at work; $1 is its lock."
    sleep 0.2
  done
  LOCKS+=("$1")
  trap unlock EXIT
  trap 'exit 130' INT TERM
}

# Takes the lock of a launcher that was killed out of the way, unless somebody else has taken its place meanwhile.
break_lock() {
  mv "$1" "$1.$$" 2>/dev/null || return 0
  if [[ $(readlink "$1.$$") == "$2" ]]; then
    rm "$1.$$"
  else
    mv "$1.$$" "$1"
  fi
}

unlock() {
  if ((${#STARTED[@]})); then
    say "stopping what was started"
    stop_nodes "${STARTED[@]}"
  fi
  local link
  for link in ${LOCKS[@]+"${LOCKS[@]}"}; do give_back "$link"; done
}

# Leaves it alone where another holds it by now.
give_back() {
  [[ $(readlink "$1") != "$$" ]] || rm -f "$1"
}

# The locks that this command has ever taken.
LOCKS=()

# Nodes that this command has started and that must not outlive its failure.
STARTED=()

not_running() {
  local node
  for node; do [[ -n $(pid_of "$node") ]] || echo "$node"; done
}

# A write that is refused by its precondition (412) goes through ring and store like any other, and leaves nothing behind.
write_status() {
  authorized -s -o /dev/null -w '%{http_code}' -m 5 -X PUT -H 'If-Match: "1"' -H 'Prefer: wait=4' \
    -H 'Content-Type: text/plain' --data-binary up "$GATEWAY/v1/kv/ringstore%3Aup" || true
}

# require_let_in STATUS : of a write; another attempt with the same token would end like this one
require_let_in() {
  local needs="$command needs one of a writer for all keys, in RINGSTORE_TOKEN"
  case $1 in
    401) fail "the gateway takes requests with an API token only, and $([[ -n $TOKEN ]] && echo "does not know this one" || echo "there is none"): $needs." ;;
    403) fail "this API token is one of a reader or for some keys only: $needs." ;;
  esac
}

require_writer() { require_let_in "$(write_status)"; }

await_first_write() {
  local until=$((SECONDS + START_TIMEOUT)) status
  until
    status=$(write_status)
    [[ $status == 412 ]]
  do
    require_let_in "$status"
    require_alive "${STARTED[@]}"
    ((SECONDS < until)) || fail "no write committed within $START_TIMEOUT s; ./ringstore logs NODE tells why."
    sleep 0.1
  done
}

# A node that is late is worth a word, not a failure: the cluster works without it.
await_ready() {
  local until=$((SECONDS + START_TIMEOUT)) node
  for node; do
    until [[ $(health_of "$node") == UP ]]; do
      require_alive "$node"
      ((SECONDS < until)) || { say "$node is not ready yet; ./ringstore logs $node tells why"; break; }
      sleep 0.2
    done
  done
}

report_paused() {
  local node
  for node in $NODES; do
    [[ $(state_of "$node") != paused ]] || say "$node is paused; ./ringstore resume $node wakes it"
  done
}

up() {
  local missing node began=$SECONDS
  lock
  build
  ensure_secret
  missing=$(not_running $NODES)
  [[ $missing != "${NODES// /$'\n'}" ]] || prune_apps
  if [[ -z $missing ]]; then
    say "already up: $GATEWAY"
    report_paused
    return
  fi
  [[ -z $TOKENS_FILE || -n $TOKEN ]] || fail "the gateways take requests with an API token only (RINGSTORE_ACCESS_TOKENS): up needs one of a writer, in RINGSTORE_TOKEN."
  require_free_ports $missing
  one_at_a_time train
  say "starting" $missing
  for node in $missing; do STARTED+=("$node"); start_node "$node"; done
  await_first_write
  say "first write committed after $((SECONDS - began)) s"
  await_ready "${STARTED[@]}"
  STARTED=()
  report_paused
  say "up: $GATEWAY"
  cat <<END

  curl ${TLS:+--cacert $TLS/ca.crt }-X PUT $GATEWAY/v1/kv/R1 -d hello
  curl ${TLS:+--cacert $TLS/ca.crt }$GATEWAY/v1/kv/R1
  curl ${TLS:+--cacert $TLS/ca.crt }$GATEWAY/v1/ring

  ./ringstore status shows every node; ./ringstore down ends them all and keeps the data.
END
}

# The gateway first, so that no client waits for nodes that are leaving; the store last, so that the ring can finish.
down() {
  lock
  stop_nodes $CLIENT_NODES
  stop_nodes $SYNC_NODES
  stop_nodes $STORE_NODES
  say "down; data is kept in $HOME_DIR/data"
}

reset() {
  down
  rm -rf "$HOME_DIR"/{data,logs,pids,secret}
  say "data, logs and secret are removed"
}

health_of() {
  local body
  body=$("${CURL[@]}" -s -m 2 "$SCHEME://127.0.0.1:$(management_port_of "$1")/actuator/health/readiness") || { echo -; return; }
  [[ $body =~ \"status\":\"([A-Z_]+)\" ]] && echo "${BASH_REMATCH[1]}" || echo -
}

# role_of NODE CLUSTER : what the gateway's /v1/cluster says about it
role_of() {
  local object
  object=$(tr '{' '\n' <<<"$2" | grep -F "\"id\":\"$1\"")
  if [[ $object =~ \"(role|phase)\":\"([A-Z_]+)\" ]]; then echo "${BASH_REMATCH[2]}"; else echo -; fi
}

status() {
  local node state pid health role cluster
  cluster=$(authorized -s -m 3 -w '\n%{http_code}' "$GATEWAY/v1/cluster" || true)
  printf '%-9s %-12s %-8s %-10s %8s %6s\n' NODE ROLE STATE HEALTH PID PORT
  for node in $NODES; do
    state=$(state_of "$node") pid=$(pid_of "$node") health=- role=-
    [[ $state == running ]] && health=$(health_of "$node") role=$(role_of "$node" "$cluster")
    [[ $node == client-* && $state == running ]] && role=GATEWAY
    printf '%-9s %-12s %-8s %-10s %8s %6s\n' "$node" "$role" "$state" "$health" "${pid:--}" "$(port_of "$node")"
  done
  [[ ${cluster##*$'\n'} != 40[13] ]] || say "the gateway shows roles to whom it knows only: give an API token in RINGSTORE_TOKEN" >&2
}

# Another number of sync nodes, while clients write: docs/OPERATING.md says what happens when.
# shellcheck shell=bash disable=SC2046,SC2086 # lists of nodes are words

# store_says FIELD JSON : its number, or the content of its list
store_says() {
  [[ $2 =~ \"$1\":(\[([^]]*)\]|([0-9]+)) ]] && echo "${BASH_REMATCH[2]:-${BASH_REMATCH[3]:-}}"
}

# ask_store PATH CURL_OPTION... : what the first store node says that answers; as in all of the ring, with the secret
ask_store() {
  local path=$1 node
  shift
  for node in $STORE_NODES; do
    "${CURL[@]}" -sf -m 10 -H @<(printf 'Ringstore-Secret: %s\n' "$(<"$HOME_DIR/secret")") "$@" \
      "$SCHEME://127.0.0.1:$(port_of "$node")/store/$path" && return
  done
  return 1
}

# Does nothing if the store has this ring already, so that a resize which was broken off can be done again.
install_ring() {
  local view wanted
  view=$(ask_store fence) || fail "no store node answers; a majority of them must run."
  wanted=$(printf ',"%s"' $SYNC_NODES)
  [[ $(store_says nodes "$view") != "${wanted#,}" ]] || return 0
  view=$(ask_store reconfigure -H 'Content-Type: application/json' \
    -d "{\"expectCfg\":$(store_says cfg "$view"),\"nodes\":[${wanted#,}]}") || fail "the store did not take the new ring; try again."
  [[ $(store_says nodes "$view") == "${wanted#,}" ]] || fail "somebody else changes the ring: $view"
  say "the ring is now" $SYNC_NODES
}

remember_size() {
  local others
  others=$(grep -v '^RINGSTORE_SYNC_SIZE=' "$HOME_DIR/config" 2>/dev/null || true)
  printf '%s\n' ${others:+"$others"} "RINGSTORE_SYNC_SIZE=$1" >"$HOME_DIR/config.new" && mv "$HOME_DIR/config.new" "$HOME_DIR/config"
}

# Those that go leave in order before the ring is another one; those that stay learn the addresses of those that come
# by a restart, one after the other, also if the size is the same: an earlier resize may have been broken off.
resize() {
  local size=$1 before=$SYNC_NODES node
  set_size "$size"
  lock
  [[ -z ${SIZE_IS_FORCED:-} ]] || fail "RINGSTORE_SYNC_SIZE is set in the environment, which would win over what resize remembers."
  [[ -z $(not_running $STORE_NODES) ]] || fail "not running: $(not_running $STORE_NODES | tr '\n' ' ')- ./ringstore up starts them."
  build
  for node in $before; do is_node "$node" || stop_nodes "$node"; done
  install_ring
  remember_size "$size"
  require_free_ports $(not_running $SYNC_NODES)
  for node in $(not_running $SYNC_NODES); do start_node "$node"; done
  await_ready $SYNC_NODES
  if ((size >= $(wc -w <<<"$before"))); then
    for node in $before; do
      stop_nodes "$node"
      start_node "$node"
      await_ready "$node"
    done
  fi
  say "the ring has $size nodes; the gateway sends to new ones after ./ringstore restart ${CLIENT_NODES%% *}"
}

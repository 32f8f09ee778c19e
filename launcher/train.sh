# Makes the AOT caches: a small cluster serves real requests once, and each service writes down what it loaded.
# shellcheck shell=bash disable=SC2086 # lists of nodes are words

needs_training() {
  local service
  for service in store sync client; do [[ -e $(app_of "$service")/app.aot ]] || return 0; done
  return 1
}

# Enough of everything that classes are loaded and hot methods are known; curl reuses one connection per line.
exercise() {
  local put=(-X PUT -H "Content-Type: text/plain" --data-binary training)
  curl -s -m 30 "${put[@]}" "$GATEWAY/v1/kv/training-[1-300]"
  curl -s -m 60 "${put[@]}" --parallel --parallel-max 16 "$GATEWAY/v1/kv/training-[1-600]"
  curl -s -m 30 "$GATEWAY/v1/kv/training-[1-100]" "$GATEWAY/v1/log?from=[1-20]&limit=10" "$GATEWAY/v1/kv?prefix=training" \
    "$GATEWAY/v1/ring" "$GATEWAY/v1/cluster" "http://127.0.0.1:$CLIENT_MANAGEMENT_PORT/actuator/{health,prometheus}"
}

# Three store nodes so that replication is seen too; of each service the first node writes its cache as it ends.
train_in() {
  HOME_DIR=$1 STORE_NODES="store-0 store-1 store-2" SYNC_NODES="sync-0 sync-1" CLIENT_NODES=client-0
  local node service
  ensure_secret
  trap 'stop_nodes $STORE_NODES $SYNC_NODES $CLIENT_NODES' EXIT
  for node in $STORE_NODES $SYNC_NODES $CLIENT_NODES; do
    service=$(service_of "$node")
    STARTED+=("$node")
    if [[ $node == *-0 ]]; then
      launch "$node" "-XX:AOTCacheOutput=$(app_of "$service")/app.aot"
    else
      launch "$node"
    fi
  done
  await_first_write
  exercise >/dev/null 2>&1 || say "the training run was cut short"
  STOP_TIMEOUT=120
}

# A node starts without a cache as well, only slower: failing to make one is no reason not to start.
train() {
  needs_training || return 0
  local service training=$APP_DIR/training
  say "training the AOT caches, once per build"
  rm -rf "$training" && mkdir -p "$training"
  (train_in "$training") || say "no AOT cache could be made; nodes will start slower. See $training/logs"
  for service in store sync client; do
    [[ -s $(app_of "$service")/app.aot ]] || : >"$(app_of "$service")/app.aot"
  done
}

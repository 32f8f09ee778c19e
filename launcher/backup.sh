# A file with everything a cluster holds, and a cluster from such a file.
# shellcheck shell=bash disable=SC2086 # lists of nodes are words

# restore_command ARGUMENT... : reads a backup, and makes disks from it if it is told where
restore_command() {
  "$JAVA" "-Xmx$STORE_HEAP" -XX:TieredStopAtLevel=1 -cp "$(app_of store)/app.jar" \
    --sun-misc-unsafe-memory-access=allow io.ringstore.store.replication.RestoreCommand "$@"
}

# What was not received as a whole, or is not what was sent, never gets the name of a backup.
backup() {
  expect $# 1 "backup takes the file to write."
  local file=$1 status
  [[ ! -e $file ]] || fail "$file is there already."
  build
  PART=$file.part
  trap 'rm -f "$PART"' EXIT
  : >"$file.part" || fail "cannot write $file.part."
  status=$(authorized -sS -o "$file.part" -w '%{http_code}' "$GATEWAY/v1/admin/snapshot") || fail "no backup came from $GATEWAY; is the cluster up?"
  [[ $status == 200 ]] || refused "$status" "$file.part"
  restore_command "$file.part" || fail "what came is no backup."
  mv "$file.part" "$file"
  say "backup written: $file"
}

restore() {
  expect $# 1 "restore takes the file to read."
  local node disks=()
  lock
  for node in $NODES; do
    [[ -z $(pid_of "$node") ]] || fail "$node is running: a backup is restored into a new cluster only."
  done
  build
  mkdir -p "$HOME_DIR/data"
  for node in $STORE_NODES; do disks+=("$node=$HOME_DIR/data/$node"); done
  restore_command "$1" "${RINGSTORE_CLUSTER:-ringstore}" "${disks[@]}" || fail "not restored."
  say "restored; ./ringstore up starts it"
}

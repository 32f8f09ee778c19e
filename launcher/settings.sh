# Where things are and how they are set: environment first, then .ringstore/config, then the defaults below.
# shellcheck shell=bash

STORE_NODES="store-0 store-1 store-2"
SYNC_SIZE_MAX=9

# set_size N : sets SYNC_NODES, and NODES, for a ring of so many
set_size() {
  [[ $1 =~ ^[1-$SYNC_SIZE_MAX]$ ]] || fail "a ring has 1 to $SYNC_SIZE_MAX sync nodes (RINGSTORE_SYNC_SIZE), not '$1'."
  local i
  SYNC_NODES=sync-0
  for ((i = 1; i < $1; i++)); do SYNC_NODES+=" sync-$i"; done
  NODES="$STORE_NODES $SYNC_NODES $CLIENT_NODES"
}

HOME_DIR=${RINGSTORE_HOME:-$ROOT/.ringstore}
APP_DIR=$ROOT/.ringstore/app

# Takes NAME=VALUE lines; a line is never executed, and what the environment says wins.
read_config() {
  local line name
  [[ -r $HOME_DIR/config ]] || return 0
  while IFS= read -r line || [[ -n $line ]]; do
    [[ $line =~ ^[[:space:]]*(#|$) ]] && continue
    [[ $line =~ ^(RINGSTORE_[A-Z_]+)=(.*)$ ]] || fail "$HOME_DIR/config: not RINGSTORE_NAME=VALUE: $line"
    name=${BASH_REMATCH[1]}
    [[ -n ${!name:-} ]] || printf -v "$name" '%s' "${BASH_REMATCH[2]}"
  done <"$HOME_DIR/config"
}

load_settings() {
  SIZE_IS_FORCED=${RINGSTORE_SYNC_SIZE:-}
  read_config
  CLIENT_PORT=${RINGSTORE_CLIENT_PORT:-8080}
  CLIENT_MANAGEMENT_PORT=${RINGSTORE_CLIENT_MANAGEMENT_PORT:-9080}
  SYNC_PORT=${RINGSTORE_SYNC_PORT:-8100}
  STORE_PORT=${RINGSTORE_STORE_PORT:-8200}
  START_TIMEOUT=${RINGSTORE_START_TIMEOUT:-120}
  STOP_TIMEOUT=${RINGSTORE_STOP_TIMEOUT:-20}
  HEAP=${RINGSTORE_HEAP:-256m}
  GATEWAY_HEAP=${RINGSTORE_GATEWAY_HEAP:-512m}
  STORE_HEAP=${RINGSTORE_STORE_HEAP:-1g}
  JAVA_OPTIONS=${RINGSTORE_JAVA_OPTIONS:-}
  GATEWAYS=${RINGSTORE_GATEWAYS:-1}
  use_tls "${RINGSTORE_TLS:-}"
  GATEWAY=$SCHEME://127.0.0.1:$CLIENT_PORT
  TOKEN=${RINGSTORE_TOKEN:-}
  TOKENS_FILE=${RINGSTORE_ACCESS_TOKENS:-}
  [[ -z $TOKENS_FILE || $TOKENS_FILE == /* ]] || TOKENS_FILE=$PWD/$TOKENS_FILE
  local name
  for name in GATEWAYS CLIENT_PORT CLIENT_MANAGEMENT_PORT SYNC_PORT STORE_PORT START_TIMEOUT STOP_TIMEOUT; do
    [[ ${!name} =~ ^[1-9][0-9]{0,4}$ ]] || fail "RINGSTORE_$name must be a whole number, not '${!name}'."
  done
  CLIENT_NODES=$(seq -s ' ' -f 'client-%.0f' 0 $((GATEWAYS - 1)))
  set_size "${RINGSTORE_SYNC_SIZE:-5}"
}

# use_tls DIRECTORY : whether nodes speak TLS, and curl with them
use_tls() {
  TLS=$1 SCHEME=http CURL=(curl)
  [[ -n $TLS ]] || return 0
  [[ $TLS == /* ]] || TLS=$PWD/$TLS
  local file
  for file in ca.crt tls.crt tls.key; do [[ -r $TLS/$file ]] || fail "RINGSTORE_TLS: no $TLS/$file."; done
  SCHEME=https CURL+=(--cacert "$TLS/ca.crt" --cert "$TLS/tls.crt" --key "$TLS/tls.key")
}

# tls_settings SERVICE : what makes it show tls.crt to whom it calls and who calls it, as NAME=VALUE lines
tls_settings() {
  [[ -n $TLS ]] || return 0
  printf '%s\n' RINGSTORE_TLS_BUNDLE=nodes SERVER_SSL_BUNDLE=nodes \
    SPRING_SSL_BUNDLE_PEM_NODES_RELOADONUPDATE=true \
    SPRING_SSL_BUNDLE_PEM_NODES_KEYSTORE_CERTIFICATE="file:$TLS/tls.crt" \
    SPRING_SSL_BUNDLE_PEM_NODES_KEYSTORE_PRIVATEKEY="file:$TLS/tls.key" \
    SPRING_SSL_BUNDLE_PEM_NODES_TRUSTSTORE_CERTIFICATE="file:$TLS/ca.crt" \
    SERVER_SSL_CLIENTAUTH="$([[ $1 == client ]] && echo none || echo want)"
}

service_of() { printf '%s\n' "${1%-*}"; }

is_node() { [[ " $NODES " == *" $1 "* ]]; }

port_of() {
  case $1 in
    store-*) echo $((STORE_PORT + ${1#store-})) ;;
    sync-*) echo $((SYNC_PORT + ${1#sync-})) ;;
    client-*) echo $((CLIENT_PORT + ${1#client-})) ;;
  esac
}

management_port_of() {
  case $1 in
    client-*) echo $((CLIENT_MANAGEMENT_PORT + ${1#client-})) ;;
    *) port_of "$1" ;;
  esac
}

# addresses NODE... : NAME=URL pairs, as ringstore.sync-nodes and ringstore.store-nodes want them
addresses() {
  local node list=
  for node; do list+=,$node=$SCHEME://127.0.0.1:$(port_of "$node"); done
  printf '%s\n' "${list#,}"
}

# The cluster secret is made once, readable by its owner only, and handed to nodes in their environment.
ensure_secret() {
  [[ -s $HOME_DIR/secret ]] && return
  (umask 077 && head -c 32 /dev/urandom | base64 | tr -d '\n=' >"$HOME_DIR/secret.new" && mv "$HOME_DIR/secret.new" "$HOME_DIR/secret")
}

# authorized CURL_ARGUMENT... : curl with the API token, if there is one; in no argument, because everybody sees those
authorized() {
  if [[ -z $TOKEN ]]; then "${CURL[@]}" "$@"; else printf 'header = "Authorization: Bearer %s"\n' "$TOKEN" | "${CURL[@]}" -K /dev/fd/3 "$@" 3<&0 <&4; fi 4<&0
}

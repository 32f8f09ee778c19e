# Other systems beside a Ringstore of its own, to be measured in one run: three nodes each, on loopback, flushing what they
# acknowledge, each node with a directory of its own on the same disk. All run at once; one at a time is under load.
# shellcheck shell=bash disable=SC2086 # lists of nodes are words

PEERS=$ROOT/.ringstore/peers
PEER_PIDS=()

# Whoever is compared with lives on these ports, from RINGSTORE_BENCH_PORT on.
bare_port() { echo "$BENCH_PORT"; }
ringstore_port() { echo $((BENCH_PORT + 1 + $1)); }
etcd_port() { echo $((BENCH_PORT + 40 + $1)); }
zookeeper_port() { echo $((BENCH_PORT + 50 + $1)); }

# run_peer NAME COMMAND... : in the background, until this launcher ends
run_peer() {
  local name=$1
  shift
  "$@" >"$COMPARE_DIR/$name.log" 2>&1 </dev/null &
  PEER_PIDS+=($!)
}

end_peers() {
  local pid
  ((${#PEER_PIDS[@]} == 0)) || kill "${PEER_PIDS[@]}" 2>/dev/null || true
  for pid in "${PEER_PIDS[@]}"; do wait "$pid" 2>/dev/null || true; done
  [[ ! -d $COMPARE_DIR/ringstore ]] || own_ringstore down >/dev/null || return
  rm -rf "$COMPARE_DIR"
}

# await_peer NAME COMMAND... : until it succeeds
await_peer() {
  local name=$1 until=$((SECONDS + START_TIMEOUT))
  shift
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS >= until)); then
      tail -n 15 "$COMPARE_DIR/$name"*.log >&2
      fail "$name did not start within $START_TIMEOUT s."
    fi
    sleep 0.2
  done
}

own_ringstore() {
  RINGSTORE_HOME=$COMPARE_DIR/ringstore RINGSTORE_GATEWAYS=1 RINGSTORE_CLIENT_PORT=$(ringstore_port 0) \
    RINGSTORE_CLIENT_MANAGEMENT_PORT=$(ringstore_port 1) RINGSTORE_SYNC_PORT=$(ringstore_port 10) \
    RINGSTORE_STORE_PORT=$(ringstore_port 20) "$ROOT/ringstore" "$@"
}

start_ringstore() {
  mkdir -p "$COMPARE_DIR/ringstore"
  own_ringstore up >"$COMPARE_DIR/ringstore.log" || fail "the Ringstore to be measured did not start: $(<"$COMPARE_DIR/ringstore.log")"
  TARGETS+=(--target "$(
    HOME_DIR=$COMPARE_DIR/ringstore CLIENT_PORT=$(ringstore_port 0) CLIENT_MANAGEMENT_PORT=$(ringstore_port 1)
    SYNC_PORT=$(ringstore_port 10) STORE_PORT=$(ringstore_port 20) GATEWAY=http://127.0.0.1:$CLIENT_PORT CLIENT_NODES=client-0
    set_size "${RINGSTORE_SYNC_SIZE:-5}"
    ringstore_target
  )")
}

# etcd of this machine, or that of Debian, unpacked without being installed.
find_etcd() {
  ETCD=$(command -v etcd || true)
  [[ -z $ETCD ]] || return 0
  ETCD=$PEERS/etcd/usr/bin/etcd
  [[ -x $ETCD ]] && return
  { command -v apt-get && command -v dpkg-deb; } >/dev/null || fail "there is no etcd on this machine, and no apt-get to fetch it with: put one on the PATH."
  say "fetching etcd from Debian"
  mkdir -p "$PEERS/etcd"
  (cd "$PEERS/etcd" && apt-get download etcd-server >/dev/null 2>"$COMPARE_DIR/apt.log" && dpkg-deb -x etcd-server_*.deb .) || {
    cat "$COMPARE_DIR/apt.log" >&2
    fail "apt-get has no etcd-server; apt-get update (as root) may help, or put an etcd on the PATH."
  }
}

start_etcd() {
  local i first=${#PEER_PIDS[@]} all=() meters=() leader=
  find_etcd
  for i in 0 1 2; do all+=("etcd-$i=http://127.0.0.1:$(etcd_port $((5 + i)))"); done
  for i in 0 1 2; do
    run_peer "etcd-$i" "$ETCD" --name "etcd-$i" --data-dir "$COMPARE_DIR/etcd-$i" --initial-cluster "$(joined "${all[@]}")" \
      --initial-cluster-token ringstore-bench --logger zap --log-level error \
      --listen-client-urls "http://127.0.0.1:$(etcd_port "$i")" --advertise-client-urls "http://127.0.0.1:$(etcd_port "$i")" \
      --listen-peer-urls "http://127.0.0.1:$(etcd_port $((5 + i)))" --initial-advertise-peer-urls "http://127.0.0.1:$(etcd_port $((5 + i)))"
    meters+=("http://127.0.0.1:$(etcd_port "$i")/metrics")
  done
  for i in 0 1 2; do await_peer etcd curl -sf -m 2 "http://127.0.0.1:$(etcd_port "$i")/health"; done
  for i in 0 1 2; do
    [[ $(curl -s "http://127.0.0.1:$(etcd_port "$i")/metrics") != *'etcd_server_is_leader 1'* ]] || leader=$i
  done
  [[ -n $leader ]] || fail "etcd has no leader."
  TARGETS+=(--target "etcd etcd http://127.0.0.1:$(etcd_port "$leader") pids=$(joined "${PEER_PIDS[@]:first}") meters=$(joined "${meters[@]}")")
}

# What ZooKeeper answers to one of its four-letter words.
ask_zookeeper() { exec 3<>"/dev/tcp/127.0.0.1/$1" && printf '%s' "$2" >&3 && timeout 2 cat <&3; }

zookeeper_mode() { (ask_zookeeper "$1" srvr 2>/dev/null) | grep '^Mode: [lf]'; }

start_zookeeper() {
  local i j first=${#PEER_PIDS[@]} leader=
  for i in 0 1 2; do
    mkdir -p "$COMPARE_DIR/zookeeper-$i/data"
    echo "$i" >"$COMPARE_DIR/zookeeper-$i/data/myid"
    {
      printf '%s\n' tickTime=2000 initLimit=10 syncLimit=5 maxClientCnxns=0 admin.enableServer=false 4lw.commands.whitelist=srvr \
        "dataDir=$COMPARE_DIR/zookeeper-$i/data" clientPortAddress=127.0.0.1 "clientPort=$(zookeeper_port "$i")"
      for j in 0 1 2; do echo "server.$j=127.0.0.1:$(zookeeper_port $((3 + j))):$(zookeeper_port $((6 + j)))"; done
    } >"$COMPARE_DIR/zookeeper-$i/zoo.cfg"
    run_peer "zookeeper-$i" "$JAVA" -Xmx512m -cp "$PEERS/lib/*" org.apache.zookeeper.server.quorum.QuorumPeerMain "$COMPARE_DIR/zookeeper-$i/zoo.cfg"
  done
  for i in 0 1 2; do await_peer zookeeper zookeeper_mode "$(zookeeper_port "$i")"; done
  for i in 0 1 2; do [[ $(zookeeper_mode "$(zookeeper_port "$i")") != 'Mode: leader' ]] || leader=$i; done
  [[ -n $leader ]] || fail "ZooKeeper has no leader."
  TARGETS+=(--target "zookeeper zookeeper 127.0.0.1:$(zookeeper_port "$leader") pids=$(joined "${PEER_PIDS[@]:first}")")
}

# A PUT in Spring Boot with which nothing is done, under the flags of our nodes.
start_bare() {
  run_peer bare "$JAVA" "@$ROOT/launcher/jvm.options" -Xms64m "-Xmx$HEAP" -jar "$BENCH_JAR" bare "$(bare_port)"
  await_peer bare port_is_busy "$(bare_port)"
  TARGETS+=(--target "bare ringstore http://127.0.0.1:$(bare_port) pids=${PEER_PIDS[-1]}")
}

# ZooKeeper's servers and its client library, with all they need, from Maven Central.
fetch_libraries() {
  say "fetching ZooKeeper from Maven Central"
  "$ROOT/mvnw" -q -B -ntp -f "$ROOT/pom.xml" -pl bench -DincludeScope=runtime \
    -DoutputDirectory="$PEERS/lib" -DexcludeGroupIds=io.ringstore dependency:copy-dependencies ||
    fail "Maven Central has no ZooKeeper for us."
}

# compare_with NAMES [--name value]... : names with commas between them
compare_with() {
  local name port names=${1//,/ } TARGETS=() run=(-jar "$BENCH_JAR")
  BENCH_PORT=${RINGSTORE_BENCH_PORT:-8300} # not local: the trap needs it
  shift
  for name in $names; do
    [[ $name =~ ^(etcd|zookeeper|bare)$ ]] || fail "--compare takes etcd, zookeeper and bare, not '$name'."
  done
  for ((port = BENCH_PORT; port < BENCH_PORT + 60; port++)); do
    ! port_is_busy "$port" || fail "port $port is in use; RINGSTORE_BENCH_PORT chooses sixty others."
  done
  COMPARE_DIR=$HOME_DIR/compare
  rm -rf "$COMPARE_DIR" && mkdir -p "$COMPARE_DIR"
  if [[ " $names " == *' zookeeper '* ]]; then
    fetch_libraries
    # Its library logs several lines per session.
    echo '<configuration><root level="OFF"/></configuration>' >"$COMPARE_DIR/quiet.xml"
    run=("-Dlogback.configurationFile=$COMPARE_DIR/quiet.xml" -cp "$ROOT/bench/target/classes:$PEERS/lib/*" io.ringstore.bench.Bench)
  fi
  trap end_peers EXIT
  trap 'exit 130' INT TERM
  start_ringstore
  for name in $names; do "start_$name"; done
  "$JAVA" -XX:+UseSerialGC -Xmx512m "${run[@]}" load "${TARGETS[@]}" --rounds 3 "$@"
}

# From sources to something that starts fast: jars, unpacked, each with an AOT cache from a training run.
# shellcheck shell=bash

find_java() {
  [[ -n ${JAVA:-} ]] && return
  JAVA_HOME=$("$ROOT/.mvn/find-jdk") || exit 1
  export JAVA_HOME
  JAVA=$JAVA_HOME/bin/java
}

jar_of() { echo "$ROOT/$1-service/target/$1-service-0.1.0-exec.jar"; }

# A runnable jar carries a fixed modification time, so that builds are reproducible; when it was written is its ctime.
is_stale() {
  [[ ! -e $(jar_of "$1") ]] || [[ -n $(find "$ROOT/pom.xml" "$ROOT/$1-service/pom.xml" "$ROOT/$1-service/src/main" \
    "$ROOT"/cluster-{core,api,link}/{pom.xml,src/main} -type f -newermc "$(jar_of "$1")" | head -n 1) ]]
}

build_jars() {
  local service stale=
  for service in store sync client; do is_stale "$service" && stale+=",$service-service"; done
  [[ -n $stale ]] || return 0
  say "building ${stale#,}"
  "$ROOT/mvnw" -q -B -ntp -f "$ROOT/pom.xml" -pl "${stale#,}" -am -Dmaven.test.skip=true -Dspotless.check.skip=true package ||
    fail "the build failed; ./mvnw verify shows it in full."
}

# Names the place of each unpacked service after what it is made from: jar, JDK and flags.
name_apps() {
  local service mark
  for service in store sync client; do
    mark=$( (cat "$(jar_of "$service")" "$JAVA_HOME/release" "$ROOT/launcher/jvm.options") | cksum)
    printf -v "APP_$service" '%s' "$APP_DIR/$service-${mark%% *}"
  done
}

app_of() {
  local name=APP_$1
  echo "${!name}"
}

unpack() {
  local app
  app=$(app_of "$1")
  [[ -d $app ]] && return
  rm -rf "$app.new"
  "$JAVA" -Djarmode=tools -jar "$(jar_of "$1")" extract --destination "$app.new" >/dev/null ||
    fail "cannot unpack $(jar_of "$1")"
  mv "$app.new"/*.jar "$app.new/app.jar"
  mv "$app.new" "$app"
}

prune_apps() {
  local app service
  for service in store sync client; do
    for app in "$APP_DIR/$service-"*; do
      [[ -d $app && $app != "$(app_of "$service")" ]] && rm -rf "$app"
    done
  done
  return 0
}

# Launchers with homes of their own share what is built: one of them at a time builds, as long as a slow machine may take.
one_at_a_time() {
  mkdir -p "$APP_DIR"
  take_lock "$APP_DIR/lock" 900
  "$@"
  give_back "$APP_DIR/lock"
}

# Everything that `start_node` needs; does nothing when nothing changed.
build() {
  find_java
  one_at_a_time make_apps
}

make_apps() {
  build_jars
  name_apps
  local service
  for service in store sync client; do unpack "$service"; done
}

needs_training() {
  local service
  for service in store sync client; do [[ -e $(app_of "$service")/app.aot ]] || return 0; done
  return 1
}

# A node starts without a cache as well, only slower: failing to make one is no reason not to start.
train() {
  needs_training || return 0
  local service work=$APP_DIR/training
  say "training the AOT caches, once per build"
  rm -rf "$work" && mkdir -p "$work/apps" "$work/nodes"
  for service in store sync client; do ln -s "$(app_of "$service")" "$work/apps/$service"; done
  CLIENT_PORT=$CLIENT_PORT CLIENT_MANAGEMENT_PORT=$CLIENT_MANAGEMENT_PORT SYNC_PORT=$SYNC_PORT STORE_PORT=$STORE_PORT \
    "$ROOT/launcher/train" "$work/apps" "$work/nodes" || say "no AOT cache could be made; nodes start slower. See $work/nodes"
  for service in store sync client; do
    [[ -s $(app_of "$service")/app.aot ]] || : >"$(app_of "$service")/app.aot"
  done
}

# Scenarios and workloads of the lab, driven from the command line: the gateway does them, we tell what it says.
# shellcheck shell=bash

# scenario : lists them; scenario NAME : does one; the exit code is 0 if the verdict is good
scenario() {
  local answer line
  if (($# == 0)); then
    answer=$(lab_call GET /v1/lab) || exit 1
    json_each "$answer" | grep -F '"what":' | while IFS= read -r line; do
      printf '%-16s %s.\n%s\n\n' "$(json_text "$line" name)" "$(json_text "$line" title)" \
        "$(json_text "$line" what | fold -s -w 96 | sed 's/^/                 /')"
    done
    return
  fi
  expect $# 1 "scenario takes one name, or none to list them."
  [[ $1 =~ ^[a-z0-9.-]+$ ]] || fail "no such scenario: $1. ./ringstore scenario lists them."
  answer=$(lab_call POST "/v1/lab/scenarios/$1" '{}') || exit 1
  follow_run "$answer"
}

# workload [assignment | load] [NAME=NUMBER...]
workload() {
  local kind=${1:-assignment} body part answer
  (($# == 0)) || shift
  body="{\"kind\":\"$kind\""
  for part; do
    [[ $part =~ ^([a-zA-Z]+)=([0-9]+)$ ]] || fail "not NAME=NUMBER: $part. docs/API.md lists what a workload takes."
    body+=",\"${BASH_REMATCH[1]}\":${BASH_REMATCH[2]}"
  done
  [[ $kind =~ ^[a-z]+$ ]] || fail "a workload is assignment or load."
  answer=$(lab_call POST /v1/lab/workloads "$body}") || exit 1
  follow_run "$answer"
}

# lab_call METHOD PATH [BODY] : prints the answer, or fails with what the gateway says
lab_call() {
  local body status answer
  body=(-H 'Content-Type: application/json')
  (($# < 3)) || body+=(--data-binary "$3")
  answer=$(authorized -sS -m 10 -X "$1" "${body[@]}" -w '\n%{http_code}' "$GATEWAY$2") || fail "no answer from $GATEWAY; is the cluster up?"
  status=${answer##*$'\n'} answer=${answer%$'\n'*}
  case $status in
    2*) printf '%s\n' "$answer" ;;
    404)
      [[ $answer == *no-such-* ]] || fail "this gateway is not in the lab (RINGSTORE_LAB_ENABLED=true)."
      fail "$(json_text "$answer" detail)"
      ;;
    401) fail "$(json_text "$answer" detail) RINGSTORE_TOKEN is the one that commands use." ;;
    *) fail "$(json_text "$answer" detail)" ;;
  esac
}

# json_text JSON NAME : the first text of that name; a line break in it becomes a blank
json_text() {
  [[ $1 =~ \"$2\":\"(([^\"\\]|\\.)*)\" ]] || return
  sed 's/\\[nrt]/ /g; s/\\\(.\)/\1/g' <<<"${BASH_REMATCH[1]}"
}

# json_number JSON NAME : the first number of that name
json_number() { [[ $1 =~ \"$2\":(-?[0-9]+(\.[0-9]+)?) ]] && printf '%s\n' "${BASH_REMATCH[1]}"; }

# json_each JSON : its innermost objects, one on each line; braces in texts are text
json_each() {
  grep -oE '"([^"\\]|\\.)*"|[^"]' <<<"$1" | awk '
    $0 == "{" { object = ""; inside = 1 }
    inside { object = object $0 }
    $0 == "}" { if (inside) print object; inside = 0 }'
}

# follow_run RUN : prints each step once, then the verdict
follow_run() {
  local run=$1 id state told=0 line steps misses=0
  id=$(json_text "$run" id)
  trap 'lab_call DELETE "/v1/lab/runs/$id" >/dev/null; exit 130' INT TERM
  say "run $id began"
  while true; do
    steps=$(json_each "$run" | grep -F '"text":' || true)
    while IFS= read -r line; do
      [[ -n $line ]] && awk -v ms="$(json_number "$line" millis)" -v text="$(json_text "$line" text)" 'BEGIN { printf "%7.1f s  %s\n", ms / 1000, text }'
    done <<<"$(tail -n +$((told + 1)) <<<"$steps")"
    told=$(grep -c . <<<"$steps" || true)
    state=$(json_text "$run" state)
    case $state in DONE | CANCELLED | FAILED) break ;; esac
    sleep 0.3
    if run=$(lab_call GET "/v1/lab/runs/$id" 2>/dev/null); then misses=0; else
      ((++misses < 20)) || fail "the gateway does not answer any more"
      run='{}'
    fi
  done
  conclude "$run"
}

conclude() {
  local run=$1 verdict=${1#*\"verdict\":} recovery failure line
  failure=$(json_text "$run" failure || true)
  [[ -z $failure ]] || say "it could not be done: $failure"
  [[ $run == *'"verdict":{'* ]] || fail "there is no verdict"
  recovery=$(json_number "$verdict" recoveryMillis || true)
  say "acknowledged writes: $(json_number "$verdict" acknowledged)"
  [[ -z $recovery ]] || say "longest time without an acknowledged write: $recovery ms"
  json_each "$verdict" | grep -F '"promise":' | while IFS= read -r line; do
    say "broken: $(json_text "$line" promise): $(json_text "$line" detail)"
  done || true
  say "verdict: $(json_text "$verdict" sentence)"
  [[ -z $failure && $verdict == *'"good":true'* ]]
}

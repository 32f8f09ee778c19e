# API tokens: made here, known to gateways by their hashes.
# shellcheck shell=bash

sha256_of() {
  if command -v sha256sum >/dev/null; then printf '%s' "$1" | sha256sum; else printf '%s' "$1" | shasum -a 256; fi | cut -d ' ' -f 1
}

# encoded_prefix TEXT : without blanks; slashes stay, so that it can be read
encoded_prefix() { percent_encoded "$1" | sed 's|%2F|/|g'; }

# token NAME ROLE [PREFIX...] : the line for the file of tokens to standard output, the token to standard error
token() {
  (($# >= 2)) || fail "token takes a name, a role (reader, writer or admin) and, if it is for some keys only, their prefixes."
  local name=$1 role=$2 made line prefix
  shift 2
  [[ $name =~ ^[A-Za-z0-9._@-]{1,64}$ ]] || fail "a name has 1 to 64 letters, digits, dots, dashes, @ or _, not '$name'."
  [[ $role =~ ^(reader|writer|admin)$ ]] || fail "a role is reader, writer or admin, not '$role'."
  [[ $role != admin || $# == 0 ]] || fail "an admin has no prefix: a backup has all keys."
  made=ringstore_$(head -c 32 /dev/urandom | base64 | tr -d '\n=' | tr '+/' '-_')
  line="$name $role $(sha256_of "$made")"
  for prefix; do
    [[ -n $prefix ]] || fail "a prefix has at least one character; without one, a token is for all keys."
    line+=" $(encoded_prefix "$prefix")"
  done
  printf '%s\n' "$line"
  printf 'ringstore: the token of %s, shown only now: %s\n' "$name" "$made" >&2
}

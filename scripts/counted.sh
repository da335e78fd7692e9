#!/usr/bin/env bash
# Runs a test command, and fails when it fails or when none of its runners ran a test: cargo and
# wasm-pack both call an empty run a success.
# usage: counted.sh COMMAND [ARGUMENT…]
set -euo pipefail
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$@" 2>&1 | tee "$log"
grep -Eq '^test result: ok\. [1-9][0-9]* passed' "$log" || {
  echo "atelier: no test ran in: $*" >&2
  exit 1
}

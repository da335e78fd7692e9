#!/bin/sh
# Linux and macOS: double-click, or run it in a terminal. Whatever follows is passed on: start.sh --everyone
cd "$(dirname "$0")" || exit 1
for python in python3 python; do
  if command -v "$python" >/dev/null 2>&1; then exec "$python" serve.py "$@"; fi
done
if command -v node >/dev/null 2>&1; then exec node serve.mjs "$@"; fi
echo "Please install Python 3 (python.org) or Node (nodejs.org): one of them serves the page."
exit 1

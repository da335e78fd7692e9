#!/bin/sh
# Installs what is missing, and says in one sentence what to install where it cannot.
# usage: setup.sh rust | node | browser
set -eu
cd "$(dirname "$0")/.."

stop() { echo "atelier: $1" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
value() { sed -n "s/^$1 *= *\"\(.*\)\"/\1/p" "$2"; }

apt_install() {
  have apt-get || stop "please install $* (this machine has no apt-get)."
  root=""
  if [ "$(id -u)" != 0 ]; then
    have sudo || stop "please install $* (neither root nor sudo is available)."
    root="sudo"
  fi
  echo "atelier: installing $*"
  $root env DEBIAN_FRONTEND=noninteractive apt-get update -qq || stop "apt-get update failed: check the network, then install $*."
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
    stop "apt-get could not install $*: check the network or install them by hand."
}

case "${1:?rust, node or browser}" in
rust)
  have cargo && have rustup || stop "please install Rust with rustup (rustup.rs), then run make again."
  channel=$(value channel rust-toolchain.toml)
  rustup run "$channel" rustc --version >/dev/null 2>&1 ||
    rustup toolchain install "$channel" --profile minimal --component clippy,rustfmt ||
    stop "please install Rust $channel: rustup toolchain install $channel."
  cargo clippy --version >/dev/null 2>&1 && cargo fmt --version >/dev/null 2>&1 ||
    rustup component add clippy rustfmt ||
    stop "please install clippy and rustfmt: rustup component add clippy rustfmt."
  rustup target list --installed | grep -qx wasm32-unknown-unknown ||
    rustup target add wasm32-unknown-unknown ||
    stop "please install Rust's WebAssembly target: rustup target add wasm32-unknown-unknown."
  have cc || apt_install gcc libc6-dev
  version=$(value version wasm-pack.toml)
  [ "$(wasm-pack --version 2>/dev/null)" = "wasm-pack $version" ] ||
    cargo install wasm-pack --locked --force --version "$version" ||
    stop "please install wasm-pack $version: cargo install wasm-pack --locked --version $version."
  ;;
node)
  have node && have npm || stop "please install Node.js 20 (20.19 or newer) with npm, then run make again."
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    stop "please install Node.js 20.19 or newer (this is $(node --version))."
  ;;
browser)
  missing=""
  [ -x /usr/bin/chromium ] || missing="$missing chromium"
  have chromedriver || missing="$missing chromium-driver"
  have fc-list && [ -n "$(fc-list :lang=ko)" ] || missing="$missing fontconfig fonts-noto-cjk"
  # shellcheck disable=SC2086 # the names are separate words
  [ -z "$missing" ] || apt_install $missing
  ;;
*) stop "setup.sh knows rust, node and browser, not $1." ;;
esac

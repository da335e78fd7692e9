# Two commands matter: `make run` serves the page, `make test` checks everything.
# Both install what is missing first. `make dev` serves the page and follows changes; `make bench` measures speed.

PORT ?= 8080
# wasm-pack calls wasm-opt, which the npm package binaryen brings.
export PATH := $(CURDIR)/node_modules/.bin:$(HOME)/.cargo/bin:$(PATH)

TOOLS  := .make/build-tools
NPM    := node_modules/.package-lock.json
RIVALS := benches/page/node_modules/.package-lock.json
ENGINE := www/engine/pkg/atelier.js
PAGE   := dist/index.html

ENGINE_SOURCES := $(shell find src -name '*.rs') Cargo.toml Cargo.lock .cargo/config.toml \
                  rust-toolchain.toml wasm-pack.toml scripts/build-engine.mjs
PAGE_SOURCES   := $(shell find www -type f -not -path 'www/engine/pkg/*') $(shell find assets -type f) \
                  vite.config.ts scripts/formula-plugin.ts tsconfig.json

.PHONY: run dev build test classroom package licences audit bench setup check-rust check-engine check-page clean

run: build
	@node scripts/serve.mjs dist $(PORT)

dev: $(NPM) | $(TOOLS)
	@node scripts/dev.mjs $(PORT)

build: $(PAGE)

$(PAGE): $(ENGINE) $(PAGE_SOURCES) $(NPM)
	npm run --silent build
	@touch $@

$(ENGINE): $(ENGINE_SOURCES) $(NPM) | $(TOOLS)
	node scripts/build-engine.mjs
	@touch $@

$(NPM): package.json package-lock.json
	@sh scripts/setup.sh node
	npm ci --no-audit --no-fund
	@touch $@

# What we are measured beside: a quarter as large again as all that the page is made with.
$(RIVALS): benches/page/package.json benches/page/package-lock.json
	npm ci --prefix benches/page --no-audit --no-fund
	@touch $@

$(TOOLS): scripts/setup.sh rust-toolchain.toml wasm-pack.toml
	@sh scripts/setup.sh rust
	@mkdir -p .make && touch $@

setup: $(TOOLS) $(NPM)
	@sh scripts/setup.sh browser

# One part after the other: each is clear about what failed, and two cores are few.
test: setup
	@$(MAKE) --no-print-directory check-rust
	@$(MAKE) --no-print-directory check-engine
	@$(MAKE) --no-print-directory check-page
	@echo "make test: every part passed"

check-rust:
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --target wasm32-unknown-unknown --lib --tests -- -D warnings
	scripts/counted.sh cargo test --locked
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps

check-engine:
	scripts/counted.sh wasm-pack test --headless --chrome -- --locked

check-page: $(PAGE)
	npm run --silent check
	npm run --silent lint
	node scripts/licences.mjs --check
	npm run --silent test:unit
	npm run --silent test:e2e

# The page with a server of one file, zipped, for rooms without a line.
classroom: $(PAGE)
	node scripts/classroom.mjs dist-classroom/atelier-classroom.zip

# The engine for other people's projects, as an npm package.
package: $(ENGINE)
	node scripts/package.mjs dist-package

# Lists what is shipped, with licences, for the page's About; after a change of dependencies.
licences: $(ENGINE) $(NPM)
	node scripts/licences.mjs

# Known weaknesses, withdrawn crates, licences: asks servers, so it is no part of `make test`.
audit: $(ENGINE) $(NPM)
	node scripts/audit.mjs

bench: setup $(PAGE) $(RIVALS)
	npx tsc -p benches/page/tsconfig.json
	cargo bench --locked
	node benches/page/run.mjs

clean:
	rm -rf target dist dist-classroom dist-package dist-release .make www/engine/pkg node_modules benches/page/node_modules

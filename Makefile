# The two commands of this project: `make demo` and `make test`. Both set up what is missing first.
SWIFT ?= swift
DEMO_STORE := $(or $(TMPDIR),/tmp)/codec-doctor-demo/runs.sqlite

PREFIX ?= /usr/local
SHARE = $(DESTDIR)$(PREFIX)/share
PROGRAM = $$($(SWIFT) build -c release --show-bin-path)/codec-doctor

.PHONY: demo test setup build lint format bench bench-codec clean man install uninstall

demo: build ## Builds the tool and shows its main job on the log of the run it was made for.
	@rm -rf "$(dir $(DEMO_STORE))" && mkdir -p "$(dir $(DEMO_STORE))"
	@scripts/demo "$$($(SWIFT) build -c release --show-bin-path)/codec-doctor" "$(DEMO_STORE)"

test: setup lint ## Checks the format, builds everything with warnings as errors and runs all tests.
	OPENBLAS_NUM_THREADS=1 $(SWIFT) test --disable-xctest

build: setup
	$(SWIFT) build -c release --product codec-doctor

setup:
	@scripts/setup

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift
	@scripts/file-sizes

format:
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

bench: build ## Side by side with Python, pandas and plain SQLite, as ratios.
	python3 Benchmarks/ingest.py "$$($(SWIFT) build -c release --show-bin-path)/codec-doctor"

	python3 Benchmarks/watch.py "$$($(SWIFT) build -c release --show-bin-path)/codec-doctor"

bench-codec: setup ## Layers and models side by side with PyTorch, as ratios.
	Benchmarks/compare_torch/run

clean:
	$(SWIFT) package clean

man: build ## Writes the man page anew, from what the program says about itself.
	scripts/man-page "$(PROGRAM)" > docs/man/codec-doctor.1.new
	mv docs/man/codec-doctor.1.new docs/man/codec-doctor.1

install: build ## Installs program, man page and shell completions below PREFIX (/usr/local).
	install -D -m 755 "$(PROGRAM)" "$(DESTDIR)$(PREFIX)/bin/codec-doctor"
	install -D -m 644 docs/man/codec-doctor.1 "$(SHARE)/man/man1/codec-doctor.1"
	install -d "$(SHARE)/bash-completion/completions" "$(SHARE)/zsh/site-functions" "$(SHARE)/fish/vendor_completions.d"
	"$(PROGRAM)" --generate-completion-script bash > "$(SHARE)/bash-completion/completions/codec-doctor"
	"$(PROGRAM)" --generate-completion-script zsh > "$(SHARE)/zsh/site-functions/_codec-doctor"
	"$(PROGRAM)" --generate-completion-script fish > "$(SHARE)/fish/vendor_completions.d/codec-doctor.fish"

uninstall: ## Takes all of that away again; stores are left alone.
	rm -f "$(DESTDIR)$(PREFIX)/bin/codec-doctor" "$(SHARE)/man/man1/codec-doctor.1" \
	    "$(SHARE)/bash-completion/completions/codec-doctor" "$(SHARE)/zsh/site-functions/_codec-doctor" \
	    "$(SHARE)/fish/vendor_completions.d/codec-doctor.fish"

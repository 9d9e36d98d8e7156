# The two commands of this project: `make demo` and `make test`. Both set up what is missing first.
SWIFT ?= swift
DEMO_STORE := $(or $(TMPDIR),/tmp)/codec-doctor-demo/runs.sqlite

.PHONY: demo test setup build lint format bench bench-codec clean

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

bench-codec: setup ## Layers and models side by side with PyTorch, as ratios.
	Benchmarks/compare_torch/run

clean:
	$(SWIFT) package clean

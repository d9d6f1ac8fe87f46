# make run      the window on the bundled demo library (sets everything up first)
# make test     all tests, with lint, types and the floor plan
# make check    lint, types and the quick tests, in a minute and a half
# make help     the other commands

PYTHON ?= python3
BIN := .venv/bin
VENV_PYTHON := $(BIN)/python
LUPDATE = $(BIN)/pyside6-lupdate -no-obsolete -locations none -tr-function-alias QT_TRANSLATE_NOOP+=translatable \
	$$(find bgm_finder/gui bgm_finder/app.py bgm_finder/reason_sentences.py -name '*.py')

# Half of a test's time goes by waiting for sound, windows and other processes.
SHARED = --numprocesses auto --maxprocesses 4 --dist worksteal

.NOTPARALLEL:
.PHONY: help setup run test check lint format bench libraries test-libraries test-versions fresh-machine translations demo-library icons pictures wheel-test package lock audit soak fuzz fuzz-parsers sudden-death cases clean

help:
	@echo "make setup         the virtual environment, and on Debian or Ubuntu the system libraries"
	@echo "make run           the window on the bundled demo library"
	@echo "make test          lint, types and all tests"
	@echo "make check         lint, types and the quick tests, in a minute and a half"
	@echo "make lint          lint and types alone;  make format  mends the layout"
	@echo "make test-versions runs the tests with the lowest and with the newest versions that pyproject.toml allows"
	@echo "make fresh-machine tries make run and make test on bare Debian systems (as root, needs debootstrap)"
	@echo "make bench         all benchmarks, as a table with machine and versions"
	@echo "make translations  brings the translation files up to date with the window's sentences"
	@echo "make demo-library  composes and renders the demo library again"
	@echo "make wheel-test    builds the wheel and runs it in a clean environment"
	@echo "make package       builds the app with PyInstaller and tries it"
	@echo "make lock          packaging/release.lock: what a release is made of, with hashes"
	@echo "make audit         looks for known vulnerabilities of the locked packages (needs the network)"
	@echo "make soak          two hours of a monkey at the window, 100,000 tracks"
	@echo "make fuzz          20,000 damaged files through all that opens a sound file; goes on where it was stopped"
	@echo "make fuzz-parsers  guided fuzzing of what we parse ourselves"
	@echo "make sudden-death  kills the work 500 times and looks what is lost"
	@echo "make cases         inputs of public bug reports, as a table: right, found"
	@echo "make clean         removes what the commands above have built"

setup: libraries
	@$(PYTHON) packaging/set_up.py

libraries:
	@$(PYTHON) packaging/system_packages.py

test-libraries:
	@$(PYTHON) packaging/system_packages.py --tests

run: setup
	$(VENV_PYTHON) -m bgm_finder --demo $(ARGS)

# What could not be installed is said again at the end, where a failed test is looked for.
test: test-libraries lint
	$(VENV_PYTHON) -m pytest $(SHARED) || { $(PYTHON) packaging/system_packages.py --tests --only-report; exit 1; }

test-versions: test-libraries setup
	$(VENV_PYTHON) -m pip install --quiet --constraint constraints.txt --editable '.[release]'
	$(VENV_PYTHON) packaging/test_versions.py

fresh-machine:
	$(PYTHON) packaging/fresh_machine.py

check: lint
	$(VENV_PYTHON) -m pytest $(SHARED) -m "not slow"

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy packaging

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup
	$(VENV_PYTHON) -m tests.benchmarks

# English needs only its plurals; every other sentence stands in the source.
translations: setup
	$(LUPDATE) -target-language ja -ts resources/translations/bgm_finder_ja.ts
	$(LUPDATE) -target-language en -pluralonly -ts resources/translations/bgm_finder_en.ts
	$(BIN)/pyside6-lrelease resources/translations/bgm_finder_ja.ts resources/translations/bgm_finder_en.ts

demo-library: setup
	@$(PYTHON) packaging/system_packages.py --music
	$(VENV_PYTHON) -m lab.music.demo_library --output resources/demo

icons: setup
	QT_QPA_PLATFORM=offscreen $(VENV_PYTHON) packaging/render_icon.py

pictures: setup
	$(VENV_PYTHON) packaging/take_pictures.py docs/pictures

wheel-test: setup
	$(VENV_PYTHON) packaging/wheel_test.py

package: setup
	@$(PYTHON) packaging/system_packages.py --package
	$(VENV_PYTHON) -m pip install --quiet --constraint constraints.txt --editable '.[package]'
	$(BIN)/pyinstaller --noconfirm packaging/bgm_finder.spec
	$(VENV_PYTHON) packaging/smoke_test.py dist/bgm-finder

lock: setup
	$(VENV_PYTHON) -m pip install --quiet --constraint constraints.txt --editable '.[release]'
	$(VENV_PYTHON) packaging/lock.py

# Asks public vulnerability databases, so it needs the network.
audit: setup
	$(VENV_PYTHON) -m pip install --quiet --constraint constraints.txt --editable '.[release]'
	$(BIN)/pip-audit --disable-pip --require-hashes --requirement packaging/release.lock

soak: setup
	QT_QPA_PLATFORM=offscreen $(VENV_PYTHON) -m tests.reliability.monkey resources/demo --links 100000 --minutes 120 \
		--catalogue build/soak/catalogue.sqlite --report build/soak/report.json

fuzz: setup
	$(VENV_PYTHON) -m pip install --quiet --constraint constraints.txt --editable '.[reliability]'
	OMP_NUM_THREADS=1 $(VENV_PYTHON) -m tests.reliability.fuzz_files --files 20000 --seed 1 --work build/fuzz

fuzz-parsers: setup
	$(VENV_PYTHON) -m pip install --quiet --constraint constraints.txt --editable '.[reliability]'
	$(VENV_PYTHON) -m tests.reliability.fuzz_parsers --minutes 3 --work build/fuzz-parsers

sudden-death: setup
	OMP_NUM_THREADS=1 $(VENV_PYTHON) -m tests.reliability.sudden_death --kills 500 --seed 1

cases: setup test-libraries
	$(VENV_PYTHON) -m tests.reliability.cases

clean:
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

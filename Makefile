# barometer: everything is built into build/<variant>/ by this one file. `make help` lists the targets.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.SUFFIXES:

VERSION := 0.1.0
variant ?= release
build := build/$(variant)
prefix ?= /usr/local

packages := gsl yaml-0.1
WARN := -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wstrict-prototypes \
        -Wmissing-prototypes -Wcast-qual -Wvla -Wformat=2 -Wnull-dereference
flags_release := -O2 -DNDEBUG
flags_debug := -O1 -g -Werror
flags_san := -O1 -g -Werror -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
flags_cov := -O0 -g --coverage
flags_bare := $(filter -fsanitize% --coverage,$(flags_$(variant)))

ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -DBARO_VERSION='"$(VERSION)"' -DBARO_SURVEYS='"$(prefix)/share/barometer/surveys"' \
             -ffp-contract=off -pthread $(WARN) $(flags_$(variant)) -I. $(shell pkg-config --cflags $(packages)) $(CPPFLAGS) $(CFLAGS)
ALL_LIBS = $(shell pkg-config --libs $(packages)) -lcsv -lm -pthread $(LDLIBS)

sources := $(sort $(wildcard stats/*.c io/*/*.c plots/*.c surveys/*/*.c surveys/*/*/*.c))
library_sources := $(filter-out surveys/program/main.c,$(sources))
test_sources := $(sort $(wildcard tests/test_*.c))
test_support := $(sort $(filter-out $(wildcard tests/test_*.c),$(wildcard tests/*.c)))
object = $(patsubst %.c,$(build)/%.o,$(1))
tests := $(patsubst tests/%.c,$(build)/tests/%,$(test_sources))

.PHONY: all clean check-build
all: $(build)/barometer $(build)/libbarometer.a

$(build)/libbarometer.a: $(call object,$(library_sources))
	@mkdir -p $(@D)
	@rm -f $@
	ar -rcsD $@ $^

$(build)/barometer: $(call object,surveys/program/main.c) $(build)/libbarometer.a
	$(CC) $(flags_bare) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)

$(build)/tests/%: $(build)/tests/%.o $(call object,$(test_support)) $(build)/libbarometer.a
	$(CC) $(flags_bare) $(LDFLAGS) -o $@ $^ -lcmocka $(ALL_LIBS)

$(build)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# make check-build variant=debug: every test program, built and run
check-build: $(tests)
	@set -e; for t in $(tests); do echo "== $$t"; $$t; done

clean:
	rm -rf build

-include $(patsubst %.c,$(build)/%.d,$(sources) $(test_sources) $(test_support))

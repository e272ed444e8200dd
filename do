#!/bin/sh
# Everything that can be done with a clone: ./do prove, ./do test. See README.md and CONTRIBUTING.md.
set -eu
cd "$(dirname "$0")"
PATH=$PATH:/usr/sbin:/sbin

# What the program needs at run time, and what the tests need besides.
run_packages="libnftables1"
test_packages="libnftables1 iproute2 nftables procps util-linux strace tcpdump dnsmasq-base unbound bind9-dnsutils
  tshark conntrack python3 python3-jsonschema tar iptables iputils-ping shellcheck"
# A real engine and what its containers run, unless there are some of whatever origin already.
command -v dockerd >/dev/null || test_packages="$test_packages docker.io"
command -v busybox >/dev/null || test_packages="$test_packages busybox-static"

usage() {
  cat <<'TEXT'
./do prove [OPTION...]  install what is missing, build, and run "kingpost prove"
./do test               install what is missing, build, and pass all tests
./do build              build the program: .build/release/kingpost
./do check              format and lint
./do test-programs [NAME...]  the tests of the whole program, or those whose names contain NAME
./do pages              write the generated parts of docs/faults anew
./do bench              the benchmarks, with their peers in the same run
TEXT
}

# install PACKAGE...: with apt-get, those that are missing.
install() {
  missing=
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  as_root=
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "as root: apt-get install$missing" >&2
      exit 77
    fi
    as_root=sudo
  fi
  echo "installing:$missing"
  $as_root apt-get update -qq
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# unpack PACKAGE...: into .build/tools, those that must not be installed because they would configure the network.
# The tests that run them say that they are skipped where that doesn't work.
unpack() {
  mkdir -p .build/tools/packages
  for package in "$@"; do
    set -- .build/tools/packages/"$package"_*.deb
    [ -e "$1" ] || (cd .build/tools/packages && apt-get download -qq "$package" >/dev/null 2>&1) || continue
    dpkg -x .build/tools/packages/"$package"_*.deb .build/tools
  done
}

build() { swift build -c release --static-swift-stdlib --product kingpost "$@"; }

check() { swift format lint --strict --recursive --parallel Package.swift Sources Tests Fuzzing Benchmarks; }

# insert FILE COMMAND: puts what the command prints between its markers in the file.
insert() {
  # shellcheck disable=SC2086
  $kingpost ${2#kingpost} >.build/pages.part
  awk -v begin="<!-- begin: $2 -->" '
    $0 == begin { print; print ""; while ((getline line < ".build/pages.part") > 0) print line; print ""; within = 1 }
    $0 == "<!-- end -->" { within = 0 }
    !within { print }
  ' "$1" >.build/pages.new
  cat .build/pages.new >"$1"
  rm .build/pages.part .build/pages.new
}

# A page for each entry of the catalogue; what is written by hand below the generated part stays.
pages() {
  kingpost=.build/debug/kingpost
  swift build --product kingpost
  insert docs/faults/README.md "kingpost doctor --list --format markdown"
  sed -n 's/^| [0-9]* | \[\([a-z0-9-]*\)\].*/\1/p' docs/faults/README.md | while read -r id; do
    command="kingpost doctor --explain $id --format markdown"
    [ -e "docs/faults/$id.md" ] || printf '%s\n' "<!-- begin: $command -->" "<!-- end -->" >"docs/faults/$id.md"
    insert "docs/faults/$id.md" "$command"
  done
}

case ${1:-} in
prove)
  shift
  # shellcheck disable=SC2086
  install $run_packages
  build
  exec .build/release/kingpost prove "$@"
  ;;
build) build ;;
pages) pages ;;
check) check ;;
test)
  # shellcheck disable=SC2086
  install $test_packages
  unpack ifupdown
  check
  swift build --build-tests
  # One after the other: many measure time, and two cores are soon busy.
  swift test --skip-build --no-parallel
  Fuzzing/run 60s
  build
  exec Tests/Programs/all
  ;;
test-programs)
  shift
  build
  exec Tests/Programs/all "$@"
  ;;
bench)
  # shellcheck disable=SC2086
  install $test_packages
  exec Benchmarks/run
  ;;
*)
  usage
  [ $# = 0 ] || exit 64
  ;;
esac

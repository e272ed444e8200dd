# shellcheck shell=sh
# The parts of the collector that are run in each network namespace.

section() { printf '@ %s\n' "$*"; }
lines() { awk '{ print "|" $0 }'; }
why() { printf '! %s\n' "$*"; }
have() { command -v "$1" >/dev/null 2>&1; }
limit() { if have timeout; then timeout 5 "$@"; else "$@"; fi; }

# A file, if it is one: a pipe that somebody put in its place could hold us up for ever.
file() {
  section "$1"
  if [ ! -e "$2" ]; then why "absent"; return; fi
  if [ ! -f "$2" ]; then why "unreadable: $2 is no plain file"; return; fi
  if [ ! -r "$2" ]; then why "unreadable: $2: no permission"; return; fi
  head -c 4000000 "$2" 2>/dev/null | lines
}

# What a command prints; its own words if it fails.
output() {
  name=$1
  shift
  section "$name"
  if ! have "$1"; then why "unreadable: the program $1 is missing"; return; fi
  if text=$(limit "$@" 2>&1); then
    [ -z "$text" ] || printf '%s\n' "$text" | lines
  else
    why "unreadable: $1: $(printf '%s' "$text" | head -n 1 | cut -c 1-200)"
  fi
}

# Whether something is in the kernel already, so that asking for it loads nothing.
in_kernel() {
  [ -e /proc/modules ] || return 0
  [ -d "/sys/module/$1" ] && return 0
  grep -q "^$1 " /proc/modules 2>/dev/null && return 0
  grep -q "/$1\.ko" "/lib/modules/$(uname -r)/modules.builtin" 2>/dev/null && return 0
  [ "$1" = nf_tables ] && grep -q " nf_tables_getrule" /proc/kallsyms 2>/dev/null
}

# Settings with their names: "/proc/sys/NAME:VALUE".
settings() { [ $# -eq 0 ] || grep -sH '' "$@"; }

# All of one namespace, the one that this runs in; "own" if /sys shows it already.
namespace() {
  section namespace "$1"
  # sysfs has bridges' and ports' options, and it alone tells who chose a MAC.
  section sysfs
  if [ "$2" = own ] || mount -t sysfs -o ro sysfs /sys 2>/dev/null; then
    (
      cd /sys/class/net || exit
      # With a thousand interfaces these are too many for one command, but not for one that the shell has itself.
      printf '%s\0' ./*/ifindex ./*/iflink ./*/address ./*/addr_assign_type ./*/mtu ./*/flags ./*/operstate \
        ./*/carrier ./*/tx_queue_len ./*/type ./*/uevent ./*/master/ifindex ./*/bridge/* ./*/brport/* \
        ./*/statistics/* | xargs -0 grep -sH '' 2>/dev/null | cut -c 3- | lines
    )
  else
    why "unreadable: a sysfs of the namespace could not be mounted; it takes root"
  fi
  output links ip -j -d -s -s link show
  output addresses ip -j addr show
  output routes4 ip -4 -j -d route show table all
  output routes6 ip -6 -j -d route show table all
  output rules4 ip -4 -j -d rule show
  output rules6 ip -6 -j -d rule show
  output neighbours ip -j neigh show
  output proxies ip -j neigh show proxy
  output forwarding bridge -j -s fdb show
  output multicast bridge -j mdb show
  section settings
  ways=$(
    for family in -4 -6; do limit ip "$family" route show table all default; done 2>/dev/null |
      tr ' ' '\n' | sed -n '/^dev$/{n;p;}' | tr '\n' ' '
  )
  ways=" $ways"
  {
    for folder in /proc/sys/net/ipv4/conf /proc/sys/net/ipv6/conf /proc/sys/net/ipv4/neigh; do
      for interface in "$folder"/*; do
        # Ports have none that matter unless a default route leads there, and a host may have a thousand.
        if [ -e "/sys/class/net/${interface##*/}/brport" ]; then
          case $ways in *" ${interface##*/} "*) ;; *) continue ;; esac
        fi
        [ -d "$interface" ] || continue
        set --
        for name in @INTERFACE_SETTINGS@; do set -- "$@" "$interface/$name"; done
        settings "$@"
      done
    done
    # shellcheck disable=SC2046
    settings $(for name in @NAMESPACE_SETTINGS@; do echo "/proc/sys/$name"; done)
  } | lines
  # What adapters of a cloud dropped for being too much: "INTERFACE NAME VALUE".
  section adapters
  if have ethtool; then
    for interface in $ways; do
      limit ethtool -S "$interface" 2>/dev/null | awk -v interface="$interface" '
        $1 ~ /@ADAPTER_COUNTERS@:$/ { sub(/:$/, "", $1); print interface, $1, $2 }'
    done | sort -u | lines
  fi
  if in_kernel nf_tables; then
    output nftables nft list ruleset
  else
    section nftables
    why "absent"
  fi
  for version in "" 6; do
    section legacy "ip${version}tables"
    tables=/proc/net/ip${version}_tables_names
    if [ ! -e "$tables" ]; then
      why "absent"
    elif [ ! -r "$tables" ]; then
      why "unreadable: $tables: it takes root"
    elif [ -z "$(cat "$tables")" ]; then
      why "absent"
    elif have "ip${version}tables-legacy-save"; then
      # Each table by itself, for to ask for a table makes it; what it may want to load it gets from a command
      # that does nothing.
      # shellcheck disable=SC2013
      for table in $(cat "$tables"); do
        limit "ip${version}tables-legacy-save" -M /bin/false -c -t "$table" 2>/dev/null
      done | lines
    else
      why "unreadable: there are legacy tables, and ip${version}tables-legacy-save is missing"
    fi
  done
  for table in snmp netstat snmp6 udp udp6 tcp tcp6; do file "net $table" "/proc/net/$table"; done
  for table in nf_conntrack arp_cache ndisc_cache; do file "net $table" "/proc/net/stat/$table"; done
}

#!/bin/sh
# Kingpost collector 1: prints the state of this host's container networking, for a machine that has Kingpost:
#
#     ssh HOST sh -s < collect.sh | kingpost doctor -
#
# It only reads. It changes no setting, loads no module, sends no packet, and leaves nothing behind. For each
# network namespace it mounts a sysfs, in a mount namespace of its own that ends with the command. As root it sees
# everything; what it can't see it says. It prints no environment variables, no container's command, no label's
# value and no credentials.
#
# The format: "@ SECTION [ARGUMENT]" begins a section, "|" begins each of its lines, "! REASON" says why it has none.
# The last section is "end".

set -u
LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin:/usr/bin:/bin
export LC_ALL PATH

parts=$(
  cat <<'KINGPOST_PARTS'
@PARTS@
KINGPOST_PARTS
)
eval "$parts"

# Processes: "PID START NAME", the start in ticks since the boot. A name is in brackets, and may hold others.
processes() {
  section processes
  cat /proc/[0-9]*/stat 2>/dev/null | awk '{
    open = index($0, "(")
    if (!match($0, /.*\) /) || open == 0) next
    name = substr($0, open + 1, RLENGTH - open - 2)
    split(substr($0, RLENGTH + 1), field, " ")
    print substr($0, 1, open - 2), field[20], name
  }' | lines
  section memberships
  # "... /proc/1/ns/net -> net:[4026531840]"
  # shellcheck disable=SC2012
  ls -l /proc/[0-9]*/ns/net 2>/dev/null | awk '{
    split($(NF - 2), part, "/")
    id = $NF
    gsub(/[^0-9]/, "", id)
    print part[3], id
  }' | lines
}

# Which sockets resolvers and engines have: "PID INODE".
sockets() {
  section sockets
  for folder in /proc/[0-9]*; do
    name=$(cat "$folder/comm" 2>/dev/null) || continue
    case $name in
      @SOCKET_OWNERS@) ;;
      *) continue ;;
    esac
    # shellcheck disable=SC2012
    ls -l "$folder/fd" 2>/dev/null | awk -v pid="${folder#/proc/}" '
      $NF ~ /^socket:/ { inode = $NF; gsub(/[^0-9]/, "", inode); print pid, inode }'
  done | lines
}

# What dnsmasq was started with, where the machine runs it itself, as far as it decides whom it serves and how much:
# "PID --NAME=VALUE", and "PID" alone first.
arguments() {
  section arguments
  for folder in /proc/[0-9]*; do
    if [ "$(cat "$folder/comm" 2>/dev/null)" != dnsmasq ]; then continue; fi
    # What a container runs has an id in its own process namespace as well.
    if [ "$(awk '/^NSpid:/ { print NF }' "$folder/status" 2>/dev/null)" != 2 ]; then continue; fi
    { tr '\000' '\n' <"$folder/cmdline"; } 2>/dev/null | awk -v pid="${folder#/proc/}" '
      BEGIN {
        count = split("@DNSMASQ_OPTIONS@", options, " ")
        for (i = 1; i <= count; i++) {
          split(options[i], part, ":")
          kind[part[1]] = part[2]
          if (part[3] != "") long[part[3]] = part[1]
        }
        print pid
      }
      function put(name, value) { if (name in kind) print pid, "--" name "=" value }
      NR == 1 { next }
      waits { put(wanted, $0); waits = 0; next }
      /^--/ {
        name = substr($0, 3); at = index(name, "="); value = ""
        if (at > 0) { value = substr(name, at + 1); name = substr(name, 1, at - 1) }
        if (!(name in kind)) next
        if (kind[name] == 0 || (kind[name] == 2 && at == 0)) print pid, "--" name
        else if (at > 0) put(name, value)
        else { waits = 1; wanted = name }
        next
      }
      /^-./ {
        for (i = 2; i <= length($0); i++) {
          letter = substr($0, i, 1)
          if (index("@DNSMASQ_LETTERS@", letter)) {
            if (i < length($0)) put(long[letter], substr($0, i + 1))
            else { waits = 1; wanted = long[letter] }
            next
          }
          if (letter in long) print pid, "--" long[letter]
        }
      }'
  done | lines
}

# The resolver configuration that a process sees. Its links lead through its own root, not through ours.
resolver() {
  path=/proc/$1/root/etc/resolv.conf
  if [ -L "$path" ]; then
    target=$(readlink "$path")
    case $target in
      /*) path=/proc/$1/root$target ;;
      *) path=/proc/$1/root/etc/$target ;;
    esac
    case $target in *..*) path=/nonexistent ;; esac
    if [ -L "$path" ]; then path=/nonexistent; fi
  fi
  file resolver "$path"
}

# The settings of a dockerd that matter here, from its command line: "NAME VALUE".
flags() {
  { tr '\000' '\n' <"/proc/$1/cmdline"; } 2>/dev/null | awk '
    BEGIN {
      count = split("@ENGINE_SETTINGS@ host config-file default-address-pool", names, " ")
      for (i = 1; i <= count; i++) known[names[i]] = 1
      known["b"] = known["H"] = 1
    }
    function put(name, value) {
      if (name == "b") name = "bridge"
      if (name == "H") name = "host"
      print name, value
    }
    wanted != "" { if ($0 ~ /^-/) put(wanted, "true"); else { put(wanted, $0); wanted = ""; next } }
    { wanted = "" }
    /^-/ {
      name = $0
      sub(/^--?/, "", name)
      at = index(name, "=")
      if (at > 0) { value = substr(name, at + 1); name = substr(name, 1, at - 1); if (name in known) put(name, value) }
      else if (name in known) wanted = name
    }
    END { if (wanted != "") put(wanted, "true") }'
}

# The same of a daemon.json, which may hold what is nobody else's business: "NAME JSON" for known names only.
configuration() {
  [ -f "$1" ] || return
  text=$(head -c 100000 "$1" | tr '\n\t' '  ')
  for name in @ENGINE_SETTINGS@; do
    printf '%s' "$text" |
      sed -n 's/.*"'"$name"'" *: *\("[^"]*"\|\[[^]]*\]\|true\|false\|[0-9][0-9]*\).*/'"$name"' \1/p'
  done
}

# A dockerd: where it is, how it was started, and what it says. Of networks and containers only what matters.
engine() {
  section engine "$1"
  root=/proc/$1/root
  section engine_flags
  flags "$1" | lines
  section engine_configuration
  path=$(flags "$1" | sed -n 's/^config-file //p')
  configuration "$root${path:-/etc/docker/daemon.json}" | lines
  section engine_configuration_file
  if [ -f "$root${path:-/etc/docker/daemon.json}" ]; then echo "${path:-/etc/docker/daemon.json}" | lines; fi
  socket=$(flags "$1" | sed -n 's/^host unix:\/\///p' | head -n 1)
  if [ -z "$socket" ] && [ -S "$root/run/docker.sock" ]; then socket=/run/docker.sock; fi
  section engine_socket
  echo "$socket" | lines
  if [ -z "$socket" ]; then return; fi
  DOCKER_HOST=unix://$root$socket
  DOCKER_CONFIG=/nonexistent
  export DOCKER_HOST DOCKER_CONFIG
  output engine_version docker version --format '{{.Server.Version}}'
  for kind in network container; do
    if ! have docker; then
      section "engine_${kind}s"
      why "unreadable: the program docker is missing"
      continue
    fi
    case $kind in
      network)
        ids=$(limit docker network ls -q --no-trunc 2>/dev/null) || ids=failed
        format='{"id":{{json .Id}},"name":{{json .Name}},"driver":{{json .Driver}},"internal":{{json .Internal}},"pools":{{json .IPAM.Config}},"options":{{json .Options}}}'
        ;;
      *)
        ids=$(limit docker ps -q --no-trunc 2>/dev/null) || ids=failed
        format='{"id":{{json .Id}},"name":{{json .Name}},"pid":{{json .State.Pid}},"started":{{json .State.StartedAt}},"mode":{{json .HostConfig.NetworkMode}},"dns":{{json .HostConfig.Dns}},"networks":{{json .NetworkSettings.Networks}},"ports":{{json .NetworkSettings.Ports}}}'
        ;;
    esac
    if [ "$ids" = failed ]; then
      section "engine_${kind}s"
      why "unreadable: the daemon did not answer within 5 s, or refused"
    elif [ -z "$ids" ]; then
      section "engine_${kind}s"
    else
      # shellcheck disable=SC2086
      output "engine_${kind}s" docker inspect --type "$kind" --format "$format" $ids
    fi
  done
}

# Which lines of a resolver's file are printed: most are names and addresses; these decide whom it serves and how much.
kept() {
  case $1 in
    @DNSMASQ_FILES@) echo '^[[:space:]]*(@DNSMASQ_NAMES@)[[:space:]]*(=|#|$)' ;;
    */systemd/resolved.conf | */systemd/resolved.conf.d/*) echo '^(\[|(@RESOLVED_KEYS@)[[:space:]]*=)' ;;
  esac
}

# The files of whoever configures the network. What stands behind a name that smells of a secret is left out.
managed() {
  for folder in /etc /run /usr/local/lib /usr/lib /lib; do
    for path in network/interfaces network/interfaces.d systemd/network systemd/resolved.conf systemd/resolved.conf.d \
      netplan NetworkManager sysctl.d sysctl.conf dnsmasq.conf dnsmasq.d; do
      if [ -e "$folder/$path" ]; then echo "$folder/$path"; fi
    done
    if [ "$folder" = /etc ] && [ -d /var/lib/libvirt/dnsmasq ]; then echo /var/lib/libvirt/dnsmasq; fi
  done | while read -r path; do
    # Where /lib is /usr/lib, each is listed under both names, as its readers find it.
    find "$path/" "$path" -maxdepth 3 \( -type f -o -type l \) -size -200k 2>/dev/null | sort -u | head -n 1000
  done | sort -u | while read -r file; do
    case $file in
      */NetworkManager/dispatcher.d/* | *//*) continue ;;
    esac
    section managed "$file"
    if [ -L "$file" ]; then
      why "link: $(readlink "$file")"
    elif [ ! -r "$file" ]; then
      why "unreadable: $file: no permission"
    elif names=$(kept "$file") && [ -n "$names" ]; then
      tr -d '\r' <"$file" | grep -E "$names" | lines
    else
      sed 's/\(.*\([Pp][Ss][Kk]\|[Pp]ass\|PASS\|[Pp]rivate\|PRIVATE\|[Ss]ecret\|SECRET\|[Tt]oken\|[Ww]ep-\|[Ww]pa-\|[Pp]reshared\|PIN\|^pin\)[^:= ]*[:= ]\).*/\1 (left out)/' "$file" | lines
    fi
  done
}

main() {
  printf 'KINGPOST-COLLECTOR 1\n'
  file hostname /proc/sys/kernel/hostname
  file boot_id /proc/sys/kernel/random/boot_id
  file osrelease /proc/sys/kernel/osrelease
  section time
  date -u +%Y-%m-%dT%H:%M:%SZ | lines
  file uptime /proc/uptime
  section user
  id -u | lines
  section ticks
  { getconf CLK_TCK 2>/dev/null || echo 100; } | lines
  section ip_version
  { ip -V 2>&1 || echo none; } | head -n 1 | lines
  file softnet /proc/net/softnet_stat
  file pressure /proc/pressure/cpu
  file online /sys/devices/system/cpu/online
  section modules
  for module in @MODULES@; do
    if [ -e /proc/modules ] && in_kernel "$module"; then echo "$module"; fi
  done | lines
  section modules_folder
  if [ -d "/lib/modules/$(uname -r)" ]; then echo yes | lines; else echo no | lines; fi
  section udev
  if [ -e /run/udev/control ]; then echo yes | lines; else echo no | lines; fi
  section machine_id
  if [ -r /etc/machine-id ] && have sha256sum; then
    printf 'kingpost:%s' "$(cat /etc/machine-id)" | sha256sum | cut -d " " -f 1 | lines
  else
    why "absent"
  fi
  section machine_settings
  # shellcheck disable=SC2046
  settings $(for name in @MACHINE_SETTINGS@; do echo "/proc/sys/$name"; done) | lines
  file resolver_file /etc/resolv.conf
  file resolved_file /run/systemd/resolve/resolv.conf
  managed
  processes
  arguments
  sockets

  own=$(readlink /proc/self/ns/net)
  first=$(readlink /proc/1/ns/net 2>/dev/null)
  section namespaces
  printf 'own %s\nfirst %s\n' "$own" "$first" | lines
  # "INODE PATH" of namespaces that mounts hold; of the others a process.
  mounts=$(stat -L -c "%i %n" /run/netns/* /run/docker/netns/* 2>/dev/null)
  section mounts
  if [ -n "$mounts" ]; then printf '%s\n' "$mounts" | lines; fi

  own=$(printf '%s' "$own" | tr -cd 0-9)
  sh -c "$parts
namespace \"\$1\" own" sh "$own"
  places=$(
    # shellcheck disable=SC2012
    ls -l /proc/[0-9]*/ns/net 2>/dev/null | awk '{ id = $NF; gsub(/[^0-9]/, "", id); print id, $(NF - 2) }'
    printf '%s\n' "$mounts"
  )
  printf '%s\n' "$places" | awk -v own="$own" '$1 != "" && $1 != own && !seen[$1]++ && ++count <= 2000' |
    while read -r id path; do
      if ! have nsenter; then
        section namespace "$id"
        why "unreadable: the program nsenter is missing"
        continue
      fi
      if have unshare && unshare -m true 2>/dev/null; then
        nsenter --net="$path" unshare -m sh -c "$parts
namespace \"\$1\" other" sh "$id" 2>/dev/null
      else
        nsenter --net="$path" sh -c "$parts
namespace \"\$1\" none" sh "$id" 2>/dev/null
      fi || { section namespace "$id"; why "unreadable: it could not be entered; it takes root"; }
      case $path in /proc/*)
        pid=${path#/proc/}
        resolver "${pid%%/*}"
        ;;
      esac
    done
  for folder in /proc/[0-9]*; do
    if [ "$(cat "$folder/comm" 2>/dev/null)" = dockerd ]; then engine "${folder#/proc/}"; fi
  done
  section end
}

# As a whole and without input: the shell may be reading this from its standard input, as its programs would.
main </dev/null

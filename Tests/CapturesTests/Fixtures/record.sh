#!/bin/sh
# Records small captures by real tools, and what tshark reads in them, as fixtures for the captures' tests.
#
#   Tests/CapturesTests/Fixtures/record.sh
#
# Makes two network namespaces with a veth between them, and removes them at the end; needs root, iproute2,
# dnsmasq, dig, tcpdump, Wireshark's command-line tools, gzip, zstd and python3. README.md tells what comes out.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
client=kp-captures-client-$$
server=kp-captures-server-$$
processes=

clean() {
  for process in $processes; do kill "$process" 2>/dev/null || true; done
  ip netns delete "$client" 2>/dev/null || true
  ip netns delete "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap clean EXIT

# in_background NAME READY COMMAND…: runs a command in the client's namespace until its errors have the word READY.
in_background() {
  name=$1 ready=$2
  shift 2
  ip netns exec "$client" "$@" >/dev/null 2>"$work/$name.errors" &
  processes="$processes $!"
  until grep -q "$ready" "$work/$name.errors"; do
    kill -0 $! 2>/dev/null || { cat "$work/$name.errors"; exit 1; }
    sleep 0.2
  done
}

for namespace in "$client" "$server"; do
  ip netns add "$namespace"
  # Only what is asked for shall be recorded.
  ip netns exec "$namespace" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
  ip -n "$namespace" link set lo up
done
ip -n "$client" link add kpv0 address 02:00:00:00:09:01 type veth \
  peer name kpv1 address 02:00:00:00:09:02 netns "$server"
ip -n "$client" address add 10.9.0.1/24 dev kpv0
ip -n "$server" address add 10.9.0.2/24 dev kpv1
ip -n "$client" link set kpv0 up
ip -n "$server" link set kpv1 up

ip netns exec "$server" dnsmasq --no-daemon --conf-file=/dev/null --no-resolv --no-hosts --pid-file= --user=root \
  --listen-address=10.9.0.2 --bind-interfaces --address=/kingpost.example/192.0.2.53 \
  --txt-record=long.kingpost.example,"$(printf 'x%.0s' $(seq 200))" 2>"$work/dnsmasq.errors" &
processes="$processes $!"
until grep -q started "$work/dnsmasq.errors"; do sleep 0.2; done

in_background veth listening tcpdump -Z root -U -n -i kpv0 -w "$work/veth.pcap"
in_background nano listening tcpdump -Z root -U -n -i kpv0 --time-stamp-precision=nano -s 100 -w "$work/nano.pcap"
in_background any listening tcpdump -Z root -U -n -i any -w "$work/any.pcap"
in_background cooked listening tcpdump -Z root -U -n -i any -y LINUX_SLL -w "$work/cooked.pcap"
in_background several 'File:' dumpcap -q -i kpv0 -f 'udp port 53' -s 80 -i lo -i any --ifdescr 'all of them' \
  -w "$work/several.pcapng"
in_background dumped 'File:' dumpcap -q -P -i kpv0 -w "$work/dumped.pcap"
recorders=${processes# * }
# A packet socket is bound a moment after the tools say so.
sleep 1

for question in "one.kingpost.example A" "two.kingpost.example AAAA" "long.kingpost.example TXT"; do
  # shellcheck disable=SC2086
  ip netns exec "$client" dig +tries=1 +timeout=2 @10.9.0.2 $question >/dev/null || true
done
# Nobody answers there: the query is refused by ICMP, on lo.
ip netns exec "$client" dig +tries=1 +timeout=1 @127.0.0.1 three.kingpost.example >/dev/null || true
sleep 1
for process in $recorders; do
  kill -INT "$process"
  wait "$process" || true
done

cd "$work"
editcap -F nsecpcap veth.pcap nsec.pcap
editcap -F modpcap veth.pcap modified.pcap
echo 'CLIENT_RANDOM 00 00' >keys
editcap -F pcapng -a 1:'the first' --capture-comment 'converted by editcap' --inject-secrets tls,keys veth.pcap \
  converted.pcapng
python3 "$here/swap.py" veth.pcap swapped.pcap
python3 "$here/swap.py" nano.pcap swapped-nano.pcap
mergecap -w merged.pcapng nano.pcap any.pcap
printf '10.9.0.2 server.kingpost.example\n' >hosts
# It writes the names that it needed, so it has to print.
tshark -r veth.pcap -N n -H hosts -W n -P -w named.pcapng >/dev/null
cat several.pcapng named.pcapng >sections.pcapng
# What tshark reads, with each frame's octets in hexadecimal as the last column.
for file in *.pcap *.pcapng; do
  tshark -r "$file" -T fields -e frame.number -e frame.time_epoch -e frame.len -e frame.cap_len \
    -e frame.interface_name >fields
  tshark -r "$file" -T json -x -j '' | python3 -c 'import json, sys
for packet in json.load(sys.stdin): print(packet["_source"]["layers"]["frame_raw"][0])' >octets
  paste fields octets >"$file.golden"
done

gzip -nk veth.pcap
{ head -c 500 veth.pcap | gzip -n; tail -c +501 veth.pcap | gzip -n; } >members.pcap.gz
zstd -qk several.pcapng
{ head -c 500 veth.pcap | zstd -q; tail -c +501 veth.pcap | zstd -q; } >frames.pcap.zst
python3 "$here/large.py" 640 | gzip -n >large.pcap.gz
python3 "$here/large.py" 640 | zstd -q >large.pcap.zst
# Three of zstd's blocks, of which our buffer has room for two: the last must come though the file is at its end.
python3 "$here/large.py" 300 | zstd -q --no-check >unchecked.pcap.zst
printf 'This text is no capture, though it is longer than the header of one.\n' | gzip -n >text.gz
chmod 644 -- *.pcap *.pcapng *.gz *.zst
cp -- *.pcap *.pcapng *.gz *.zst *.golden "$here"

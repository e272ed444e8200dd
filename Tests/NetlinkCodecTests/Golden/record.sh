#!/bin/sh
# Records what ip and bridge send and what the kernel answers, as golden bytes for the codec's tests.
#
#   Tests/NetlinkCodecTests/Golden/record.sh
#
# Runs in a network namespace of its own, as any user that may make a user namespace; needs iproute2, strace
# and python3. Writes one file NAME.golden per command beside itself: a header with the command and the
# versions, then each message on a line of its own, "sent" or "received", in hexadecimal with four bytes a
# group. Sequence numbers and ports, which differ from run to run, are written as zero.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ "${1:-}" != inside ]; then
  if [ "$(id -u)" = 0 ]; then exec unshare --net "$0" inside; fi
  exec unshare --map-root-user --net "$0" inside
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# record NAME COMMAND…: runs the command and keeps the messages of its routing sockets.
record() {
  name=$1
  shift
  strace -f -e trace=sendmsg,sendto,recvmsg -e read=all -e write=all -o "$work/trace" "$@" >"$work/output" 2>&1 || true
  python3 "$here/extract.py" "$work/trace" "$here/$name.golden" "$*"
}

ip link set lo up
record link-add-bridge ip link add name br0 type bridge
record link-add-bridge-options ip link add name br1 address 02:00:00:00:00:51 type bridge \
  forward_delay 200 ageing_time 1000 stp_state 1 priority 4096 mcast_snooping 0 nf_call_iptables 0 \
  group_fwd_mask 8 mcast_query_interval 750
record link-add-veth ip link add name veth0 type veth peer name veth1
record link-add-veth-addresses ip link add name port0 address 02:00:00:00:00:07 mtu 1400 type veth \
  peer name end0 address 02:00:00:00:00:08
record link-add-exists ip link add name br0 type bridge
record link-set-up ip link set dev br0 up
record link-set-promisc ip link set dev veth0 promisc on
record link-set-master ip link set dev veth0 master br0
record link-set-master-up ip link set dev veth0 up
record link-set-mtu-bad ip link set dev veth0 mtu 10
record link-set-address ip link set dev br0 address 02:00:00:00:00:50
record link-set-bridge ip link set dev br0 type bridge ageing_time 6000 mcast_igmp_version 3 vlan_default_pvid 0
record link-set-group ip link set dev port0 group 42
record link-property-add ip link property add dev veth0 altname another altname \
  a-very-long-alternative-name-that-does-not-fit-into-fifteen-bytes
record bridge-link-set bridge link set dev veth0 hairpin on cost 42 isolated on learning off
record bridge-link-show bridge -d link show
ip link set dev veth1 up
record addr-add ip address add 192.0.2.1/24 broadcast 192.0.2.255 dev br0
record addr-add-peer ip address add 192.0.2.9 peer 198.51.100.1/32 dev veth1
record addr-add-6 ip address add 2001:db8::1/64 dev br0 nodad
record addr-del ip address del 192.0.2.9 peer 198.51.100.1/32 dev veth1
record addr-show ip address show
record route-add-default ip route add default via 192.0.2.254
record route-add ip route add 203.0.113.0/24 dev br0 metric 77 src 192.0.2.1 table 1000 mtu 1300 initcwnd 20
record route-add-multipath ip route add 198.51.100.0/24 nexthop via 192.0.2.2 weight 1 nexthop via 192.0.2.3 \
  dev br0 weight 5
record route-add-6 ip -6 route add default via 2001:db8::fe metric 50 pref high
record route-add-blackhole ip route add blackhole 203.0.113.128/25
record route-add-bad ip route add default via 198.51.100.99 table 7
record route-show ip route show table all
record rule-add ip rule add from 192.0.2.0/24 fwmark 0x1/0xff table 1000 priority 100
record rule-add-ports ip rule add ipproto udp dport 53 sport 1000-2000 uidrange 0-99 oif br0 lookup main priority 101
record rule-show ip rule show
record rule-show-6 ip -6 rule show
record neigh-replace ip neighbour replace 192.0.2.99 lladdr 02:00:00:00:00:63 dev br0 nud reachable
record neigh-replace-6 ip neighbour replace 2001:db8::99 lladdr 02:00:00:00:00:63 dev br0 nud permanent router
record neigh-get ip neighbour get 192.0.2.99 dev br0
record neigh-show ip neighbour show nud all
record neigh-del ip neighbour del 192.0.2.99 dev br0
record fdb-replace bridge fdb replace 02:00:00:00:00:77 dev veth0 master static
record fdb-show bridge fdb show
bridge link set dev veth0 mcast_router 2
bridge mdb add dev br0 port veth0 grp ff0e::7 temp
bridge mdb add dev br0 port veth0 grp 239.1.1.2 src 192.0.2.7 permanent
bridge mdb add dev br0 port veth0 grp 01:02:03:04:05:06 permanent
record mdb-add bridge mdb add dev br0 port veth0 grp 239.1.1.1 permanent
record mdb-show bridge -d -s mdb show
bridge link set dev veth0 mcast_router 1
record link-show ip -d -s link show
record link-del ip link del dev port0

#!/usr/bin/env python3
"""Records frames.txt anew: real programs' frames, and what tshark reads in them.

Run as root: unshare -n python3 record.py
Everything happens in the namespace that it starts in and in one more; nothing stays.
"""
import array
import fcntl
import os
import platform
import socket
import struct
import subprocess
import sys
import tempfile
import time

FIELDS = """eth.dst eth.src vlan.id arp.opcode arp.src.hw_mac arp.src.proto_ipv4 arp.dst.proto_ipv4
ip.src ip.dst ip.ttl ipv6.src ipv6.dst ipv6.hlim udp.srcport udp.dstport udp.length tcp.srcport tcp.dstport
tcp.seq_raw icmp.type icmp.code icmpv6.type icmpv6.nd.ns.target_address icmpv6.nd.na.target_address
icmpv6.opt.linkaddr dns.id dns.flags dns.qry.name dns.qry.type dns.count.answers dns.resp.name dns.resp.type
dns.a dns.aaaa dns.cname dns.txt dns.mx.mail_exchange dns.ptr.domain_name dns.rr.udp_payload_size""".split()
COMMANDS = """dig @10.9.0.2 www.lab.test A +tries=1
dig @10.9.0.2 www.lab.test AAAA +noedns +tries=1
dig @10.9.0.2 alias.lab.test A +tries=1
dig @10.9.0.2 lab.test MX +tries=1
dig @10.9.0.2 text.lab.test TXT +tries=1
dig @10.9.0.2 long.lab.test TXT +bufsize=512 +tries=1 +ignore
dig @10.9.0.2 -x 10.9.0.2 +tries=1
dig @10.9.0.2 none.lab.test A +tries=1
dig @10.9.0.2 refused.example A +tries=1
dig @10.9.0.2 WwW.LaB.test A +tcp +tries=1
dig @fd09::2 www.lab.test AAAA +tries=1
dig @10.9.0.2 -p 5353 www.lab.test A +tries=1 +time=1
dig @fd09::2 -p 5353 www.lab.test A +tries=1 +time=1
record.py --tagged 8100e005
record.py --tagged 88a8100781000fff
record.py --send 10.9.0.2 100 07070400000000
record.py --send 10.9.0.2 2000
record.py --send fd09::2 2000""".splitlines()
DNSMASQ = """dnsmasq --keep-in-foreground --conf-file=/dev/null --no-resolv --no-hosts --pid-file --user=root
--group=root --bind-interfaces --listen-address=10.9.0.2 --listen-address=fd09::2
--host-record=www.lab.test,10.9.0.7,fd09::7,600 --cname=alias.lab.test,www.lab.test,300
--mx-host=lab.test,mail.lab.test,10 --txt-record=text.lab.test,one,two --local=/lab.test/
--ptr-record=2.0.9.10.in-addr.arpa,gateway.lab.test""".split()
DNSMASQ.append("--txt-record=long.lab.test," + ",".join(["x" * 200] * 4))


def run(command):
    quiet = subprocess.DEVNULL
    return subprocess.run(command.split(), stdout=subprocess.PIPE, stderr=quiet, text=True).stdout


def checksums_in_software(name):
    """As `ethtool -K NAME tx off`: otherwise frames are seen before their checksums are there."""
    value = array.array("B", struct.pack("II", 0x17, 0))  # ETHTOOL_STXCSUM
    request = struct.pack("16sP", name.encode(), value.buffer_info()[0])
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, 0x8946, request)  # SIOCETHTOOL


def main():
    far = subprocess.Popen(["unshare", "-n", "sleep", "60"])
    while os.readlink(f"/proc/{far.pid}/ns/net") == os.readlink("/proc/self/ns/net"):
        time.sleep(0.01)
    inside = f"nsenter -t {far.pid} -n "
    run("ip link add near address 02:00:00:00:09:01 type veth "
        f"peer name far address 02:00:00:00:09:02 netns {far.pid}")
    checksums_in_software("near")
    subprocess.run(inside.split() + [sys.executable, __file__, "--checksums", "far"], check=True)
    for prefix, name, host in (("", "near", 1), (inside, "far", 2)):
        run(f"{prefix}ip address add 10.9.0.{host}/24 dev {name}")
        run(f"{prefix}ip address add fd09::{host}/64 dev {name} nodad")
        run(f"{prefix}ip link set lo up")
        run(f"{prefix}ip link set {name} up")
    capture = tempfile.NamedTemporaryFile(suffix=".pcap")
    tcpdump = subprocess.Popen(
        ["tcpdump", "-i", "near", "-p", "-U", "-s", "0", "-w", capture.name], stderr=subprocess.DEVNULL)
    server = subprocess.Popen(inside.split() + DNSMASQ, stderr=subprocess.DEVNULL)
    time.sleep(1)
    for command in COMMANDS:
        run(command.replace("record.py", f"{sys.executable} {__file__}"))
    time.sleep(1)
    for process in (tcpdump, server, far):
        process.terminate()
        process.wait()
    write(capture.name, os.path.join(os.path.dirname(os.path.abspath(__file__)), "frames.txt"))


def send(address, size, options=""):
    """A datagram to a closed port, with IP options; longer than the MTU it is fragmented."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as sender:
        if options:
            sender.setsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS, bytes.fromhex(options))
        sender.sendto(bytes(int(size)), (address, 9))


def tagged(tags):
    """An ARP request with VLAN tags, through a packet socket: not every kernel has VLAN interfaces."""
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as sender:
        sender.bind(("near", 0))
        sender.send(bytes.fromhex(
            "ffffffffffff" "020000000901" + tags + "0806" "0001" "0800" "06" "04" "0001"
            "020000000901" "0a090001" "000000000000" "0a090002"))


def write(capture, target):
    arguments = ["tshark", "-r", capture, "-T", "fields", "-E", "separator=|", "-E", "aggregator=,"]
    for preference in ("tcp.desegment_tcp_streams", "ip.defragment", "ipv6.defragment"):
        arguments += ["-o", preference + ":false"]
    for field in FIELDS:
        arguments += ["-e", field]
    quiet = subprocess.DEVNULL
    printed = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=quiet, text=True).stdout.splitlines()
    frames = list(read_pcap(capture))
    assert len(printed) == len(frames), "tshark and the capture differ"
    version = run("tshark --version").splitlines()[0]
    with open(target, "w") as out:
        out.write(f"# Recorded by record.py: {version}, Linux {platform.release()}\n")
        out.writelines(f"# {command}\n" for command in COMMANDS)
        for line, frame in zip(printed, frames):
            out.write("\n")
            out.writelines(f"{name}={value}\n" for name, value in zip(FIELDS, line.split("|")) if value)
            for offset in range(0, len(frame), 32):
                out.write("  " + frame[offset:offset + 32].hex() + "\n")


def read_pcap(path):
    with open(path, "rb") as file:
        file.read(24)
        while header := file.read(16):
            yield file.read(struct.unpack("<IIII", header)[2])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--checksums"]:
        checksums_in_software(sys.argv[2])
    elif sys.argv[1:2] == ["--tagged"]:
        tagged(sys.argv[2])
    elif sys.argv[1:2] == ["--send"]:
        send(*sys.argv[2:])
    else:
        main()

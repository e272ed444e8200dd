#!/usr/bin/env python3
"""Turns a trace of strace -e read=all -e write=all into a file of golden messages: extract.py TRACE OUTPUT COMMAND."""
import platform
import re
import struct
import subprocess
import sys

trace, output, command = sys.argv[1:4]
CALL = re.compile(r"(sendmsg|sendto|recvmsg)\(")
DUMP = re.compile(r"^ \| [0-9a-f]{5,}  ((?:[0-9a-f]{2} {1,2}){1,16})")


def messages(data):
    """The netlink messages in what one call sent or received."""
    while len(data) >= 16:
        length = struct.unpack_from("=I", data)[0]
        if length < 16 or length > len(data):
            return
        yield data[:length]
        data = data[(length + 3) & ~3 :]


def calls(path):
    """What each call sent or received: its kind, and its bytes."""
    kind, data = None, bytearray()
    for line in open(path, encoding="ascii", errors="replace"):
        dump = DUMP.match(line)
        if dump:
            data += bytes.fromhex(dump[1])
            continue
        if not CALL.search(line):
            continue
        if kind and data:
            yield kind, bytes(data)
        # What is only looked at is received again.
        peeks = "MSG_PEEK" in line
        kind, data = None if peeks else ("received" if "recvmsg(" in line else "sent"), bytearray()
    if kind and data:
        yield kind, bytes(data)


lines = []
for kind, data in calls(trace):
    for message in messages(data):
        # Numbers that differ from run to run are left out, so that a new recording differs only where it
        # means something.
        message = message[:8] + bytes(8) + message[16:]
        if message[4:6] == struct.pack("=H", 2):
            message = message[:28] + bytes(8) + message[36:]
        lines.append(kind + " " + " ".join(message[i : i + 4].hex() for i in range(0, len(message), 4)))

version = subprocess.run(["ip", "-V"], capture_output=True, text=True, check=True).stdout.strip()
with open(output, "w", encoding="ascii") as file:
    file.write(f"# {command}\n# {version}; Linux {platform.release().split('-')[0]} {platform.machine()}\n")
    for line in lines:
        file.write(line + "\n")

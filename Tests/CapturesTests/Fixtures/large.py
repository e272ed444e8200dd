#!/usr/bin/env python3
"""Writes a pcap file to standard output, whose frames have 1000 octets each: their index's value modulo 251.

large.py COUNT
"""
import struct
import sys

out = sys.stdout.buffer
out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
for index in range(int(sys.argv[1])):
    out.write(struct.pack("<IIII", index, 7, 1000, 1000) + bytes([index % 251]) * 1000)

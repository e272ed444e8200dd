#!/usr/bin/env python3
"""Turns a pcap file's integers around, as a machine of the other byte order writes them.

swap.py FILE NEW
"""
import struct
import sys

with open(sys.argv[1], "rb") as file:
    data = file.read()
swapped = struct.pack(">IHHiIII", *struct.unpack("<IHHiIII", data[:24]))
place = 24
while place < len(data):
    header = struct.unpack("<IIII", data[place : place + 16])
    swapped += struct.pack(">IIII", *header) + data[place + 16 : place + 16 + header[2]]
    place += 16 + header[2]
with open(sys.argv[2], "wb") as file:
    file.write(swapped)

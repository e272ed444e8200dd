"""Prints which lines of a decoder a fuzz target's inputs reached; called by `run`.

coverage.py TOOLS PROGRAM PROFILE TARGET SOURCES

Of the files whose names match SOURCES it counts the lines with code, as llvm-cov does: all of them, and those
of decoding alone, which are the functions that take a ByteReader (of captures: a CaptureBuffer) or belong to
it, and all within them. The others are encoders, initialisers for callers, and accessors.
"""
import json
import re
import subprocess
import sys

tools, program, profile, target, pattern = sys.argv[1:]


def cov(*arguments):
    command = [f"{tools}/llvm-cov", *arguments, "-instr-profile", profile, program]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout


def reached():
    """Of each file the lines with code, and whether they were reached."""
    files, lines = {}, {}
    for row in cov("show", "-show-instantiations=false").splitlines():
        if match := re.fullmatch(r"(/.*\.swift):", row):
            lines = files.setdefault(match[1], {})
        elif match := re.match(r" *(\d+)\| *([\d.]+)[kMGTE]?\|", row):
            lines[int(match[1])] = match[2] != "0"
    return {path: lines for path, lines in files.items() if re.search(pattern, path)}


def decoding():
    """Of each file the lines that belong to decoding."""
    functions = json.loads(cov("export"))["data"][0]["functions"]
    # A private function's name has its file's before it.
    names = [function["name"].rpartition(":")[2] for function in functions]
    demangled = subprocess.run(
        [f"{tools}/swift-demangle", "-compact"], input="\n".join(names), stdout=subprocess.PIPE, check=True,
        text=True).stdout.splitlines()
    files = {}
    for function, name in zip(functions, demangled, strict=True):
        if "WireFormat.ByteReader" in name or "Captures.CaptureBuffer" in name:
            first, _, last, *_ = function["regions"][0]
            files.setdefault(function["filenames"][0], set()).update(range(first, last + 1))
    return files


def share(lines):
    # Configuration files are read by neither.
    if not lines:
        return "none"
    covered = sum(lines)
    return f"{covered:,} of {len(lines):,} lines ({100 * covered / len(lines):.1f} %)"


all_lines, decoder_lines, decoders = [], [], decoding()
for path, lines in sorted(reached().items()):
    missed = [str(line) for line, hit in lines.items() if not hit]
    if missed:
        print(f"  {path.rpartition('/')[2]}: not {', '.join(missed)}")
    all_lines += lines.values()
    decoder_lines += [hit for line, hit in lines.items() if line in decoders.get(path, ())]
print(f"{target}: {share(decoder_lines)} of decoding reached, {share(all_lines)} of its files")

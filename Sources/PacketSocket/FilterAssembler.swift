internal import CLinux

/// Puts together a classic BPF program (`linux/filter.h`; the kernel's Documentation/networking/filter.rst)
/// whose jumps go to labels, which may only be placed further on: there are no loops.
struct FilterAssembler {
  /// A place in the program.
  struct Label: Hashable {
    fileprivate let number: Int
  }

  /// A label that no instruction has been placed at, or that is too far from a jump to it (255 instructions).
  struct UnreachableLabel: Error {
    let label: Label
  }

  private struct Jump {
    let instruction: Int
    let whenTrue: Label?
    let whenFalse: Label?
  }

  private var instructions: [PacketFilter.Instruction] = []
  private var jumps: [Jump] = []
  private var places: [Label: Int] = [:]
  private var labelsMade = 0

  /// A new label.
  mutating func makeLabel() -> Label {
    labelsMade += 1
    return Label(number: labelsMade)
  }

  /// Places a label at the next instruction.
  mutating func place(_ label: Label) { places[label] = instructions.count }

  /// Loads the byte at an offset into the accumulator.
  mutating func loadByte(at offset: Int) { append(BPF_LD | BPF_B | BPF_ABS, UInt32(offset)) }

  /// Loads the 16-bit number at an offset into the accumulator.
  mutating func loadHalf(at offset: Int) { append(BPF_LD | BPF_H | BPF_ABS, UInt32(offset)) }

  /// Loads the 16-bit number that is `offset` bytes after the index register's value into the accumulator.
  mutating func loadHalf(afterIndexAt offset: Int) { append(BPF_LD | BPF_H | BPF_IND, UInt32(offset)) }

  /// Loads the length in bytes of the IPv4 header that begins at an offset into the index register.
  mutating func loadIndexFromIPv4HeaderLength(at offset: Int) {
    append(BPF_LDX | BPF_B | BPF_MSH, UInt32(offset))
  }

  /// Goes to a label if the accumulator equals a value, and otherwise to `other` or to the next instruction.
  mutating func jump(ifEqual value: UInt32, to label: Label, else other: Label? = nil) {
    append(BPF_JMP | BPF_JEQ | BPF_K, value, jumpTo: label, else: other)
  }

  /// Goes to a label if the accumulator has any of these bits, and otherwise to the next instruction.
  mutating func jump(ifAnyBitOf mask: UInt32, to label: Label) {
    append(BPF_JMP | BPF_JSET | BPF_K, mask, jumpTo: label, else: nil)
  }

  /// Ends the program: so many bytes of the frame are kept, with 0 it is passed over.
  mutating func keep(_ bytes: UInt32) { append(BPF_RET | BPF_K, bytes) }

  /// The program, its jumps resolved.
  func assemble() throws(UnreachableLabel) -> [PacketFilter.Instruction] {
    var program = instructions
    for jump in jumps {
      program[jump.instruction].jumpTrue = try distance(from: jump.instruction, to: jump.whenTrue)
      program[jump.instruction].jumpFalse = try distance(from: jump.instruction, to: jump.whenFalse)
    }
    return program
  }

  private func distance(from instruction: Int, to label: Label?) throws(UnreachableLabel) -> UInt8 {
    guard let label else { return 0 }
    guard let place = places[label], let distance = UInt8(exactly: place - instruction - 1) else {
      throw UnreachableLabel(label: label)
    }
    return distance
  }

  private mutating func append(
    _ code: Int32,
    _ operand: UInt32,
    jumpTo whenTrue: Label? = nil,
    else whenFalse: Label? = nil
  ) {
    if whenTrue != nil {
      jumps.append(Jump(instruction: instructions.count, whenTrue: whenTrue, whenFalse: whenFalse))
    }
    instructions.append(PacketFilter.Instruction(code: UInt16(code), operand: operand))
  }
}

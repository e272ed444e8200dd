import PacketSocket

/// Runs the instructions of classic BPF that the filters use (the kernel's
/// Documentation/networking/filter.rst), written from that page alone.
struct FilterMachine {
  let program: [PacketFilter.Instruction]

  /// How many bytes of the frame are kept; 0 also if the program reads beyond the frame's end.
  func run(on frame: [UInt8]) -> UInt32 {
    var accumulator: UInt32 = 0
    var index = 0
    var next = 0
    while next < program.count {
      let instruction = program[next]
      let operand = Int(instruction.operand)
      next += 1
      switch instruction.code {
      case 0x30:
        guard operand < frame.count else { return 0 }
        accumulator = UInt32(frame[operand])
      case 0x28, 0x48:
        let offset = operand + (instruction.code == 0x48 ? index : 0)
        guard offset + 1 < frame.count else { return 0 }
        accumulator = UInt32(frame[offset]) << 8 | UInt32(frame[offset + 1])
      case 0xb1:
        guard operand < frame.count else { return 0 }
        index = Int(frame[operand] & 0xf) * 4
      case 0x15:
        next += Int(accumulator == instruction.operand ? instruction.jumpTrue : instruction.jumpFalse)
      case 0x45:
        next += Int(accumulator & instruction.operand != 0 ? instruction.jumpTrue : instruction.jumpFalse)
      case 0x06:
        return instruction.operand
      default:
        return UInt32.max
      }
    }
    return UInt32.max
  }
}

/// What a file is that isn't read, by its first four octets, and how to turn it into what is.
enum ForeignFormat {
  static func error(beginningWith magic: UInt32, name: String) -> CaptureError {
    let (what, advice) = kind(magic)
    let text = what.map { "\(name) is \($0)" } ?? "\(name) is no capture (pcap or pcapng)"
    return CaptureError(.notACapture, text, advice: advice)
  }

  private static func kind(_ magic: UInt32) -> (what: String?, advice: String) {
    switch magic {
    case 0xa1b2_c3d4, 0xd4c3_b2a1, 0xa1b2_3c4d, 0x4d3c_b2a1, 0xa1b2_cd34, 0x34cd_b2a1:
      ("cut off within the header of a pcap file", "")
    case 0x0422_4d18: ("compressed by lz4", "unpack it first: lz4 -dc FILE | kingpost trace -")
    case 0xfd37_7a58: ("compressed by xz", "unpack it first: xz -dc FILE | kingpost trace -")
    case 0x425a_6830...0x425a_6839:
      ("compressed by bzip2", "unpack it first: bzip2 -dc FILE | kingpost trace -")
    case 0x504b_0304: ("a zip archive", "unpack it first")
    case 0x736e_6f6f: ("a snoop capture", "convert it first: editcap -F pcapng FILE NEW.pcapng")
    case 0x474d_4255: ("a Network Monitor capture", "convert it first: editcap -F pcapng FILE NEW.pcapng")
    default: (nil, "")
    }
  }
}

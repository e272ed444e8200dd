internal import SystemPackage

/// Small text files, such as those of procfs and sysfs.
public enum TextFile {
  /// The whole file as text, without trailing white space.
  public static func read(_ path: String) throws(SystemError) -> String {
    trimmed(try Descriptor(opening: path).readToEnd(subject: path))
  }

  /// The whole file below an open directory as text, without trailing white space.
  public static func read(_ path: String, below directory: borrowing Descriptor) throws(SystemError) -> String
  {
    trimmed(try Descriptor(opening: path, below: directory).readToEnd(subject: path))
  }

  /// Writes text to an existing file with one write, as procfs and sysfs want it.
  public static func write(_ text: String, to path: String) throws(SystemError) {
    try Descriptor(opening: path, .writeOnly).writeAll(Array(text.utf8), subject: path)
  }

  private static func trimmed(_ bytes: [UInt8]) -> String {
    var end = bytes.endIndex
    while end > 0, bytes[end - 1] == 0x0a || bytes[end - 1] == 0x20 { end -= 1 }
    return String(decoding: bytes[..<end], as: UTF8.self)
  }
}

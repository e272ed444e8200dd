/// The machine's processors.
public enum Processors {
  /// The numbers of those that run (/sys/devices/system/cpu/online, such as "0-3,6").
  public static func online() throws(SystemError) -> [Int32] {
    parse(try TextFile.read("/sys/devices/system/cpu/online"))
  }

  static func parse(_ text: String) -> [Int32] {
    text.split(separator: ",").flatMap { part -> [Int32] in
      let bounds = part.split(separator: "-").compactMap { Int32($0) }
      guard let first = bounds.first, let last = bounds.last, first <= last else { return [] }
      return Array(first...last)
    }
  }
}

internal import CLinux
internal import NetworkTypes

/// What a network driver counts besides the kernel's own statistics (ethtool(8), `-S`).
public enum DriverStatistics {
  private static let nameLength = 32
  private static let most = 4096

  /// An interface's, by the driver's names, in the network namespace of the calling thread. Any user may ask.
  ///
  /// None if the driver counts nothing. Throws ENODEV without such an interface, EOPNOTSUPP if its driver can't be
  /// asked, ENOBUFS if it counts more than two thousand things.
  public static func read(_ interface: String) throws(SystemError) -> [String: UInt64] {
    let socket = try InternetSocket(.udp, .v4)
    var names = [CChar](repeating: 0, count: most * nameLength)
    var values = [UInt64](repeating: 0, count: most)
    let count = try systemCall("SIOCETHTOOL", interface) {
      unsafe kp_driver_statistics(socket.rawDescriptor, interface, UInt32(most), &names, &values)
    }
    var statistics: [String: UInt64] = [:]
    for index in 0..<Int(count) {
      let name = names[index * nameLength..<(index + 1) * nameLength].prefix { $0 != 0 }
      statistics[String(decoding: name.map { UInt8(bitPattern: $0) }, as: UTF8.self)] = values[index]
    }
    return statistics
  }
}

/// What a listing of links includes or leaves out (`RTEXT_FILTER_*`, `linux/rtnetlink.h`).
public struct LinkExtensions: OptionSet, Hashable, Sendable {
  /// The kernel's bits.
  public let rawValue: UInt32
  /// Flags with these bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Virtual functions. The corresponding kernel constant is `RTEXT_FILTER_VF`.
  public static let virtualFunctions = LinkExtensions(rawValue: 1)
  /// A bridge's VLANs, one by one. The corresponding kernel constant is `RTEXT_FILTER_BRVLAN`.
  public static let bridgeVLANs = LinkExtensions(rawValue: 2)
  /// A bridge's VLANs as ranges. The corresponding kernel constant is `RTEXT_FILTER_BRVLAN_COMPRESSED`.
  public static let compressedBridgeVLANs = LinkExtensions(rawValue: 4)
  /// No counters. The corresponding kernel constant is `RTEXT_FILTER_SKIP_STATS`.
  public static let withoutStatistics = LinkExtensions(rawValue: 8)
  /// Media redundancy. The corresponding kernel constant is `RTEXT_FILTER_MRP`.
  public static let mediaRedundancy = LinkExtensions(rawValue: 16)
  /// Spanning trees for groups of VLANs. The corresponding kernel constant is `RTEXT_FILTER_MST`.
  public static let multipleSpanningTrees = LinkExtensions(rawValue: 128)
}

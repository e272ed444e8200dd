public import NetworkTypes

/// An interface that frames of a capture were seen at: an Interface Description Block of pcapng
/// (draft-ietf-opsawg-pcapng, section 4.2), or the only one of a pcap file.
public struct CaptureInterface: Hashable, Sendable {
  /// What its frames begin with.
  public var linkType: LinkType
  /// The most octets that were kept of a frame; 0 for all.
  public var snapLength: UInt32
  /// Its name, such as "eth0" (if_name).
  public var name: String?
  /// What it is (if_description).
  public var text: String?
  /// The filter that frames had to pass (if_filter), if it is text.
  public var filter: String?
  /// The comments (opt_comment).
  public var comments: [String]
  /// Frames that the capture lost there, as its statistics say (isb_ifdrop and isb_osdrop); nil if nothing does.
  public internal(set) var lost: UInt64?
  /// The unit of its times.
  var clock = CaptureClock()

  /// An interface.
  public init(
    linkType: LinkType,
    snapLength: UInt32 = 0,
    name: String? = nil,
    text: String? = nil,
    filter: String? = nil,
    comments: [String] = []
  ) {
    self.linkType = linkType
    self.snapLength = snapLength
    self.name = name
    self.text = text
    self.filter = filter
    self.comments = comments
  }
}

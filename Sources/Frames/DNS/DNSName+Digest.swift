extension DNSName {
  /// FNV-1a (64 bits) over the presentation form in lower case without the final dot: the same for names that
  /// differ in case only. The root's is that of no bytes at all.
  public var digest: UInt64 {
    var digest = DNSNameDigest()
    wireForm.dropLast().forEach { digest.add($0) }
    return digest.value
  }
}

/// Computes a name's digest from its wire form, byte by byte.
struct DNSNameDigest {
  /// FNV's offset basis and prime for 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/).
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325
  private var presenter = DNSNamePresenter()

  /// Takes the next byte of the wire form, without the final zero.
  mutating func add(_ byte: UInt8) {
    var value = value
    presenter.add(byte) { value = (value ^ UInt64($0.asciiLowercased)) &* 0x100_0000_01b3 }
    self.value = value
  }
}

internal import WireFormat

extension LinkKind {
  /// The parameters of a kind that this library has no names for; none of others, and none if they can't be
  /// understood.
  public var parameters: UnknownAttributes {
    guard case .other(_, let data?) = self else { return UnknownAttributes() }
    var parameters = UnknownAttributes()
    var reader = ByteReader(data.span)
    do throws(WireError) {
      try reader.forEachRawAttribute { (type, value) throws(WireError) in
        try parameters.append(type, &value)
      }
    } catch {
      return UnknownAttributes()
    }
    return parameters
  }
}

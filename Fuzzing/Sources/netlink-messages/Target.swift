import NetlinkCodec
import WireFormat

/// Any bytes are decoded or refused. What is decoded can be encoded, and is then decoded to the same; what it
/// keeps as it came can be listed, and makes the same when it is put together again.
@c(LLVMFuzzerTestOneInput)
public func fuzzNetlinkMessages(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let messages = try? NetlinkMessage.decodeAll(bytes) else { return 0 }
  var writer = ByteWriter()
  do {
    for message in messages {
      let start = writer.count
      try message.write(to: &writer)
      let alone = try message.encoded()
      precondition(alone[...] == writer.bytes[start...], "encoded differently")
      precondition(NetlinkMessage(header: message.header, body: message.body) == message, "parts are missing")
      for unknown in message.unknown { try check(unknown) }
    }
    let again = try NetlinkMessage.decodeAll(writer.bytes)
    precondition(again.map(\.withoutLength) == messages.map(\.withoutLength), "decoded differently")
  } catch {
    preconditionFailure("what was decoded can't be encoded and decoded: \(error)")
  }
  return 0
}

private func check(_ unknown: UnknownAttributes) throws {
  var same = UnknownAttributes()
  for attribute in unknown.all {
    try same.append(UnknownAttribute(type: attribute.type, value: attribute.value))
  }
  if let first = unknown.all.first {
    precondition(unknown[first.type] == first.value, "an attribute is not found by its number")
  }
  precondition(same == unknown, "unknown attributes differ from their list")
}

extension NetlinkMessage {
  /// What the body keeps as it came.
  fileprivate var unknown: [UnknownAttributes] {
    switch body {
    case .link(let link): [link.unknown, link.unknownInformation, link.unknownProperties]
    case .address(let address): [address.unknown]
    case .route(let route): [route.unknown] + route.nextHops.map(\.unknown)
    case .neighbour(let neighbour): [neighbour.unknown]
    case .rule(let rule): [rule.unknown]
    case .multicast(let database):
      [database.unknown, database.unknownGroups] + (database.groups ?? []).map(\.unknown)
        + database.entries.map(\.unknown)
    case .namespaceIdentifier(let identifier): [identifier.unknown]
    case .acknowledgement(let answer), .done(let answer): [answer.unknown]
    case .other: []
    }
  }

  /// The same whatever room its attributes take.
  fileprivate var withoutLength: NetlinkMessage {
    var message = self
    message.header.length = 0
    return message
  }
}

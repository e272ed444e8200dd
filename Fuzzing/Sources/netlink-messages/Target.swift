import NetlinkCodec
import WireFormat

/// Any bytes are decoded or refused. What is decoded can be encoded, and is then decoded to the same.
@c(LLVMFuzzerTestOneInput)
public func fuzzNetlinkMessages(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let messages = try? NetlinkMessage.decodeAll(bytes) else { return 0 }
  var writer = ByteWriter()
  do {
    for message in messages { try message.write(to: &writer) }
    let again = try NetlinkMessage.decodeAll(writer.bytes)
    precondition(again.map(\.withoutLength) == messages.map(\.withoutLength), "decoded differently")
  } catch {
    preconditionFailure("what was decoded can't be encoded and decoded: \(error)")
  }
  return 0
}

extension NetlinkMessage {
  /// The same whatever room its attributes take.
  fileprivate var withoutLength: NetlinkMessage {
    var message = self
    message.header.length = 0
    return message
  }
}

import Captures

/// Any bytes are read as a capture or refused. Reading them again gives the same; and what was read, written
/// by `CaptureWriter`, is read back as far as a written capture can say it.
@c(LLVMFuzzerTestOneInput)
public func fuzzCaptures(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let capture = ReadCapture(input) else { return 0 }
  precondition(ReadCapture(input) == capture, "read differently the second time")
  check(capture)
  return 0
}

/// What was read, written, and read again is the same.
private func check(_ capture: ReadCapture) {
  guard let again = ReadCapture(capture.written) else {
    preconditionFailure("what was written is refused")
  }
  precondition(again.damage == nil && again.compression == nil, "what was written is damaged")
  precondition(again.skipped.malformed == 0 && again.skipped.tooLarge == 0, "a written frame is passed over")
  precondition(again.interfaces.count == capture.interfaces.count, "another number of interfaces")
  for (written, original) in zip(again.interfaces, capture.interfaces) {
    precondition(written.isSame(as: original), "an interface is read differently")
  }
  precondition(again.frames.count == capture.frames.count, "another number of frames")
  for (written, original) in zip(again.frames, capture.frames) {
    precondition(written.isSame(as: original), "a frame is read differently")
  }
}

internal import Captures
internal import Glibc
internal import Journeys
internal import LinuxSystem
internal import NetworkTypes
internal import Reporting
internal import Sensing

/// A copy of captures, with comments on the frames of failed requests: for Wireshark.
struct AnnotatedCapture {
  /// So many octets are written at once.
  private static let portion = 1 << 20

  /// By the file, as it was opened, and by the frame's number in it.
  private var comments: [String: [Int: String]]
  /// Each text once, for requests fail in few ways.
  private var texts: Set<String> = []

  /// A copy with these comments, by the file as it was opened, and by the frame's number in it.
  init(comments: [String: [Int: String]] = [:]) { self.comments = comments }

  /// Adds comments on all frames of a request that failed, which `document` is of.
  mutating func add(_ journey: Journey, _ document: JourneyDocument, _ places: CapturePlaces) {
    for (hop, described) in zip(journey.hops, document.hops) {
      guard let file = places.file(of: hop.place) else { continue }
      let text = texts.insert(Self.comment(for: document, hop: described)).memberAfterInsert
      // A frame is commented twice if a file is given twice.
      let known = comments[file]?[hop.frame]
      comments[file, default: [:]][hop.frame] = known.map { $0 == text ? $0 : "\($0)\n\(text)" } ?? text
    }
  }

  /// Writes the frames of all files with the comments that were added.
  func write(_ files: [String], to path: String) throws {
    try Self.write(files, comments: comments, to: path)
  }

  /// What a frame of a failed request is told of: what became of the request, where it ended, and why.
  static func comment(for journey: JourneyDocument, hop: JourneyDocument.Hop) -> String {
    let fate =
      switch (journey.outcome, hop.isResponse) {
      case ("error-response", false): "request answered with \(journey.rcode ?? "an error")"
      case ("error-response", true): "response with \(journey.rcode ?? "an error")"
      case ("late", false): "request answered after the client had given up"
      case ("late", true): "response too late for the client"
      case (_, false): "request not answered"
      case (_, true): "response that did not come to the client"
      }
    var parts = ["kingpost: \(fate)"]
    if let stage = journey.stage, stage != "unknown" { parts.append("ended at \(stage)") }
    if let cause = journey.cause {
      parts.append("\(cause.id) (\(cause.confidence))")
    } else if !journey.candidates.isEmpty {
      parts.append("perhaps \(journey.candidates.map(\.id).joined(separator: " or "))")
    }
    return parts.joined(separator: "; ")
  }

  /// Refuses what can't be done, before anything is read: captures that can be read only once, and an output
  /// that is one of them.
  static func check(_ files: [String], to path: String) throws(Exit) {
    if path.isEmpty || path == "-" { throw .usage("--write needs the name of a file.") }
    try WholeFile.check(path, advice: advice)
    let output = status(path)
    for file in files {
      if file == "-" { throw readOnce("standard input") }
      // What can't be found is for whoever opens it to complain of.
      guard let input = status(file) else { continue }
      guard input.st_mode & S_IFMT == S_IFREG else { throw readOnce(file.printable) }
      if let output, input.st_dev == output.st_dev, input.st_ino == output.st_ino {
        throw .usage("--write \(path.printable): it is one of the captures; \(advice).")
      }
    }
  }

  /// Writes the frames of all files, each file's in its order, and among files whichever is first.
  ///
  /// A file that is shorter than it was, or damaged, is copied as far as it can be read.
  static func write(_ files: [String], comments: [String: [Int: String]], to path: String) throws {
    try check(files, to: path)
    try WholeFile.write(to: path, advice: advice) { output in
      let inputs = try Self.inputs(files, comments)
      var writer = CaptureWriter(application: "kingpost \(Kingpost.version)")
      while let input = earliest(inputs) {
        input.copyFrame(to: &writer)
        input.advance()
        if writer.pendingCount >= portion {
          try Descriptor.writeAll(writer.takeBytes(), to: output, subject: path)
        }
      }
      for input in inputs { input.describeInterfaces(to: &writer) }
      try Descriptor.writeAll(writer.takeBytes(), to: output, subject: path)
    }
  }

  private static let advice = "give another name"

  private static func readOnce(_ name: String) -> Exit {
    .usage("--write reads captures twice, and \(name) can be read only once; make it a file first.")
  }

  private static func inputs(
    _ files: [String],
    _ comments: [String: [Int: String]]
  ) throws(Exit) -> [AnnotatedInput] {
    do throws(CaptureError) {
      var inputs: [AnnotatedInput] = []
      for file in files {
        inputs.append(AnnotatedInput(try CaptureReader(opening: file), file, comments[file] ?? [:]))
      }
      return inputs
    } catch {
      throw error.code == .libraryMissing ? .missing("\(error)".printable) : .usage("\(error)".printable)
    }
  }

  private static func earliest(_ inputs: [AnnotatedInput]) -> AnnotatedInput? {
    var earliest: (input: AnnotatedInput, time: Timestamp)?
    for input in inputs {
      guard let time = input.time else { continue }
      if earliest.map({ time < $0.time }) ?? true { earliest = (input, time) }
    }
    return earliest?.input
  }

  private static func status(_ path: String) -> stat? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status : nil
  }
}

/// A capture that is copied: an object, for values without copies can't be in an array.
private final class AnnotatedInput {
  /// When the frame was captured whose turn it is; nil at the end.
  private(set) var time: Timestamp?
  private var reader: CaptureReader
  private let name: String
  private let comments: [Int: String]
  /// The numbers that its interfaces have in the copy.
  private var interfaces: [Int] = []

  init(_ reader: consuming CaptureReader, _ file: String, _ comments: [Int: String]) {
    self.reader = reader
    self.comments = comments
    name = file.split(separator: "/").last.map(String.init) ?? file
    advance()
  }

  /// Goes on to the next frame. One without a time stays behind the frame before it.
  func advance() {
    let before = time ?? Timestamp(nanoseconds: 0)
    time = reader.advance() ? reader.frameTime() ?? before : nil
  }

  /// Copies the frame whose turn it is.
  func copyFrame(to writer: inout CaptureWriter) {
    guard let time else { return }
    describeInterfaces(to: &writer)
    var comments = self.comments[reader.frameCount].map { [$0] } ?? []
    if reader.frameTime() == nil {
      // Only a block without options could do without a time, and only of a section's first interface.
      comments.append("kingpost: this frame has no time of its own, but that of the frame before it")
    }
    reader.copyFrame(to: &writer, at: time, interfaces: interfaces, comments: comments)
  }

  /// Describes the interfaces that were met since the last time.
  func describeInterfaces(to writer: inout CaptureWriter) {
    while interfaces.count < reader.interfaceCount {
      var interface = reader.interfaces[interfaces.count]
      interface.name = interface.name ?? name
      interfaces.append(writer.add(interface))
    }
  }
}

extension CaptureReader {
  fileprivate borrowing func frameTime() -> Timestamp? {
    let frame = frame
    return frame.time
  }

  fileprivate borrowing func copyFrame(
    to writer: inout CaptureWriter,
    at time: Timestamp,
    interfaces: [Int],
    comments: [String]
  ) {
    let frame = frame
    writer.write(
      frame.bytes,
      at: time,
      interface: interfaces[frame.interface],
      originalLength: frame.originalLength,
      comments: comments
    )
  }
}

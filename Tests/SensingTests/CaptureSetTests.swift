import Captures
import NetworkTypes
import Observation
import Sensing
import Testing

@Suite struct CaptureSetTests {
  /// The sightings of captures, with their places' names and, of questions, the names that are asked for.
  private func sightings(_ files: String...) throws -> (
    all: [(Sighting, place: String, name: [UInt8])], [CaptureSummary]
  ) {
    let places = CapturePlaces()
    var captures = try CaptureSet(opening: files.map { Fixtures.captures + $0 }, places: places)
    var all: [(Sighting, place: String, name: [UInt8])] = []
    while captures.advance() {
      guard let sighting = captures.sighting else { break }
      all.append((sighting, places.name(of: sighting.interface), captures.questionName()))
    }
    return (all, captures.summaries)
  }

  private func messages(_ sightings: [(Sighting, place: String, name: [UInt8])]) -> [Sighting.Message] {
    sightings.compactMap { if case .dns(let message) = $0.0.content { message } else { nil } }
  }

  @Test(arguments: [
    ("veth.pcap", ["veth.pcap"]), ("any.pcap", ["interface 2"]), ("cooked.pcap", ["cooked.pcap"]),
    ("several.pcapng", ["kpv0", "lo", "any"]),
  ])
  func `interfaces are called as the capture calls them`(file: String, names: [String]) throws {
    let (all, summaries) = try sightings(file)
    #expect(Set(all.map(\.place)).subtracting(["interface 1"]) == Set(names))
    #expect(messages(all).count >= 5)
    // One of its interfaces was captured with a snapshot length.
    let isCut = file == "several.pcapng"
    #expect(summaries.flatMap(\.complaints).count == (isCut ? 1 : 0))
    #expect(
      summaries.flatMap(\.complaints).allSatisfy {
        $0.hasSuffix("2 DNS messages were cut off by the capture (tcpdump -s 0 keeps all)")
      }
    )
    let name = Array("\u{3}one\u{8}kingpost\u{7}example".utf8)
    #expect(all.contains { $0.name == name })
  }

  @Test func `packet types and link addresses are what each format has`() throws {
    let ethernet = try sightings("veth.pcap").all.map(\.0)
    #expect(ethernet.allSatisfy { $0.packetType == nil && $0.linkDestination != nil && $0.linkSource != nil })
    for file in ["any.pcap", "cooked.pcap"] {
      let cooked = try sightings(file).all.map(\.0)
      #expect(cooked.allSatisfy { $0.packetType != nil && $0.linkDestination == nil && $0.linkSource != nil })
    }
  }

  @Test func `several files are one, in order of time`() throws {
    let (all, summaries) = try sightings("veth.pcap", "any.pcap", "cooked.pcap")
    let times = all.map(\.0.time)
    #expect(times == times.sorted())
    #expect(Set(all.map(\.place)).isSuperset(of: ["veth.pcap", "interface 2", "cooked.pcap"]))
    #expect(summaries.map(\.frames).allSatisfy { $0 >= 8 })
    let each = try ["veth.pcap", "any.pcap", "cooked.pcap"].map { try sightings($0).all.count }
    #expect(all.count == each.reduce(0, +))
  }

  @Test func `each place is in one of the files`() throws {
    let files = ["veth.pcap", "any.pcap", "several.pcapng"].map { Fixtures.captures + $0 }
    let places = CapturePlaces()
    var captures = try CaptureSet(opening: files, places: places)
    var found: [String: Set<String>] = [:]
    while captures.advance() {
      guard let sighting = captures.sighting else { break }
      let file = try #require(places.file(of: sighting.interface))
      found[file, default: []].insert(places.name(of: sighting.interface))
    }
    #expect(Set(found.keys) == Set(files))
    #expect(found[files[0]] == ["veth.pcap"])
    #expect(found[files[1]]?.contains("interface 2") == true)
    #expect(found[files[2]] == ["kpv0", "lo", "any"])
    #expect(places.file(of: InterfaceIndex(1_000_000)) == nil)
  }

  @Test func `a file that is no capture is an error`() {
    #expect(throws: CaptureError.self) {
      _ = try CaptureSet(opening: [Fixtures.captures + "README.md"], places: CapturePlaces())
    }
  }
}

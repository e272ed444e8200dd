import NetworkTypes
import Observation
import Statistics
import Testing

@testable import Lab

@Suite struct FaultTextTests {
  static let ids = Fault.all.map(\.id)

  private func fault(_ id: String) throws -> Fault { try #require(Fault.named(id)) }

  @Test func `ids are unique, in the catalogue's form, and lead to their fault`() {
    #expect(Set(Self.ids).count == Fault.all.count)
    for id in Self.ids {
      // Words of small letters and digits with hyphens between them, such as "br-netfilter".
      let words = id.split(separator: "-", omittingEmptySubsequences: false)
      #expect(words.count >= 2)
      #expect(words.allSatisfy { !$0.isEmpty })
      #expect(id.utf8.allSatisfy { $0 == 0x2d || (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) })
      #expect(Fault.named(id)?.id == id)
    }
    #expect(Fault.named("") == nil)
    #expect(Fault.named(Self.ids[0].uppercased()) == nil)
  }

  @Test(arguments: ids) func `a title is one line of at most 70 characters`(id: String) throws {
    let title = try fault(id).text.title
    #expect((10...70).contains(title.count))
    // "the fault: TITLE." is how it is shown.
    #expect(title.last != ".")
  }

  @Test(arguments: ids) func `every text is there, in printable ASCII without line breaks`(id: String) throws
  {
    let fault = try fault(id)
    let text = fault.text
    let lasting = text.lasting.flatMap { [$0.manager] + $0.lines }
    let all =
      [text.title, text.why, text.outage, text.cure, text.next] + text.story + lasting
      + fault.parts.flatMap { [$0.name, $0.summary] } + fault.marks.map(\.words)
    #expect(!text.story.isEmpty && !text.lasting.isEmpty && !fault.parts.isEmpty)
    // What no lookup shows leaves no marks on hosts that were hit, for none is.
    #expect(fault.isCheckOnly == fault.marks.isEmpty)
    if case .checkOnly(let why) = fault.proof { #expect(why.last == "." && why.count > 20) }
    #expect(fault.sideEffects.count <= 2 && !fault.sideEffects.map(\.check).contains(id))
    for line in all {
      #expect(!line.isEmpty)
      #expect(line.utf8.allSatisfy { (0x20..<0x7f).contains($0) })
    }
    for paragraph in [text.why, text.outage, text.cure, text.next] + text.story {
      #expect(paragraph.last == "." && !paragraph.contains("  "))
    }
  }

  @Test(arguments: ids) func `what is to be copied fits a terminal of 80 columns`(id: String) throws {
    for lasting in try fault(id).text.lasting {
      #expect(!lasting.lines.isEmpty)
      #expect(lasting.lines.allSatisfy { $0.count <= 74 })
    }
  }

  @Test(arguments: ids)
  func `parts have names of their own, ask in containers that are there, and one is counted`(
    id: String
  ) throws {
    let fault = try fault(id)
    var generator = SeededGenerator(seed: 1)
    let plan = fault.topology.host(0, using: &generator)
    #expect(Set(fault.parts.map(\.name)).count == fault.parts.count)
    #expect(fault.parts[0].isReached)
    for part in fault.parts {
      let joining = part.disturbance(plan, &generator).compactMap { action in
        if case .join(let container) = action { container.name } else { nil }
      }
      let names = plan.containers.map(\.name) + joining
      #expect(!part.askers.isEmpty)
      #expect((part.askers + part.talkers).allSatisfy(names.contains))
      #expect(part.name.count <= 11)
    }
    if let healing = fault.selfHealingPart { #expect(fault.parts.map(\.name).contains(healing)) }
  }

  @Test(arguments: ids, IPFamily.allCases)
  func `a fault does something that its cure answers`(id: String, family: IPFamily) throws {
    let fault = try fault(id)
    var generator = SeededGenerator(seed: 1)
    var plan = fault.topology.host(0, using: &generator)
    fault.ground(&plan)
    let healthy = plan
    fault.shape(&plan)
    #expect(plan != healthy || !fault.apply(plan, family).isEmpty)
    let cure = fault.cure(plan, family)
    #expect(!cure.isEmpty)
    #expect(Set(cure).isDisjoint(with: fault.apply(plan, family)))
  }
}

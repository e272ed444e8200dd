import Diagnosis
import NetworkTypes
import Observation
import Testing

/// Containers on a bridge, and frames that are lost: what their counters show in the end.
private struct LossWorld {
  private var seen: [String: UInt64] = [:]
  private var lost: [String: UInt64] = [:]
  private var order: [String] = []
  private var refused: UInt64 = 0
  private(set) var total: UInt64 = 0

  init(_ names: String...) { names.forEach { come($0) } }

  mutating func come(_ name: String) {
    order.append(name)
    seen[name] = 0
    lost[name] = 0
  }

  /// A container ends, and its counters with it.
  mutating func go(_ name: String) {
    order.removeAll { $0 == name }
    seen[name] = nil
    lost[name] = nil
  }

  /// After a leave: everybody but the sender sees it.
  mutating func flood(_ count: UInt64, from name: String) {
    for other in order where other != name { seen[other, default: 0] += count }
    lost[name, default: 0] += count
    total += count
  }

  /// After a join: the bridge counts it.
  mutating func refuse(_ count: UInt64, from name: String) {
    lost[name, default: 0] += count
    refused += count
    total += count
  }

  /// Lost beyond the bridge: no counter here shows it but the sender's balance.
  mutating func loseElsewhere(_ count: UInt64, from name: String) { lost[name, default: 0] += count }

  /// An answer to somebody who had ended.
  mutating func floodFromHost(_ count: UInt64) { for name in order { seen[name, default: 0] += count } }

  var scars: Scars {
    Scars(
      witnesses: order.map { Scars.Witness(name: $0, seen: seen[$0] ?? 0, deficit: lost[$0] ?? 0) },
      refused: refused
    )
  }
}

@Suite struct `Scars of a bridge` {
  private func isWithinTenth(_ world: LossWorld) -> Bool {
    let (estimate, truth) = (Double(world.scars.datagrams), Double(world.total))
    return abs(estimate - truth) <= truth / 10
  }

  @Test func `nothing was lost, nothing is estimated`() {
    let world = LossWorld("build", "other", "lowest")
    #expect(world.scars.datagrams == 0)
    #expect(!world.scars.isCorroborated)
  }

  @Test func `a leave: what a bystander saw is what the victim lost`() {
    var world = LossWorld("build", "other", "lowest")
    world.go("lowest")
    world.flood(379, from: "build")
    #expect(world.scars.datagrams == 379)
    #expect(world.scars.confidence == .likely)
  }

  @Test func `a join: the bridge's own counter, and no bystander's`() {
    var world = LossWorld("build", "other", "lowest")
    world.come("new")
    world.refuse(482, from: "build")
    #expect(world.scars.flooded.most == 0)
    #expect(world.scars.datagrams == 482)
    #expect(world.scars.confidence == .likely)
  }

  @Test func `several victims: each sees the others' losses, and not its own`() {
    var world = LossWorld("one", "two", "three")
    world.flood(100, from: "one")
    world.flood(60, from: "two")
    world.flood(40, from: "three")
    #expect(world.scars.datagrams == 200)
    world.refuse(80, from: "one")
    world.refuse(10, from: "two")
    #expect(world.scars.datagrams == 290)
    #expect(world.scars.confidence == .likely)
  }

  @Test func `a victim that is gone is seen by those who are left`() {
    var world = LossWorld("victim", "other", "third")
    world.flood(150, from: "victim")
    world.go("victim")
    #expect(world.scars.datagrams == 150)
    // Nobody's balance shows it any more.
    #expect(world.scars.confidence == .possible)
  }

  @Test func `a container that came later doesn't lower the estimate`() {
    var world = LossWorld("build", "other", "lowest")
    world.flood(300, from: "build")
    world.come("late")
    world.flood(50, from: "build")
    world.flood(20, from: "late")
    #expect(world.scars.datagrams == 370)
  }

  @Test func `a container that came later and saw as much as one victim doesn't lower it either`() {
    var world = LossWorld("build", "other", "lowest")
    world.go("lowest")
    world.flood(60, from: "build")
    world.flood(60, from: "other")
    world.come("new")
    world.refuse(25, from: "build")
    world.flood(70, from: "build")
    world.flood(50, from: "other")
    #expect(world.scars.datagrams == 265)
    #expect(world.scars.confidence == .likely)
    // But what was lost elsewhere isn't taken for it.
    world.loseElsewhere(400, from: "new")
    #expect(world.scars.flooded.about <= 240)
  }

  @Test func `what was lost elsewhere isn't counted, and isn't taken for a proof`() {
    var world = LossWorld("build", "other", "lowest")
    world.flood(100, from: "build")
    world.loseElsewhere(5000, from: "build")
    #expect(world.scars.datagrams == 100)
    #expect(world.scars.confidence == .possible)
  }

  @Test func `answers to containers that had ended are seen by all alike, and fit to nobody's losses`() {
    var world = LossWorld("one", "two", "three")
    world.floodFromHost(500)
    #expect(world.scars.confidence == .possible)
    #expect(!world.scars.isCorroborated)
  }

  @Test func `one container alone doesn't see its own losses`() {
    var world = LossWorld("only")
    world.flood(100, from: "only")
    #expect(world.scars.datagrams == 0)
  }

  @Test func `a promiscuous bridge counts flooded frames again`() {
    let scars = Scars(
      witnesses: [
        Scars.Witness(name: "build", seen: 0, deficit: 197),
        Scars.Witness(name: "other", seen: 197, deficit: 0),
      ],
      refused: 197,
      isPromiscuous: true
    )
    #expect(scars.datagrams == 197)
  }

  @Test(arguments: 0..<40) func `hosts with any number of leaves and joins`(seed: UInt64) {
    var generator = Lehmer(seed: seed)
    var world = LossWorld("build", "other", "lowest")
    var number = 0
    for _ in 0..<Int.random(in: 0...8, using: &generator) {
      let count = UInt64.random(in: 20...500, using: &generator)
      let victim = ["build", "other"].randomElement(using: &generator) ?? "build"
      if Bool.random(using: &generator) {
        number += 1
        world.come("new\(number)")
        world.refuse(count, from: victim)
      } else {
        if number > 0, Bool.random(using: &generator) { world.go("new\(number)") }
        world.flood(count, from: victim)
      }
    }
    #expect(isWithinTenth(world), "\(world.scars.datagrams) for \(world.total)")
    if world.total == 0 { #expect(world.scars.datagrams == 0) }
  }
}

/// A generator whose numbers are the same on every run (Park and Miller).
private struct Lehmer: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed * 2_654_435_761 % 2_147_483_646 + 1 }

  mutating func next() -> UInt64 {
    func half() -> UInt64 {
      state = state * 48_271 % 2_147_483_647
      return state
    }
    return (0..<4).reduce(0) { value, _ in value << 16 | half() & 0xffff }
  }
}

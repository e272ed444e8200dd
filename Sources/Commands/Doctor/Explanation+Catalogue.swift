internal import Diagnosis
internal import Lab
internal import Reporting

/// Where `Fault` alone is an explanation's.
private typealias LabFault = Fault

extension Explanation {
  /// The story of this id, from its check's entry and its lab fault; throws a usage error if there is neither.
  static func named(_ id: String) throws(Exit) -> Explanation {
    let fault = LabFault.named(id)
    if let entry = Checks.named(id)?.entry { return Explanation(entry, unchecked: nil, fault: fault) }
    if let unchecked = Unchecked.all.first(where: { $0.entry.id == id }) {
      return Explanation(unchecked.entry, unchecked: unchecked.because, fault: fault)
    }
    if let fault {
      return Explanation(
        number: 0,
        id: fault.id,
        title: fault.text.title,
        severity: "critical",
        mechanism: fault.text.story,
        why: fault.text.why,
        unchecked: "it has no check.",
        fault: Explanation.Fault(fault)
      )
    }
    throw unknown(id)
  }

  /// The whole catalogue, in its order.
  static var catalogue: [Explanation] {
    let checked = Checks.all.map { Explanation($0.entry, unchecked: nil, fault: LabFault.named($0.id)) }
    let unchecked = Unchecked.all.map {
      Explanation($0.entry, unchecked: $0.because, fault: LabFault.named($0.entry.id))
    }
    return (checked + unchecked).sorted { $0.number < $1.number }
  }

  /// Every id that can be explained.
  static var ids: [String] {
    let checked = Checks.all.map(\.id) + Unchecked.all.map(\.entry.id)
    return checked + LabFault.all.map(\.id).filter { !checked.contains($0) }
  }

  private static func unknown(_ id: String) -> Exit {
    let nearest = Spelling.nearest(to: String(id.prefix(64)), among: ids)
    return .usage(
      "There is no cause \"\(id.harmless)\" in the catalogue. "
        + (nearest.isEmpty
          ? "See kingpost doctor --list." : "Did you mean \(nearest.joined(separator: " or "))?")
    )
  }

  fileprivate init(_ entry: CatalogueEntry, unchecked: String?, fault: LabFault?) {
    self.init(
      number: entry.number,
      id: entry.id,
      title: entry.title,
      area: entry.area.title,
      severity: entry.severity.rawValue,
      mechanism: entry.mechanism,
      why: entry.why,
      byHand: entry.byHand,
      sources: entry.sources,
      unchecked: unchecked,
      fault: fault.map { Explanation.Fault($0) },
      unmade: fault == nil ? Unmade.reasons[entry.id] : nil
    )
  }
}

extension Explanation.Fault {
  fileprivate init(_ fault: LabFault) {
    self.init(
      parts: fault.parts.map { "\($0.name): \($0.summary)" },
      outage: fault.text.outage,
      cure: fault.text.cure,
      lasting: fault.text.lasting.map { .init(manager: $0.manager, lines: $0.lines) },
      checkOnly: { if case .checkOnly(let why) = fault.proof { why } else { nil } }(),
      sideEffects: fault.sideEffects.map { .init(id: $0.check, because: $0.because) }
    )
  }
}

extension CatalogueEntry.Area {
  /// What a reader calls it.
  fileprivate var title: String {
    switch self {
    case .linkLayer: "Bridges, ports and neighbours"
    case .addressing: "Addresses, and who owns them"
    case .filtering: "Forwarding, filtering and translation"
    case .path: "The way to the resolver"
    case .resolver: "Resolvers and their configuration"
    }
  }
}

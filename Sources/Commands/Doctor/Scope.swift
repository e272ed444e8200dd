internal import Diagnosis

/// A part of a host that somebody asks about, as the command line names it.
enum Scope: Hashable, CustomStringConvertible {
  /// The whole host.
  case host
  /// A bridge; "NAME@NAMESPACE" for one that isn't in the machine's own namespace.
  case bridge(String)
  /// A container, by its name or its id.
  case container(String)
  /// A network namespace, by its path, name or number.
  case namespace(String)
  /// An engine, by its socket or id.
  case engine(String)

  /// Reads a scope; nil if the text has no kind that is known, or no name.
  init?(_ text: String) {
    if text == "host" {
      self = .host
      return
    }
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let name = String(text[text.index(after: colon)...])
    if name.isEmpty { return nil }
    switch text[..<colon] {
    case "bridge": self = .bridge(name)
    case "container": self = .container(name)
    case "netns": self = .namespace(name)
    case "engine": self = .engine(name)
    default: return nil
    }
  }

  /// As the command line has it.
  var description: String {
    switch self {
    case .host: "host"
    case .bridge(let name): "bridge:\(name)"
    case .container(let name): "container:\(name)"
    case .namespace(let name): "netns:\(name)"
    case .engine(let name): "engine:\(name)"
    }
  }
}

/// What the arguments of `doctor` ask for: where the state comes from, and which parts of it.
struct ScopeRequest {
  /// Where the state comes from.
  var source = SnapshotSource.live
  /// The parts, in the order in which they were named; none for all.
  var scopes: [Scope] = []
  /// What is neither a scope nor a file, for which names that are like it are looked for.
  var unclear: [String] = []

  /// Sorts the arguments.
  init(_ arguments: [String]) throws(Exit) {
    for argument in arguments {
      if let scope = Scope(argument) {
        scopes.append(scope)
      } else if let source = SnapshotSource(argument) {
        guard case .live = self.source else {
          throw .usage(
            "\(self.source) and \(source): one snapshot at a time; see kingpost compare for two."
          )
        }
        self.source = source
      } else {
        unclear.append(argument)
      }
    }
  }
}

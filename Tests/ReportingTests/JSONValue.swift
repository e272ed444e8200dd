/// A JSON text's value, for looking into documents and schemas.
enum JSONValue: Decodable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// A member of an object.
  subscript(_ name: String) -> JSONValue? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  var string: String? { if case .string(let value) = self { value } else { nil } }
  var number: Double? { if case .number(let value) = self { value } else { nil } }
  var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
  var object: [String: JSONValue]? { if case .object(let value) = self { value } else { nil } }
}

extension JSONValue {
  /// The value with one member less, of an object at any depth.
  struct Shortened {
    /// Where the member was, such as "arms.0.name".
    let path: String
    let value: JSONValue
  }

  /// The value without one member, for each member of each object in it.
  var withoutOneMember: [Shortened] {
    var all: [Shortened] = []
    switch self {
    case .object(let members):
      for (name, member) in members {
        var rest = members
        rest[name] = nil
        all.append(Shortened(path: name, value: .object(rest)))
        for inner in member.withoutOneMember {
          rest[name] = inner.value
          all.append(Shortened(path: name + "." + inner.path, value: .object(rest)))
        }
      }
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        for inner in element.withoutOneMember {
          var changed = elements
          changed[index] = inner.value
          all.append(Shortened(path: "\(index).\(inner.path)", value: .array(changed)))
        }
      }
    default: break
    }
    return all
  }
}

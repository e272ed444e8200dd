/// Holds a value against a JSON Schema (draft 2020-12), as far as ours go; what it doesn't know in a schema is a
/// complaint, and so is a member that the schema doesn't list.
struct SchemaCheck {
  private let root: JSONValue

  init(_ root: JSONValue) { self.root = root }

  /// Where the value isn't as the schema wants it, and how.
  func complaints(_ value: JSONValue) -> [String] { check(value, root, at: "") }

  private static let known: Set<String> = [
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "const", "enum", "properties",
    "required",
    "items", "minimum", "maximum", "additionalProperties",
  ]

  private func check(_ value: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
    guard let rules = schema.object else { return ["\(path): its schema is no object"] }
    var complaints = rules.keys.filter { !Self.known.contains($0) }.map { "\(path): unknown keyword \($0)" }
    if let reference = rules["$ref"] { return complaints + follow(reference, value, at: path) }
    let types = rules["type"].map { $0.array?.compactMap(\.string) ?? [$0.string ?? ""] } ?? []
    if !types.isEmpty, !types.contains(where: { Self.is(value, $0) }) {
      complaints.append("\(path): not of type \(types.joined(separator: " or "))")
    }
    if let constant = rules["const"], value != constant { complaints.append("\(path): not \(constant)") }
    if let allowed = rules["enum"]?.array, !allowed.contains(value) {
      complaints.append("\(path): none of \(allowed.compactMap(\.string))")
    }
    if let number = value.number {
      if let bound = rules["minimum"]?.number, number < bound { complaints.append("\(path): below \(bound)") }
      if let bound = rules["maximum"]?.number, number > bound { complaints.append("\(path): above \(bound)") }
    }
    if let members = value.object { complaints += check(members, rules, at: path) }
    if let elements = value.array, let each = rules["items"] {
      complaints += elements.enumerated().flatMap { check($1, each, at: "\(path)[\($0)]") }
    }
    return complaints
  }

  private func check(_ members: [String: JSONValue], _ rules: [String: JSONValue], at path: String)
    -> [String]
  {
    let required = rules["required"]?.array?.compactMap(\.string) ?? []
    var complaints = required.filter { members[$0] == nil }.map { "\(path).\($0): missing" }
    for (name, member) in members {
      if let rule = rules["properties"]?[name] ?? rules["additionalProperties"] {
        complaints += check(member, rule, at: "\(path).\(name)")
      } else {
        complaints.append("\(path).\(name): not in the schema")
      }
    }
    return complaints
  }

  private func follow(_ reference: JSONValue, _ value: JSONValue, at path: String) -> [String] {
    let prefix = "#/$defs/"
    guard let name = reference.string, name.hasPrefix(prefix),
      let definition = root["$defs"]?[String(name.dropFirst(prefix.count))]
    else { return ["\(path): its reference \(reference) leads nowhere"] }
    return check(value, definition, at: path)
  }

  private static func `is`(_ value: JSONValue, _ type: String) -> Bool {
    switch (value, type) {
    case (.object, "object"), (.array, "array"), (.string, "string"), (.bool, "boolean"), (.number, "number"),
      (.null, "null"):
      true
    case (.number(let number), "integer"): number == number.rounded()
    default: false
    }
  }
}

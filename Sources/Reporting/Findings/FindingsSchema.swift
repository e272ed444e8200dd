/// The JSON Schema of findings, which ships with the program.
public enum FindingsSchema {
  /// The schema of `kingpost.findings/1`, in JSON.
  public static var text: String { String(decoding: PackageResources.findings_json, as: UTF8.self) }
}

/// The JSON Schema of `kingpost.experiment/1`, which ships with the program.
public enum ExperimentSchema {
  /// The schema, in JSON.
  public static var text: String { String(decoding: PackageResources.experiment_json, as: UTF8.self) }
}

/// The JSON Schemas of experiments, which ship with the program.
public enum ExperimentSchema {
  /// The schema of `kingpost.experiments/1`, in JSON; it refers to the other one by its id.
  public static var collectionText: String {
    String(decoding: PackageResources.experiments_json, as: UTF8.self)
  }

  /// The schema of `kingpost.experiment/1`, in JSON.
  public static var text: String { String(decoding: PackageResources.experiment_json, as: UTF8.self) }
}

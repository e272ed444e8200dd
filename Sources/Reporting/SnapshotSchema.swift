/// The JSON Schema of snapshots, which ships with the program.
public enum SnapshotSchema {
  /// The schema of `kingpost.snapshot/1`, in JSON.
  public static var text: String { String(decoding: PackageResources.snapshot_json, as: UTF8.self) }
}

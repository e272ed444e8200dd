public import NetworkTypes

/// The interfaces of all captures that are read together, with a number each.
public final class CapturePlaces {
  private var names: [String] = []
  /// The number of each place's file.
  private var origins: [Int] = []
  private var files: [String] = []

  /// No places yet.
  public init() {}

  /// A file, whose interfaces without a name are called by its name; its number.
  func addFile(_ name: String) -> Int {
    files.append(name)
    return files.count - 1
  }

  /// An interface of a file; its number.
  func add(_ name: String?, in file: Int) -> InterfaceIndex {
    names.append(name ?? files[file].split(separator: "/").last.map(String.init) ?? files[file])
    origins.append(file)
    return InterfaceIndex(UInt32(names.count - 1))
  }

  /// What a place is called.
  public func name(of place: InterfaceIndex) -> String {
    names.indices.contains(Int(place.rawValue)) ? names[Int(place.rawValue)] : "\(place.rawValue)"
  }

  /// The file that a place is in, as it was named when it was opened, or "standard input"; nil if the place
  /// isn't one of these.
  public func file(of place: InterfaceIndex) -> String? {
    origins.indices.contains(Int(place.rawValue)) ? files[origins[Int(place.rawValue)]] : nil
  }
}

/// The files of systemd-networkd and of udev's link policies: `.netdev`, `.network` and `.link`.
public struct NetworkdFiles: Hashable, Sendable {
  /// A file with its drop-ins.
  public struct Unit: Hashable, Sendable {
    /// Its path.
    public let path: String
    /// What it and its drop-ins say.
    public let content: UnitFile
  }

  /// In which order systemd looks for files: the first file of a name hides the others. /lib is one where it is no
  /// link to /usr/lib.
  public static let folders = ["/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib"].map {
    $0 + "/systemd/network"
  }

  /// The `.netdev` files, in the order in which networkd reads them.
  public let devices: [Unit]
  /// The `.network` files, of which the first that matches an interface is used.
  public let networks: [Unit]
  /// The `.link` files, of which the first that matches an interface is used.
  public let links: [Unit]

  /// Whose files are read.
  public enum Reader: Hashable, Sendable {
    /// systemd-networkd: `.netdev` and `.network`.
    case networkd
    /// udev: `.link`.
    case udev
  }

  /// Reads the files of one program with their drop-ins; there are none of the other.
  public init(from files: inout FileGathering, of reader: Reader) {
    devices = reader == .networkd ? Self.units(".netdev", &files) : []
    networks = reader == .networkd ? Self.units(".network", &files) : []
    links = reader == .udev ? Self.units(".link", &files) : []
  }

  private static func units(_ suffix: String, _ files: inout FileGathering) -> [Unit] {
    files.files(in: folders, suffix: suffix).compactMap { path, file in
      var content = UnitFile()
      files.note(content.read(file.bytes, file: path))
      let name = FilePath.name(of: path)
      for (path, file) in files.files(in: folders.map { "\($0)/\(name).d" }, suffix: ".conf") {
        files.note(content.read(file.bytes, file: path))
      }
      return content.isRefused ? nil : Unit(path: path, content: content)
    }
  }
}

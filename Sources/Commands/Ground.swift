internal import LinuxSystem
internal import Synchronization

/// What the process stands on: whether it may make network namespaces, and how it got there.
struct Ground: Sendable {
  /// SIGINT and SIGTERM, taken over before any thread started.
  let signals: Signals?
  /// Why no namespaces can be made, if they can't.
  let refusal: UserNamespace.Refusal?
  /// For documents: "root", or "user namespace of uid N".
  let privileges: String

  private static let stored = Mutex<Ground?>(nil)

  /// The ground of this process, once it has been prepared.
  static var current: Ground? {
    get { stored.withLock { $0 } }
    set { stored.withLock { $0 = newValue } }
  }

  /// Lets SIGINT and SIGTERM end the process again, for a command that has nothing to take down.
  static func letSignalsEnd() { current?.signals?.release() }

  private static var root: String {
    Privileges.isInInitialUserNamespace ? "root" : "root of a user namespace"
  }

  /// Enters a user namespace if the command needs a lab and the process isn't root. Nothing is thrown: usage
  /// errors come before missing privileges.
  static func prepare(for arguments: [String]) -> Ground {
    let user = Privileges.userIdentifier
    let isCapable = Privileges.has(.systemAdministration) && Privileges.has(.networkAdministration)
    guard arguments.first == "prove", !isCapable else {
      return Ground(signals: try? Signals(), refusal: nil, privileges: isCapable ? Self.root : "uid \(user)")
    }
    var refusal: UserNamespace.Refusal?
    do { try UserNamespace.enter() } catch { refusal = error }
    return Ground(signals: try? Signals(), refusal: refusal, privileges: "user namespace of uid \(user)")
  }
}

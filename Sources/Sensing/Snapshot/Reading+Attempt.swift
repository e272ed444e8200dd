internal import LinuxSystem
internal import Observation
internal import SystemPackage

extension Reading {
  /// What `body` gives; absent if what it opens doesn't exist, unreadable if it fails otherwise.
  init(attempting body: () throws -> Value) {
    do {
      self = .value(try body())
    } catch let error as SystemError where error.errno == .noSuchFileOrDirectory {
      self = .absent
    } catch let error as SystemError where Self.lacksRights.contains(error.errno) {
      self = .unreadable(reason: "\(error)" + (Privileges.userIdentifier == 0 ? "" : "; run as root"))
    } catch {
      self = .unreadable(reason: "\(error)")
    }
  }

  private static var lacksRights: Set<Errno> { [.permissionDenied, .notPermitted] }
}

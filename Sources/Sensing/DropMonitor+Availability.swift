internal import LinuxSystem

extension DropMonitor {
  /// Why the kernel's drop reasons can't be had here.
  public struct Unavailable: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is missing.
    public let reason: String
    /// What to do about it.
    public let advice: String
    /// One line for a person.
    public var description: String { "no drop reasons: \(reason). \(advice)" }
  }

  /// Throws unless drop reasons can be had here; the error says what is missing. Nothing is started.
  public static func canRun() throws(Unavailable) { _ = try Tracepoints() }

  /// The formats of the tracepoints on this kernel.
  struct Tracepoints {
    /// skb:kfree_skb
    let drop: TracepointFormat
    /// net:netif_receive_skb
    let arrival: TracepointFormat

    init() throws(Unavailable) {
      guard Privileges.isInInitialUserNamespace else {
        throw Unavailable(
          reason:
            "tracepoints show the whole machine, so only its root may open them, not a user namespace's",
          advice: "Run as root."
        )
      }
      guard Privileges.has(.systemAdministration) else {
        throw Unavailable(reason: "mounting tracefs needs CAP_SYS_ADMIN", advice: "Run as root.")
      }
      let tracefs: DetachedMount
      do {
        tracefs = try DetachedMount("tracefs")
      } catch {
        throw Unavailable(
          reason: "tracefs can't be mounted: \(error)",
          advice: "The kernel needs CONFIG_FTRACE, and fsmount(2) of Linux 5.2."
        )
      }
      drop = try Self.format("skb/kfree_skb", tracefs)
      arrival = try Self.format("net/netif_receive_skb", tracefs)
      guard drop.symbols["reason"] != nil else {
        throw Unavailable(reason: "the kernel gives no reasons in skb:kfree_skb", advice: "Linux 5.17 does.")
      }
    }

    private static func format(
      _ event: String,
      _ tracefs: DetachedMount
    ) throws(Unavailable) -> TracepointFormat {
      let text: String
      do {
        text = try tracefs.read("events/\(event)/format")
      } catch {
        throw Unavailable(reason: "no tracepoint \(event): \(error)", advice: "The kernel needs CONFIG_NET.")
      }
      guard let format = TracepointFormat(text) else {
        throw Unavailable(reason: "the format of \(event) can't be read", advice: "Please report it.")
      }
      return format
    }
  }
}

public import CLinux
internal import Glibc
public import NetworkTypes

/// What the kernel attaches to a received message (cmsg(3)).
@unsafe
public enum ControlMessages {
  /// The time of arrival that SO_TIMESTAMPNS asked for (socket(7)).
  public static func timestamp(_ message: inout msghdr) -> Timestamp? {
    var control = unsafe kp_next_control(&message, nil)
    while let current = unsafe control {
      if unsafe current.pointee.cmsg_level == SOL_SOCKET, unsafe current.pointee.cmsg_type == SCM_TIMESTAMPNS
      {
        let time = unsafe kp_control_data(current).loadUnaligned(as: timespec.self)
        return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
      }
      unsafe control = unsafe kp_next_control(&message, current)
    }
    return nil
  }
}

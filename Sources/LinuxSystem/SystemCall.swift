internal import Glibc
internal import SystemPackage

/// Runs a system call that answers -1 for failure, again as long as a signal interrupts it.
/// The only reader of `errno`.
///
/// - Returns: the call's answer, never -1.
@discardableResult
public func systemCall<Answer: FixedWidthInteger & SignedInteger>(
  _ operation: String,
  _ subject: @autoclosure () -> String = "",
  _ call: () -> Answer
) throws(SystemError) -> Answer {
  while true {
    let answer = call()
    if answer != -1 { return answer }
    let error = Errno(rawValue: Glibc.errno)
    if error == .interrupted { continue }
    throw SystemError(operation: operation, subject: subject(), errno: error)
  }
}

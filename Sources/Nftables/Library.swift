internal import Glibc
internal import Synchronization

/// The functions of libnftables.so.1 that are used here, as libnftables(3) declares them, found at run time:
/// a program that never asks for nftables runs without the library.
@safe
struct Library: Sendable {
  typealias Make = @convention(c) @Sendable (UInt32) -> OpaquePointer?
  typealias Free = @convention(c) @Sendable (OpaquePointer) -> Void
  typealias Buffer = @convention(c) @Sendable (OpaquePointer) -> Int32
  typealias Text = @convention(c) @Sendable (OpaquePointer) -> UnsafePointer<CChar>?
  typealias SetFlags = @convention(c) @Sendable (OpaquePointer, UInt32) -> Void
  typealias Run = @convention(c) @Sendable (OpaquePointer, UnsafePointer<CChar>) -> Int32

  private let make: Make
  private let free: Free
  private let bufferOutput: Buffer
  private let bufferErrors: Buffer
  private let output: Text
  private let errors: Text
  private let setFlags: SetFlags
  private let runCommands: Run

  /// The library, or why it could not be loaded (dlerror(3)); it is looked for once.
  static let shared = Result { () throws(NftablesError) in try Library() }

  /// Contexts are independent of each other, but the library's cache of interface names is not, so only one
  /// thread at a time may be inside.
  private static let entry = Mutex(LowDescriptors())

  private init() throws(NftablesError) {
    guard let handle = unsafe dlopen("libnftables.so.1", RTLD_NOW | RTLD_LOCAL) else { throw Self.missing() }
    func find(_ name: String) throws(NftablesError) -> UnsafeMutableRawPointer {
      guard let symbol = unsafe dlsym(handle, name) else { throw Self.missing() }
      return unsafe symbol
    }
    unsafe make = unsafeBitCast(try find("nft_ctx_new"), to: Make.self)
    unsafe free = unsafeBitCast(try find("nft_ctx_free"), to: Free.self)
    unsafe bufferOutput = unsafeBitCast(try find("nft_ctx_buffer_output"), to: Buffer.self)
    unsafe bufferErrors = unsafeBitCast(try find("nft_ctx_buffer_error"), to: Buffer.self)
    unsafe output = unsafeBitCast(try find("nft_ctx_get_output_buffer"), to: Text.self)
    unsafe errors = unsafeBitCast(try find("nft_ctx_get_error_buffer"), to: Text.self)
    unsafe setFlags = unsafeBitCast(try find("nft_ctx_output_set_flags"), to: SetFlags.self)
    unsafe runCommands = unsafeBitCast(try find("nft_run_cmd_from_filename"), to: Run.self)
  }

  private static func missing() -> NftablesError {
    let reason = unsafe dlerror().map { unsafe String(cString: $0) }
    return NftablesError(
      .libraryMissing,
      command: "",
      message: reason ?? "libnftables.so.1 could not be loaded",
      advice: "Install it with: apt-get install libnftables1"
    )
  }

  /// Runs the commands of a file in a context made for them, whose netlink socket belongs to the calling thread's network
  /// namespace.
  ///
  /// - Returns: whether they succeeded, what they printed, and what they complained of.
  func run(file path: String, flags: UInt32) -> (succeeded: Bool, output: String, errors: String)? {
    Self.entry.withLock { reserve in
      reserve.release()
      defer { reserve.take() }
      guard LowDescriptors.isNextLow, let context = unsafe make(0) else { return nil }
      defer { unsafe free(context) }
      guard unsafe bufferOutput(context) == 0, unsafe bufferErrors(context) == 0 else { return nil }
      unsafe setFlags(context, flags)
      let status = unsafe runCommands(context, path)
      let printed = unsafe output(context).map { unsafe String(cString: $0) } ?? ""
      let complaints = unsafe errors(context).map { unsafe String(cString: $0) } ?? ""
      return (status == 0, printed, complaints)
    }
  }
}

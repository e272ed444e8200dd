import Glibc

/// The program that is measured.
package enum KingpostProgram {
  /// Its full path: what the environment's KINGPOST names, or the release build beside this package.
  package static func find() throws -> String {
    let named = unsafe getenv("KINGPOST").map { unsafe String(cString: $0) }
    let path = named ?? "../.build/release/kingpost"
    guard let full = unsafe realpath(path, nil) else {
      throw ProgramFailure(
        program: path,
        status: 127,
        words: "Build it with: swift build -c release --static-swift-stdlib --product kingpost"
      )
    }
    defer { unsafe free(full) }
    return unsafe String(cString: full)
  }
}

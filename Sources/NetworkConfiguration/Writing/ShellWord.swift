/// Words of a POSIX shell.
public enum ShellWord {
  /// The text as one word: as it is if nothing in it means something to a shell, or else between single quotes.
  public static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { octet in
        IfupdownReader.isPlain(String(decoding: [octet], as: UTF8.self)) || "./:@%+,".utf8.contains(octet)
      }
    if isPlain { return text }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}

import Frames
import Observation
import Testing
import WireFormat

@Suite struct DNSNameTests {
  @Test(arguments: ["example.com", "a.b.c.d", "x", "xn--bcher-kva.example", "_dns.resolver.arpa", "A-1.TEST"])
  func `ordinary names are printed as they were given`(text: String) throws {
    #expect(try #require(DNSName(text)).description == text)
    #expect(DNSName(text + ".") == DNSName(text))
  }

  @Test func `hostile bytes are escaped, and read back`() throws {
    let label: [UInt8] = [0x1b, 0x5b, 0x32, 0x4a, 0x2e, 0x5c, 0x22, 0x20, 0xff, 0x0a, 0x61, 0x40]
    let name = try #require(DNSName(labels: [label, [0x63]]))
    #expect(name.description == #"\027[2J\.\\\"\032\255\010a\@.c"#)
    #expect(DNSName(name.description) == name)
  }

  @Test(arguments: ["", "..", ".a", "a..b", #"a\"#, #"a\25"#, #"a\256"#, #"\2x5"#])
  func `what is no name is refused`(text: String) { #expect(DNSName(text) == nil) }

  @Test func `lengths are limited as RFC 1035 says`() {
    #expect(DNSName(String(repeating: "a", count: 63)) != nil)
    #expect(DNSName(String(repeating: "a", count: 64)) == nil)
    let labels = Array(repeating: [UInt8](repeating: 0x61, count: 63), count: 3)
    #expect(DNSName(labels: labels + [[UInt8](repeating: 0x61, count: 61)])?.wireForm.count == 255)
    #expect(DNSName(labels: labels + [[UInt8](repeating: 0x61, count: 62)]) == nil)
  }

  @Test func `the root is a dot`() throws {
    #expect(DNSName(".") == .root)
    #expect(DNSName.root.description == ".")
    #expect(DNSName.root.labels.isEmpty)
    #expect(DNSName.root.digest == NameDigest.of(""))
  }

  @Test(arguments: [
    "example.com", "EXAMPLE.Com", "a.b", "very-long-label-with-digits-0123456789.example.org", #"od\ d\..x"#,
  ])
  func `the digest agrees with the one of the presentation form`(text: String) throws {
    let name = try #require(DNSName(text))
    #expect(name.digest == NameDigest.of(name.description))
    #expect(name.digest == NameDigest.of(name.description.lowercased()))
  }

  @Test func `letters in either case match, other bytes don't`() throws {
    let name = try #require(DNSName("Build.Example"))
    #expect(try name.matches(#require(DNSName("bUILD.eXAMPLE"))))
    #expect(try !name.matches(#require(DNSName("build.exampl"))))
    #expect(try !#require(DNSName("a[")).matches(#require(DNSName("a{"))))
  }

  @Test(arguments: [
    ("lab.test", true), ("a.LAB.test", true), ("a.b.lab.test", true), ("xlab.test", false), ("test", false),
    (".", false),
  ])
  func `a name is within its zone`(text: String, isWithin: Bool) throws {
    let origin = try #require(DNSName("lab.test"))
    #expect(try #require(DNSName(text)).isWithin(origin) == isWithin)
    #expect(try #require(DNSName(text)).isWithin(.root))
  }

  @Test func `pointers lead back`() throws {
    // "com" at 0, "example" and a pointer at 5, a pointer alone at 15.
    let bytes: [UInt8] = [3] + Array("com".utf8) + [0, 7] + Array("example".utf8) + [0xc0, 0, 0xc0, 5, 9]
    var reader = ByteReader(bytes.span)
    var names: [String] = []
    for _ in 0..<3 { names.append(try DNSName(parsing: &reader).description) }
    let rest = reader.readRemainingBytes()
    #expect(names == ["com", "example.com", "example.com"])
    #expect(rest == [9])
  }

  @Test(
    arguments: [
      [0xc0, 0], [1, 0x61, 0xc0, 0], [0xc0, 2, 0], [0xc0, 9], [0x40, 0], [0x80, 0], [1], [1, 0x61], [0xc0],
      [],
    ] as [[UInt8]]
  )
  func `loops, forward pointers, unknown label types and missing bytes are errors`(bytes: [UInt8]) {
    var reader = ByteReader(bytes.span)
    var failed = false
    do { _ = try DNSName(parsing: &reader) } catch { failed = true }
    #expect(failed)
  }

  @Test func `chains of pointers end`() {
    var bytes: [UInt8] = [1, 0x61, 0]
    for _ in 0..<200 {
      let target = bytes.count == 3 ? 0 : bytes.count - 2
      bytes += [0xc0 | UInt8(target >> 8), UInt8(target & 0xff)]
    }
    func parse(_ index: Int) -> WireError? {
      var whole = ByteReader(bytes.span)
      do {
        try whole.skip(3 + 2 * index)
        _ = try DNSName(parsing: &whole)
      } catch { return error }
      return nil
    }
    #expect(parse(126) == nil)
    #expect(parse(127)?.reason == .tooDeep)
  }

  @Test func `pointers cannot make a name too long`() {
    // Five labels of 60 bytes, each chain one label longer than the one before.
    var bytes: [UInt8] = [0]
    var previous = 0
    var lengths: [Int?] = []
    for _ in 0..<5 {
      let start = bytes.count
      bytes +=
        [60] + Array(repeating: 0x61, count: 60) + [0xc0 | UInt8(previous >> 8), UInt8(previous & 0xff)]
      previous = start
      var reader = ByteReader(bytes.span)
      do {
        try reader.skip(start)
        lengths.append(try DNSName(parsing: &reader).wireForm.count)
      } catch { lengths.append(nil) }
    }
    #expect(lengths == [62, 123, 184, 245, nil])
  }
}

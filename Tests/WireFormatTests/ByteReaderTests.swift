import Testing
import WireFormat

@Suite struct ByteReaderTests {
  @Test func `integers are read in the byte order that the call names`() throws {
    let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
    var reader = ByteReader(bytes.span)
    let (big, little) = (try reader.readBigEndian(UInt16.self), try reader.readLittleEndian(UInt16.self))
    let native = try reader.readNative(UInt32.self)
    #expect(big == 0x0102)
    #expect(little == 0x0403)
    #expect(native == UInt32(littleEndian: 0x0807_0605))
    let isAtEnd = reader.isAtEnd
    #expect(isAtEnd)
  }

  @Test func `a read that does not fit throws and moves nothing`() throws {
    let bytes: [UInt8] = [1, 2, 3]
    var reader = ByteReader(bytes.span, base: 40)
    _ = try reader.readByte()
    var thrown: WireError?
    do { _ = try reader.readBigEndian(UInt32.self, field: "length") } catch { thrown = error }
    #expect(thrown == WireError(.truncated(needed: 4, remaining: 2), offset: 41, field: "length"))
    let rest = try reader.readBytes(2)
    #expect(rest == [2, 3])
  }

  @Test func `a nested reader ends where it should and counts offsets from the outermost start`() throws {
    let bytes: [UInt8] = [0, 1, 2, 3, 4]
    var reader = ByteReader(bytes.span)
    try reader.skip(1)
    var inner = try reader.readReader(2)
    let offsets = [inner.offset, reader.offset]
    let contents = inner.readRemainingBytes()
    #expect(offsets == [1, 3])
    #expect(contents == [1, 2])
  }

  @Test(arguments: [-1, 6, Int.max]) func `impossible counts throw`(count: Int) {
    let bytes: [UInt8] = [0, 1, 2, 3, 4]
    var reader = ByteReader(bytes.span)
    var failed = 0
    do { try reader.skip(count) } catch { failed += 1 }
    do { _ = try reader.readReader(count) } catch { failed += 1 }
    do { _ = try reader.reader(at: count) } catch { failed += 1 }
    do { _ = try reader.peekByte(at: count) } catch { failed += 1 }
    #expect(failed == 4)
    let remaining = reader.remaining
    #expect(remaining == 5)
  }
}

@Suite struct ByteWriterTests {
  @Test func `what is written is read back`() throws {
    var writer = ByteWriter()
    writer.writeBigEndian(UInt16(0x0102))
    writer.writeLittleEndian(UInt32(0x0304_0506))
    writer.writeNative(UInt64(7))
    writer.write(9)
    writer.pad(to: 4)
    #expect(writer.bytes[..<6] == [1, 2, 6, 5, 4, 3])
    #expect(writer.count == 16)
    var reader = ByteReader(writer.bytes.span)
    try reader.skip(6)
    let native = try reader.readNative(UInt64.self)
    #expect(native == 7)
  }

  @Test func `a length is filled in after its contents`() {
    var writer = ByteWriter()
    writer.writeWithLengthBigEndian16 { $0.write([1, 2, 3]) }
    #expect(writer.bytes == [0, 3, 1, 2, 3])
  }

  @Test func `the checksum of RFC 1071's example`() {
    var checksum = InternetChecksum()
    let bytes: [UInt8] = [0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]
    checksum.add(bytes.span)
    #expect(checksum.value == ~0xddf2)
  }
}

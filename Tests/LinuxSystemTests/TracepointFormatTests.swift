import LinuxSystem
import Testing

/// Formats as Linux 6.18 prints them, from `cat /sys/kernel/tracing/events/…/format`, shortened where fields
/// repeat.
@Suite struct TracepointFormatTests {
  static let drop = """
    name: kfree_skb
    ID: 2310
    format:
    \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
    \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

    \tfield:void * skbaddr;\toffset:8;\tsize:8;\tsigned:0;
    \tfield:void * location;\toffset:16;\tsize:8;\tsigned:0;
    \tfield:unsigned short protocol;\toffset:32;\tsize:2;\tsigned:0;
    \tfield:enum skb_drop_reason reason;\toffset:36;\tsize:4;\tsigned:0;

    print fmt: "skbaddr=%p protocol=%u location=%pS reason: %s", REC->skbaddr, REC->protocol, \
    REC->location, __print_symbolic(REC->reason, { 2, "NOT_SPECIFIED" }, { 12, "NETFILTER_DROP" }, \
    { 0xd, "OTHERHOST" })
    """

  static let arrival = """
    name: netif_receive_skb
    ID: 2303
    format:
    \tfield:void * skbaddr;\toffset:8;\tsize:8;\tsigned:0;
    \tfield:unsigned int len;\toffset:16;\tsize:4;\tsigned:0;
    \tfield:__data_loc char[] name;\toffset:20;\tsize:4;\tsigned:0;

    print fmt: "dev=%s skbaddr=%p len=%u", __get_str(name), REC->skbaddr, REC->len
    """

  @Test func `fields and the names of values are found`() throws {
    let format = try #require(TracepointFormat(Self.drop))
    #expect(format.identifier == 2310)
    #expect(format.fields["reason"] == TracepointFormat(Self.drop)?.fields["reason"])
    #expect(format.fields["reason"]?.offset == 36)
    #expect(format.fields["reason"]?.size == 4)
    #expect(format.fields["skbaddr"]?.offset == 8)
    #expect(format.symbols["reason"] == [2: "NOT_SPECIFIED", 12: "NETFILTER_DROP", 13: "OTHERHOST"])
  }

  @Test func `numbers and texts are read at their places`() throws {
    let format = try #require(TracepointFormat(Self.arrival))
    let record: [UInt8] =
      [UInt8](repeating: 0, count: 8) + [0x10, 0x20, 0, 0, 0, 0x88, 0xff, 0xff, 60, 0, 0, 0]
      + [24, 0, 4, 0] + [0x62, 0x72, 0x30, 0] + [0, 0, 0, 0]
    #expect(format.number("skbaddr", in: record.span) == 0xffff_8800_0000_2010)
    #expect(format.number("len", in: record.span) == 60)
    #expect(format.text("name", in: record.span) == "br0")
  }

  @Test func `short records and wrong locations are nothing`() throws {
    let format = try #require(TracepointFormat(Self.arrival))
    let short = [UInt8](repeating: 0, count: 15)
    #expect(format.number("skbaddr", in: short.span) == nil)
    #expect(format.number("absent", in: short.span) == nil)
    let beyond = [UInt8](repeating: 0, count: 20) + [20, 0, 200, 0]
    #expect(format.text("name", in: beyond.span) == nil)
  }

  @Test func `a text without number is no format`() { #expect(TracepointFormat("name: x\n") == nil) }
}

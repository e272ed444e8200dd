import Testing

@testable import Sensing

@Suite struct KernelTablesTests {
  @Test func `connection tracking is summed over the processors, its entries are not`() {
    // Linux 6.18, two processors; the columns since 5.x.
    let text = """
      entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error  expect_new expect_create expect_delete search_restart
      0000002a  00000002 0000000f 00000000 00000010 00000000 00000000 00000001 00000000 00000003 00000001 00000000 00000000  00000000 00000000 00000000 00000000
      0000002a  00000001 00000001 00000000 00000001 00000000 00000000 00000001 00000000 ffffffff 00000000 00000007 00000000  00000000 00000000 00000000 0000000b
      """
    let sums = KernelTables.sumOfProcessors(text)
    #expect(sums["entries"] == 42)
    #expect(sums["clash_resolve"] == 3)
    #expect(sums["clashres"] == nil)
    #expect(sums["found"] == 16)
    #expect(sums["invalid"] == 17)
    // 32 bits for each processor, more for their sum.
    #expect(sums["insert_failed"] == 0x1_0000_0002)
    #expect(sums["early_drop"] == 7)
    #expect(sums["search_restart"] == 11)
  }

  @Test func `columns are found by their names, however many there are`() {
    // Linux 4.9 has "searched" and no "clashres".
    let old = "entries  searched found insert_failed drop\n0000000a 00000001 00000002 00000003 00000004\n"
    #expect(
      KernelTables.sumOfProcessors(old)
        == ["entries": 10, "searched": 1, "found": 2, "insert_failed": 3, "drop": 4]
    )
    #expect(KernelTables.sumOfProcessors("").isEmpty)
    #expect(KernelTables.sumOfProcessors("entries\n").isEmpty)
  }

  @Test func `the neighbour table's overflows are read`() {
    let text = """
      entries  allocs   destroys hash_grows lookups  hits     res_failed rcv_probes_mcast rcv_probes_ucast periodic_gc_runs forced_gc_runs unresolved_discards table_fulls
      00000003  00001395 000013ae 00000005   00006ad0 00001280 0000001b   00000000         00000000         00000048         00000002       00000000            00000004
      00000003  00000001 00000000 00000000   00000000 00000000 00000000   00000000         00000000         00000000         00000000       00000000            00000001
      """
    let sums = KernelTables.sumOfProcessors(text)
    #expect(sums["entries"] == 3)
    #expect(sums["table_fulls"] == 5)
    #expect(sums["forced_gc_runs"] == 2)
  }

  @Test func `the backlog's drops are the second column`() {
    let text = """
      00159dce 00000002 00000001 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
      00162d14 00000001 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000001 00000000 00000000
      """
    #expect(
      KernelTables.softnet(text) == ["processed": 0x159dce + 0x162d14, "dropped": 3, "timeSqueeze": 1]
    )
  }

  @Test func `pressure is read by kind and time`() {
    let text = """
      some avg10=9.65 avg60=10.80 avg300=9.10 total=112778701
      full avg10=0.00 avg60=0.25 avg300=0.00 total=0
      """
    #expect(
      KernelTables.pressure(text) == [
        "some.avg10": 9.65, "some.avg60": 10.8, "some.avg300": 9.1, "full.avg10": 0, "full.avg60": 0.25,
        "full.avg300": 0,
      ]
    )
  }
}

import LinuxSystem
import Testing

@Suite struct KernelSymbolsTests {
  let symbols = KernelSymbols(
    parsing: Array(
      """
      0000000000000000 A fixed_percpu_data
      ffffffff81001000 T ip_rcv_finish
      ffffffff81000000 T _stext
      ffffffff81002000 t ip_rcv_core.isra.0
      ffffffff81003000 D some_data
      ffffffffc0000000 t br_handle_frame\t[bridge]
      """.utf8
    )
  )

  @Test func `an address is in the function that begins before it`() {
    #expect(symbols.function(at: 0xffff_ffff_8100_1000) == "ip_rcv_finish")
    #expect(symbols.function(at: 0xffff_ffff_8100_1fff) == "ip_rcv_finish")
    #expect(symbols.function(at: 0xffff_ffff_8100_2010) == "ip_rcv_core")
    #expect(symbols.function(at: 0xffff_ffff_8100_3010) == "ip_rcv_core")
    #expect(symbols.function(at: 0xffff_ffff_c000_0001) == "br_handle_frame")
    #expect(symbols.function(at: 1) == nil)
  }

  @Test func `hidden addresses name nothing`() {
    let hidden = KernelSymbols(parsing: Array("0000000000000000 T ip_rcv\n".utf8))
    #expect(hidden.function(at: 0xffff_ffff_8100_1000) == nil)
  }
}

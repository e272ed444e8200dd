import Testing

@testable import Sensing

@Suite struct KernelModulesTests {
  private static let loaded = """
    nf_tables 389120 42 nft_compat,nft_chain_nat, Live 0x0000000000000000
    br_netfilter 36864 0 - Live 0x0000000000000000
    """
  private static let builtIn = """
    kernel/net/netfilter/nf_conntrack.ko
    kernel/net/8021q/8021q.ko.xz
    kernel/net/bridge/bridge-example.ko
    """

  private func modules(
    _ modules: String?,
    _ builtIn: String?,
    symbols: String? = nil
  ) -> KernelModules {
    KernelModules(modules: modules, builtIn: builtIn, symbols: { symbols.map { Array($0.utf8) } })
  }

  @Test func `a module is there if it is loaded or built in`() {
    let both = modules(Self.loaded, Self.builtIn)
    #expect(both.has("br_netfilter") == true)
    #expect(both.has("nf_conntrack") == true)
    #expect(both.has("8021q") == true)
    #expect(both.has("bridge_example") == true)
    #expect(both.has("ip_tables") == false)
    #expect(modules(Self.loaded, nil).has("ip_tables") == nil)
  }

  @Test func `rules are asked for only where that loads nothing`() {
    // Loaded, or built in.
    #expect(modules(Self.loaded, nil).tables == .yes)
    #expect(modules("", "kernel/net/netfilter/nf_tables.ko\n").tables == .yes)
    // Not loaded: a question would load it.
    #expect(modules("veth 1 0 - Live 0x0\n", Self.builtIn).tables == .no)
    // A kernel that can't load modules.
    #expect(modules(nil, nil).tables == .yes)
    // A container without the folder of modules.
    let symbol = "0000000000000000 t nf_tables_getrule\t[nf_tables]\n"
    #expect(modules("", nil, symbols: symbol).tables == .yes)
    #expect(modules("", nil, symbols: "0000000000000000 t nf_register_net_hook\n").tables == .no)
    #expect(modules("", nil).tables == .unknown)
  }
}

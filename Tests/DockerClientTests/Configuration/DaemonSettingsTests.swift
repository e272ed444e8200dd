import Docker
import Testing

@Suite struct DaemonSettingsTests {
  private func flags(_ line: String) -> [String: String] {
    DaemonSettings(arguments: line.split(separator: " ").map(String.init)).relevant
  }

  @Test func `flags are read in all their forms`() {
    #expect(flags("-b brci0") == ["bridge": "\"brci0\""])
    #expect(flags("-bbrci0") == ["bridge": "\"brci0\""])
    #expect(flags("-b=brci0") == ["bridge": "\"brci0\""])
    #expect(flags("--bridge=brci0") == ["bridge": "\"brci0\""])
    #expect(flags("--bridge brci0 --iptables=false") == ["bridge": "\"brci0\"", "iptables": "false"])
    #expect(flags("-Db brci0") == ["bridge": "\"brci0\""])
    #expect(
      flags("--iptables --ip-masq=0 --icc=True --mtu 1400")
        == ["iptables": "true", "ip-masq": "false", "icc": "true", "mtu": "1400"]
    )
    #expect(flags("--log-level debug -l info --bip=10.1.0.1/24") == ["bip": "\"10.1.0.1/24\""])
  }

  @Test func `flags that may be repeated become lists under their names in the file`() {
    #expect(
      flags("-H unix:///a --host=tcp://127.0.0.1:1 -H fd://")
        == ["hosts": #"["unix:///a","tcp://127.0.0.1:1","fd://"]"#]
    )
    #expect(
      flags("--dns 1.1.1.1 --dns=9.9.9.9 --dns-opt ndots:1") == [
        "dns": #"["1.1.1.1","9.9.9.9"]"#, "dns-opts": #"["ndots:1"]"#,
      ]
    )
    #expect(
      flags("--default-address-pool base=10.0.0.0/8,size=24 --default-address-pool=base=fd00::/8,size=64")
        == ["default-address-pools": #"[{"base":"10.0.0.0/8","size":24},{"base":"fd00::/8","size":64}]"#]
    )
    #expect(
      flags("--default-network-opt bridge=com.docker.network.driver.mtu=1400")
        == ["default-network-opts": #"{"bridge":{"com.docker.network.driver.mtu":"1400"}}"#]
    )
  }

  @Test func `a flag that nobody knows takes what follows it, unless that is a flag`() {
    #expect(flags("--future thing -b brci0") == ["bridge": "\"brci0\""])
    #expect(flags("--future -b brci0") == ["bridge": "\"brci0\""])
    #expect(flags("--future=-b -x") == [:])
    #expect(flags("-b") == ["bridge": "true"])
  }

  @Test func `a file is read, and flags count more`() throws {
    let file = """
      {
        "bridge": "br1", "iptables": false, "mtu": 1400,
        "default-address-pools": [ {"base": "10.0.0.0/8", "size": 24} ],
        "graph": "/old"
      }
      """
    let settings = try DaemonSettings(file: file)
    #expect(
      settings.relevant == [
        "bridge": "\"br1\"", "iptables": "false", "mtu": "1400", "data-root": "\"/old\"",
        "default-address-pools": #"[{"base":"10.0.0.0/8","size":24}]"#,
      ]
    )
    let merged = DaemonSettings(arguments: ["-b", "br2", "--iptables"]).over(settings)
    #expect(merged.relevant["bridge"] == "\"br2\"")
    #expect(merged.relevant["iptables"] == "true")
    #expect(merged.relevant["mtu"] == "1400")
  }

  @Test func `what may be secret, and what doesn't matter, is left out`() throws {
    let file = """
      {"proxies": {"http-proxy": "http://u:hunter2@p"}, "log-opts": {"splunk-token": "hunter2"},
       "labels": ["a=hunter2"], "registry-mirrors": ["https://u:hunter2@m"], "bip": "10.0.0.1/24"}
      """
    let settings = DaemonSettings(arguments: ["--label", "b=hunter2"]).over(try DaemonSettings(file: file))
    #expect(settings.relevant == ["bip": "\"10.0.0.1/24\""])
  }

  @Test func `a bad file is said with its line`() throws {
    #expect(throws: ConfigurationMistake(line: 3, what: "expected ',' or '}'")) {
      try DaemonSettings(file: "{\n \"bridge\": \"br1\"\n \"mtu\": 1\n}")
    }
    #expect(throws: ConfigurationMistake(line: 1, what: "expected an object ({…}) of settings")) {
      try DaemonSettings(file: "[]")
    }
    #expect(try DaemonSettings(file: " \n").relevant.isEmpty)
    #expect(try DaemonSettings(file: "\u{feff}{\"mtu\":1}").relevant == ["mtu": "1"])
  }
}

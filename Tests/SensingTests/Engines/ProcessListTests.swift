import Testing

@testable import Sensing

@Suite struct ProcessListTests {
  /// A line of /proc/PID/stat as Linux 6.18 prints it.
  private func line(_ pid: Int32, _ name: String, _ state: String, parent: Int32, start: Int = 4_950_012)
    -> String
  {
    "\(pid) (\(name)) \(state) \(parent) 4711 4711 0 -1 4194560 3215 0 0 0 12 8 0 0 20 0 14 0 \(start) 1905414144 18322"
  }

  @Test func `a process is read from its line`() throws {
    let entry = try #require(ProcessList.Entry(stat: line(18587, "dockerd", "S", parent: 1)))
    #expect(entry.pid == 18587)
    #expect(entry.parent == 1)
    #expect(entry.name == "dockerd")
    #expect(entry.started == 49_500.12)
  }

  @Test func `a name may hold spaces and parentheses`() {
    #expect(ProcessList.Entry(stat: line(2, "a) S 1 (b", "R", parent: 7))?.name == "a) S 1 (b")
    #expect(ProcessList.Entry(stat: line(2, "a) S 1 (b", "R", parent: 7))?.parent == 7)
  }

  @Test func `one that has ended, or is cut off, is none`() {
    #expect(ProcessList.Entry(stat: line(2, "dockerd", "Z", parent: 1)) == nil)
    #expect(ProcessList.Entry(stat: "2 (dockerd) S 1 4711") == nil)
    #expect(ProcessList.Entry(stat: "") == nil)
    #expect(ProcessList.Entry(stat: ")(") == nil)
  }

  @Test func `ancestors are the nearest first, and never run in circles`() {
    let list = ProcessList([
      .init(pid: 1, parent: 0, name: "init", started: 0), .init(pid: 5, parent: 1, name: "a", started: 0),
      .init(pid: 9, parent: 5, name: "b", started: 0), .init(pid: 20, parent: 21, name: "x", started: 0),
      .init(pid: 21, parent: 20, name: "y", started: 0),
    ])
    #expect(list.ancestors(of: 9).map(\.pid) == [5, 1])
    #expect(list.ancestors(of: 20).count == 64)
    #expect(list.children(of: 5).map(\.pid) == [9])
  }

  @Test func `this process is in the list, with its command line and namespaces`() throws {
    let own = try #require(try ProcessList.now().entries.first { $0.commandLine() == CommandLine.arguments })
    #expect(own.namespace("net") == ProcessList.Entry.namespace("net", of: "self"))
    #expect(own.namespace("net") != nil)
    #expect(own.status("NSpid").first == own.pid)
  }
}

internal import LinuxSystem
public import Observation

/// Finds container engines: what runs, what it says, and what one that isn't running left behind.
///
/// It only looks and asks; nothing is changed, and no engine is waited for longer than the time limit.
public enum EngineSensor {
  /// The engines of this machine, those with a process first.
  ///
  /// - Parameters:
  ///   - processes: the machine's processes; read if they aren't given.
  ///   - timeLimit: how long each engine may take for all its answers. They are asked at the same time.
  public static func sense(
    processes: ProcessList? = nil,
    timeLimit: Duration = .seconds(2)
  ) -> [EngineSnapshot] {
    let processes = processes ?? (try? ProcessList.now()) ?? ProcessList([])
    var engines = DockerSensor(processes: processes, timeLimit: timeLimit).sense()
    if let root = try? ProcessRoot(of: nil) {
      engines += FileSensor(processes: processes, interfaces: ownInterfaces()).sense(root)
    }
    return withUniqueIdentifiers(engines)
  }

  private static func ownInterfaces() -> [String] { (try? Directory.names("/sys/class/net")) ?? [] }

  /// Two daemons may say that they listen on the same path, and only one of them is right.
  static func withUniqueIdentifiers(_ engines: [EngineSnapshot]) -> [EngineSnapshot] {
    var seen: Set<String> = []
    return engines.map { engine in
      var engine = engine
      if !seen.insert(engine.id).inserted {
        engine.id += " (pid \(engine.process?.pid ?? 0))"
        var number = 2
        while !seen.insert(engine.id).inserted {
          engine.id += " \(number)"
          number += 1
        }
      }
      return engine
    }
  }
}

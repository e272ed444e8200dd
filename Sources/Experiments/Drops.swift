internal import NetworkTypes
internal import Observation

/// The kernel's drops of the whole machine, brought home to hosts.
enum Drops {
  /// The most that may lie between a frame and its drop. The kernel doesn't say in which namespace it dropped a
  /// packet; it drops within microseconds of the last device that saw it.
  static let reach = Duration.microseconds(500)

  /// The drops of each host, in the order of `sightings`, which are the hosts' frames; all are in order of time.
  ///
  /// A drop belongs to the one host whose frame was the last before it: a host that is in the same trouble at the
  /// same time doesn't bear witness for another.
  static func broughtHome(_ drops: [Event], to sightings: [[Sighting]]) -> [[Event]] {
    var home: [[Event]] = sightings.map { _ in [] }
    var next = sightings.map { _ in 0 }
    for drop in drops {
      var nearest: (host: Int, time: Timestamp)?
      for host in sightings.indices {
        let frames = sightings[host]
        while next[host] < frames.count, frames[next[host]].time <= drop.time { next[host] += 1 }
        guard next[host] > 0 else { continue }
        let time = frames[next[host] - 1].time
        if nearest.map({ time > $0.time }) ?? true { nearest = (host, time) }
      }
      if let nearest, drop.time - nearest.time <= reach { home[nearest.host].append(drop) }
    }
    return home
  }
}

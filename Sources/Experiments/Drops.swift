internal import NetworkTypes
internal import Observation

/// The kernel's drops of the whole machine, brought home to hosts.
enum Drops {
  /// The drops that came at most this long after a frame of the host was seen. The kernel doesn't say in which
  /// namespace it dropped a packet; it drops within microseconds of the last device that saw it.
  static let reach = Duration.microseconds(500)

  /// Those of `drops` that came right after one of the frames; both are in order of time.
  static func near(_ sightings: [Sighting], among drops: [Event]) -> [Event] {
    var near: [Event] = []
    var next = 0
    for drop in drops {
      while next < sightings.count, sightings[next].time <= drop.time { next += 1 }
      if next > 0, drop.time - sightings[next - 1].time <= reach { near.append(drop) }
    }
    return near
  }
}

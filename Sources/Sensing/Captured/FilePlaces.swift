internal import NetworkTypes

/// The places of one file's interfaces, as far as they were met.
struct FilePlaces {
  private static let mostKernelIndices = 65_536

  private let all: CapturePlaces
  private let file: Int
  private var byIndex: [InterfaceIndex?] = []
  private var byKernelIndex: [UInt32: InterfaceIndex] = [:]
  private var overflow: InterfaceIndex?
  /// The latest, for a frame's interface is mostly that of the frame before, or one of few.
  private var latest: (kernelIndex: UInt32, place: InterfaceIndex)?

  init(of name: String, in places: CapturePlaces) {
    all = places
    file = places.addFile(name)
  }

  /// The place of an interface by its index in the file; nil if it was never met.
  @inline(__always)
  func known(_ index: Int) -> InterfaceIndex? { index < byIndex.count ? byIndex[index] : nil }

  /// Adds an interface by its index in the file; its place.
  mutating func add(_ index: Int, _ name: String?) -> InterfaceIndex {
    let place = all.add(name, in: file)
    while byIndex.count <= index { byIndex.append(nil) }
    byIndex[index] = place
    return place
  }

  /// The place of an interface by the kernel's index, which cooked frames of the second form have.
  mutating func place(ofKernelIndex index: UInt32) -> InterfaceIndex {
    if let latest, latest.kernelIndex == index { return latest.place }
    let place: InterfaceIndex
    if let known = byKernelIndex[index] {
      place = known
    } else if byKernelIndex.count < Self.mostKernelIndices {
      place = all.add("interface \(index)", in: file)
      byKernelIndex[index] = place
    } else {
      // A file can name more only to do harm.
      place = overflow ?? all.add("other interfaces", in: file)
      overflow = place
    }
    latest = (index, place)
    return place
  }
}

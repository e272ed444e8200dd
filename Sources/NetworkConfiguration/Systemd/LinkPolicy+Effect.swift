public import NetworkTypes
public import Observation

/// What udev does to an interface's link address when the interface appears.
public enum LinkAddressEffect: Hashable, Sendable {
  /// Nothing, and why.
  case keeps(why: String)
  /// It sets this address.
  case pins(MACAddress)
  /// It sets one that is the same after every boot: computed from the machine's id and the interface's name.
  case persists
  /// It sets a random one.
  case randomises
}

extension LinkPolicy {
  /// What the policy does to the address of an interface that appears with an address of this origin.
  ///
  /// Whatever it sets makes the origin `set` (3), so that a bridge keeps it. It acts once, when the interface appears
  /// (or `udevadm trigger --action=add` says so), and not in other network namespaces.
  /// `link_generate_new_hw_addr` (systemd, src/udev/net/link-config.c).
  public func effect(on assignment: AddressAssignment) -> LinkAddressEffect {
    let policy = link["MACAddressPolicy"] ?? "none"
    if policy == "none" {
      guard let text = link["MACAddress"] else {
        return .keeps(why: "the policy is none, and no address is given")
      }
      guard let address = MACText.parse(text), !address.isMulticast, address != .zero else {
        return .keeps(why: "\(text) is no address for an interface")
      }
      return .pins(address)
    }
    switch assignment {
    case .set: return .keeps(why: "somebody set the address before udev came")
    case .stolen: return .keeps(why: "the address is another interface's")
    case .permanent:
      return policy == "random" ? .randomises : .keeps(why: "the address is the hardware's own")
    case .random: return policy == "random" ? .keeps(why: "the address is random already") : .persists
    }
  }
}

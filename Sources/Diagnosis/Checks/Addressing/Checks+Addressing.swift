extension Checks {
  /// Checks of who owns and gives addresses.
  static let addressing: [any Check] = [
    BridgeIPLostCheck(), NmGrabsVethCheck(), RouteHijackCheck(), SubnetOverlapCheck(),
    UserBridgeMismatchCheck(),
    SharedBridgeCheck(),
  ]
}

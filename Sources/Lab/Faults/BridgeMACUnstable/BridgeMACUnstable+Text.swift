extension FaultText {
  static let bridgeMACUnstable = FaultText(
    title: "a bridge without a MAC of its own changes it when ports come and go",
    story: [
      "The bridge was made without a MAC address of its own, so the kernel lends it the smallest MAC of its ports.",
      "A port came or went: a build's container started or ended. Another port's MAC was the smallest now, and the"
        + " bridge's MAC, which is the containers' default gateway, became that one.",
      "The other containers went on sending to the old MAC, which their neighbour entries still held. Nobody on"
        + " the host takes such frames: after a leave they are flooded to the other ports, after a join the host"
        + " drops them as somebody else's (SKB_DROP_REASON_OTHERHOST).",
      "Every lookup failed until the container's neighbour entry was renewed. Containers that started later never"
        + " knew the old MAC and had no trouble.",
    ],
    why:
      "A bridge needs a MAC for spanning tree's bridge id, and takes the smallest of its ports' as IEEE 802.1D"
      + " suggests, unless somebody set one (br_stp_recalculate_bridge_id returns at once for NET_ADDR_SET). It"
      + " recalculates when a port joins, leaves or changes its MAC, and announces the change to nobody: gratuitous"
      + " ARP is sent only with arp_notify, which is off by default. dockerd sets a MAC on bridges that it makes"
      + " itself, never on one that it is given with -b.",
    outage:
      "A neighbour entry is trusted for 15 to 45 s after it was last confirmed (base_reachable_time 30 s, times"
      + " a half to one and a half), then used for 5 s more (delay_first_probe_time), then probed three times, 1 s"
      + " apart, at the old MAC, and only then asked for by broadcast. So a container that talks loses up to about"
      + " 53 s; one whose entry was stale already, about 8 s. Anything that the host has to send to one of the"
      + " containers in that time heals all of them at once, for it asks by ARP with its new MAC. That is why busy"
      + " bridges seem healthy.",
    cure:
      "Setting the MAC that the bridge has already makes it the bridge's own, without a change that anybody could"
      + " notice. arp_notify and ndisc_notify make the kernel announce it, so that entries that are stale"
      + " already heal too; leave these two at 1 if they were. The MAC in the files below is an example: each bridge"
      + " needs one of its own, such as the one that it has.",
    lasting: [
      LastingCure("ifupdown (/etc/network/interfaces)", "bridge_hw 02:00:00:00:00:01"),
      LastingCure("systemd-networkd (br0.netdev)", "[NetDev]", "MACAddress=02:00:00:00:00:01"),
      LastingCure(
        "NetworkManager",
        "nmcli connection modify br0 \\",
        "  802-3-ethernet.cloned-mac-address 02:00:00:00:00:01"
      ),
      LastingCure("netplan", "bridges: {br0: {macaddress: \"02:00:00:00:00:01\"}}"),
    ],
    next:
      "Look at your own bridge: \"cat /sys/class/net/br0/addr_assign_type\" prints 3 if it has a MAC of its own."
  )
}

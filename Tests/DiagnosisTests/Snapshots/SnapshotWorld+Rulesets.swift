/// Firewalls, as `nft list ruleset` prints them.
extension SnapshotWorld {
  /// A lab host's.
  static let labRuleset = """
    table inet nat {
    	chain postrouting {
    		type nat hook postrouting priority srcnat; policy accept;
    		ip saddr 172.18.0.0/16 oifname "eth0" masquerade
    		ip6 saddr fd00:18::/64 oifname "eth0" masquerade
    	}
    }
    table inet filter {
    	chain forward {
    		type filter hook forward priority filter; policy accept;
    	}
    }

    """

  /// A Docker host's: the main daemon's chains by iptables-nft, and a table of one's own for brci0.
  static let dockerRuleset = """
    table ip nat {
    	chain DOCKER {
    		iifname "docker0" counter packets 0 bytes 0 return
    	}

    	chain PREROUTING {
    		type nat hook prerouting priority dstnat; policy accept;
    		fib daddr type local counter packets 12 bytes 720 jump DOCKER
    	}

    	chain OUTPUT {
    		type nat hook output priority -100; policy accept;
    		ip daddr != 127.0.0.0/8 fib daddr type local counter packets 0 bytes 0 jump DOCKER
    	}

    	chain POSTROUTING {
    		type nat hook postrouting priority srcnat; policy accept;
    		oifname != "docker0" ip saddr 172.17.0.0/16 counter packets 31 bytes 1953 masquerade
    	}
    }
    table ip filter {
    	chain DOCKER {
    	}

    	chain DOCKER-ISOLATION-STAGE-1 {
    		iifname "docker0" oifname != "docker0" counter packets 90 bytes 5400 jump DOCKER-ISOLATION-STAGE-2
    		counter packets 900 bytes 54000 return
    	}

    	chain DOCKER-ISOLATION-STAGE-2 {
    		oifname "docker0" counter packets 0 bytes 0 drop
    		counter packets 90 bytes 5400 return
    	}

    	chain DOCKER-USER {
    		iifname "brci0" counter packets 500 bytes 30000 accept
    		oifname "brci0" counter packets 500 bytes 30000 accept
    		counter packets 900 bytes 54000 return
    	}

    	chain FORWARD {
    		type filter hook forward priority filter; policy drop;
    		counter packets 1900 bytes 114000 jump DOCKER-USER
    		counter packets 900 bytes 54000 jump DOCKER-ISOLATION-STAGE-1
    		oifname "docker0" ct state related,established counter packets 450 bytes 27000 accept
    		oifname "docker0" counter packets 0 bytes 0 jump DOCKER
    		iifname "docker0" oifname != "docker0" counter packets 450 bytes 27000 accept
    		iifname "docker0" oifname "docker0" counter packets 0 bytes 0 accept
    	}
    }
    table inet ci {
    	chain postrouting {
    		type nat hook postrouting priority srcnat; policy accept;
    		ip saddr 172.18.0.0/16 oifname "eth0" masquerade
    	}
    }

    """
}

from installer_gui.platforms.linux.routes import DefaultRoute, default_routes

HEAD = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
LAN = "eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n"
ETHERNET = "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
RADIO = "wlan0\t00000000\t0102A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
LOWER_HALF = "tun0\t00000000\t0100080A\t0003\t0\t0\t0\t00000080\t0\t0\t0\n"
UPPER_HALF = "tun0\t00000080\t0100080A\t0003\t0\t0\t0\t00000080\t0\t0\t0\n"
TUNNEL = "wg0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\t0\t0\t0\n"
BLACKHOLE = "*\t00000000\t00000000\t0200\t0\t0\t1024\t00000000\t0\t0\t0\n"


def test_the_lowest_metric_comes_first():
    assert default_routes(HEAD + RADIO + LAN + ETHERNET) == (
        DefaultRoute("eth0", "192.168.1.1", 100),
        DefaultRoute("wlan0", "192.168.2.1", 600),
    )


def test_a_vpn_that_halves_the_world_beats_every_default_route():
    assert default_routes(HEAD + ETHERNET + LOWER_HALF + UPPER_HALF) == (
        DefaultRoute("tun0", "10.8.0.1", 0),
        DefaultRoute("eth0", "192.168.1.1", 100),
    )


def test_a_tunnel_has_no_gateway_and_a_blackhole_is_no_way():
    assert default_routes(HEAD + BLACKHOLE + TUNNEL) == (DefaultRoute("wg0", "", 50),)


def test_an_unreadable_table_has_no_routes():
    assert default_routes("") == default_routes("what\never\n") == ()

"""The structures have the layout of the real headers, on every system."""

import ctypes

import pytest

from installer_gui.platforms.windows import binding, iphlpapi, routes, system, wlanapi

from .library import layout

WLANAPI = {
    "DOT11_SSID": (wlanapi.Ssid, {"length": "uSSIDLength", "octets": "ucSSID"}),
    "WLAN_BSS_ENTRY": (
        wlanapi.BssEntry,
        {
            "ssid": "dot11Ssid",
            "phy_id": "uPhyId",
            "bssid": "dot11Bssid",
            "bss_type": "dot11BssType",
            "phy_type": "dot11BssPhyType",
            "rssi": "lRssi",
            "quality": "uLinkQuality",
            "in_regulatory_domain": "bInRegDomain",
            "beacon_period": "usBeaconPeriod",
            "timestamp": "ullTimestamp",
            "host_timestamp": "ullHostTimestamp",
            "capability": "usCapabilityInformation",
            "khz": "ulChCenterFrequency",
            "elements_offset": "ulIeOffset",
            "elements_size": "ulIeSize",
        },
    ),
    "WLAN_INTERFACE_INFO": (
        wlanapi.InterfaceInfo,
        {"guid": "InterfaceGuid", "description": "strInterfaceDescription", "state": "isState"},
    ),
    "WLAN_NOTIFICATION_DATA": (
        wlanapi.NotificationData,
        {
            "source": "NotificationSource",
            "code": "NotificationCode",
            "guid": "InterfaceGuid",
            "size": "dwDataSize",
            "data": "pData",
        },
    ),
}
IPHLPAPI = {
    "IP_ADAPTER_ADDRESSES": (
        iphlpapi.AdapterAddresses,
        {
            "length": "Length",
            "index": "IfIndex",
            "next": "Next",
            "adapter_name": "AdapterName",
            "unicast": "FirstUnicastAddress",
            "dns_servers": "FirstDnsServerAddress",
            "description": "Description",
            "friendly_name": "FriendlyName",
            "mac": "PhysicalAddress",
            "mac_length": "PhysicalAddressLength",
            "flags": "Flags",
            "mtu": "Mtu",
            "type": "IfType",
            "oper_status": "OperStatus",
            "index6": "Ipv6IfIndex",
            "gateways": "FirstGatewayAddress",
            "metric": "Ipv4Metric",
        },
    ),
    "IP_ADAPTER_UNICAST_ADDRESS": (
        iphlpapi.Unicast,
        {"dad_state": "DadState", "prefix_length": "OnLinkPrefixLength"},
    ),
    "IP_ADAPTER_DNS_SERVER_ADDRESS": (iphlpapi.Node, {"next": "Next"}),
    "IP_ADAPTER_GATEWAY_ADDRESS": (iphlpapi.Node, {"next": "Next"}),
    "ICMP_ECHO_REPLY": (
        iphlpapi.EchoReply,
        {"address": "Address", "status": "Status", "size": "DataSize", "data": "Data"},
    ),
}


@pytest.mark.parametrize(
    ("table", "structure", "ours", "names"),
    [("wlanapi64.txt", name, *told) for name, told in WLANAPI.items()]
    + [("iphlpapi64.txt", name, *told) for name, told in IPHLPAPI.items()],
)
def test_every_field_lies_where_the_header_puts_it(table, structure, ours, names):
    real = layout(table)
    for own, theirs in names.items():
        field = getattr(ours, own)
        assert (field.offset, field.size) == real[f"{structure}.{theirs}"], own


def test_whole_structures_have_the_headers_sizes():
    wlan, ip = layout("wlanapi64.txt"), layout("iphlpapi64.txt")
    assert ctypes.sizeof(wlanapi.BssEntry) == wlan["WLAN_BSS_ENTRY"][0] == 360
    assert ctypes.sizeof(wlanapi.InterfaceInfo) == wlan["WLAN_INTERFACE_INFO"][0]
    assert ctypes.sizeof(wlanapi.NotificationData) == wlan["WLAN_NOTIFICATION_DATA"][0]
    assert wlanapi.HEAD == wlan["WLAN_BSS_LIST.wlanBssEntries"][0] == wlan["WLAN_INTERFACE_INFO_LIST.InterfaceInfo"][0]
    assert ctypes.sizeof(iphlpapi.Unicast) == ip["IP_ADAPTER_UNICAST_ADDRESS"][0]
    assert ctypes.sizeof(iphlpapi.Node) == ip["IP_ADAPTER_GATEWAY_ADDRESS"][0]
    assert ctypes.sizeof(iphlpapi.EchoReply) == ip["ICMP_ECHO_REPLY"][0]
    assert iphlpapi.ROUTE_BYTES == routes._ROW.size == ip["MIB_IPFORWARD_ROW2"][0]
    assert ip["MIB_IPFORWARD_TABLE2.Table"][0] == iphlpapi.TABLE_HEAD


def test_what_is_pointed_into_lies_where_the_header_puts_it():
    wlan, ip = layout("wlanapi64.txt"), layout("iphlpapi64.txt")
    assert iphlpapi.AdapterAddresses.dhcp_server.offset == ip["IP_ADAPTER_ADDRESSES.Dhcpv4Server"][0]
    assert iphlpapi.Node.sockaddr.offset == ip["IP_ADAPTER_UNICAST_ADDRESS.Address"][0]
    assert iphlpapi.Unicast.node.offset == 0
    association = wlan["WLAN_CONNECTION_ATTRIBUTES.wlanAssociationAttributes"][0]
    assert wlanapi.ConnectionAttributes.ssid.offset == association
    assert wlanapi.ConnectionAttributes.bssid.offset == association + ctypes.sizeof(wlanapi.Ssid) + 4


def test_constants_are_the_headers():
    wlan, ip = layout("wlanapi64.txt"), layout("iphlpapi64.txt")
    assert wlan["WLAN_NOTIFICATION_SOURCE_ACM"] == (wlanapi.ACM,)
    assert wlan["wlan_notification_acm_scan_complete"] == (wlanapi.SCAN_COMPLETE,)
    assert wlan["wlan_notification_acm_scan_fail"] == (wlanapi.SCAN_FAIL,)
    assert ip["IP_UNICAST_IF"] == (binding.IP_UNICAST_IF,)
    assert ip["IpDadStatePreferred"] == (iphlpapi.PREFERRED,)
    assert ip["IpDadStateDeprecated"] == (iphlpapi.DEPRECATED,)
    assert ip["IP_ADAPTER_DHCP_ENABLED"] == (iphlpapi.DHCP_ENABLED,)
    assert ip["IfOperStatusUp"] == (iphlpapi.OPERATIONAL,)
    flags = ("GAA_FLAG_SKIP_ANYCAST", "GAA_FLAG_SKIP_MULTICAST", "GAA_FLAG_INCLUDE_GATEWAYS")
    assert [ip[name] for name in flags] == [(iphlpapi.SKIP_ANYCAST,), (iphlpapi.SKIP_MULTICAST,), (iphlpapi.GATEWAYS,)]
    kinds = ("ETHERNET_CSMACD", "PPP", "SOFTWARE_LOOPBACK", "PROP_VIRTUAL", "IEEE80211", "TUNNEL")
    ours = (system.ETHERNET, system.PPP, system.LOOPBACK, system.VIRTUAL, system.WIFI, system.TUNNEL)
    assert [(number,) for number in ours] == [ip[f"IF_TYPE_{name}"] for name in kinds]

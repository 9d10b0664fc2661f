/* Prints sizes and offsets of the IP Helper structures as the real headers lay them out: iphlpapi64.txt.
   x86_64-w64-mingw32-gcc iphlpapi.c -o iphlpapi.exe && wine iphlpapi.exe   (Debian: gcc-mingw-w64-x86-64, wine64) */
#define _WIN32_WINNT 0x0A00
#include <winsock2.h>
#include <ws2ipdef.h>
#include <iphlpapi.h>
#include <icmpapi.h>
#include <stddef.h>
#include <stdio.h>
#define S(t) printf("sizeof %s %u\n", #t, (unsigned)sizeof(t))
#define O(t, f) printf("offsetof %s.%s %u %u\n", #t, #f, (unsigned)offsetof(t, f), (unsigned)sizeof(((t *)0)->f))

int main(void) {
  O(IP_ADAPTER_ADDRESSES, Length); O(IP_ADAPTER_ADDRESSES, IfIndex); O(IP_ADAPTER_ADDRESSES, Next);
  O(IP_ADAPTER_ADDRESSES, AdapterName); O(IP_ADAPTER_ADDRESSES, FirstUnicastAddress);
  O(IP_ADAPTER_ADDRESSES, FirstDnsServerAddress); O(IP_ADAPTER_ADDRESSES, Description); O(IP_ADAPTER_ADDRESSES, FriendlyName);
  O(IP_ADAPTER_ADDRESSES, PhysicalAddress); O(IP_ADAPTER_ADDRESSES, PhysicalAddressLength); O(IP_ADAPTER_ADDRESSES, Flags);
  O(IP_ADAPTER_ADDRESSES, Mtu); O(IP_ADAPTER_ADDRESSES, IfType); O(IP_ADAPTER_ADDRESSES, OperStatus);
  O(IP_ADAPTER_ADDRESSES, Ipv6IfIndex); O(IP_ADAPTER_ADDRESSES, FirstGatewayAddress); O(IP_ADAPTER_ADDRESSES, Ipv4Metric);
  O(IP_ADAPTER_ADDRESSES, Dhcpv4Server);
  S(IP_ADAPTER_UNICAST_ADDRESS); O(IP_ADAPTER_UNICAST_ADDRESS, Length); O(IP_ADAPTER_UNICAST_ADDRESS, Flags);
  O(IP_ADAPTER_UNICAST_ADDRESS, Next); O(IP_ADAPTER_UNICAST_ADDRESS, Address); O(IP_ADAPTER_UNICAST_ADDRESS, DadState);
  O(IP_ADAPTER_UNICAST_ADDRESS, OnLinkPrefixLength);
  S(IP_ADAPTER_DNS_SERVER_ADDRESS); O(IP_ADAPTER_DNS_SERVER_ADDRESS, Next); O(IP_ADAPTER_DNS_SERVER_ADDRESS, Address);
  S(IP_ADAPTER_GATEWAY_ADDRESS); O(IP_ADAPTER_GATEWAY_ADDRESS, Next); O(IP_ADAPTER_GATEWAY_ADDRESS, Address);
  S(SOCKET_ADDRESS); O(SOCKET_ADDRESS, lpSockaddr); O(SOCKET_ADDRESS, iSockaddrLength);
  S(SOCKADDR_IN); O(SOCKADDR_IN, sin_family); O(SOCKADDR_IN, sin_addr); O(SOCKADDR_IN6, sin6_addr);
  S(MIB_IPFORWARD_TABLE2); O(MIB_IPFORWARD_TABLE2, NumEntries); O(MIB_IPFORWARD_TABLE2, Table);
  S(MIB_IPFORWARD_ROW2); O(MIB_IPFORWARD_ROW2, InterfaceIndex); O(MIB_IPFORWARD_ROW2, DestinationPrefix);
  O(IP_ADDRESS_PREFIX, PrefixLength); O(MIB_IPFORWARD_ROW2, NextHop); O(MIB_IPFORWARD_ROW2, Metric);
  O(MIB_IPFORWARD_ROW2, Loopback); O(SOCKADDR_INET, Ipv4.sin_addr);
  S(ICMP_ECHO_REPLY); O(ICMP_ECHO_REPLY, Address); O(ICMP_ECHO_REPLY, Status); O(ICMP_ECHO_REPLY, Data);
  O(ICMP_ECHO_REPLY, DataSize);
  printf("const IfOperStatusUp %u\nconst IpDadStateDuplicate %u\n", IfOperStatusUp, IpDadStateDuplicate);
  printf("const IpDadStateDeprecated %u\nconst IpDadStatePreferred %u\n", IpDadStateDeprecated, IpDadStatePreferred);
  printf("const IP_ADAPTER_DHCP_ENABLED %u\nconst GAA_FLAG_INCLUDE_GATEWAYS %u\n", IP_ADAPTER_DHCP_ENABLED, GAA_FLAG_INCLUDE_GATEWAYS);
  printf("const GAA_FLAG_SKIP_ANYCAST %u\nconst GAA_FLAG_SKIP_MULTICAST %u\n", GAA_FLAG_SKIP_ANYCAST, GAA_FLAG_SKIP_MULTICAST);
  printf("const IP_UNICAST_IF %u\nconst IF_TYPE_IEEE80211 %u\nconst IF_TYPE_ETHERNET_CSMACD %u\n", IP_UNICAST_IF, IF_TYPE_IEEE80211, IF_TYPE_ETHERNET_CSMACD);
  printf("const IF_TYPE_PPP %u\nconst IF_TYPE_TUNNEL %u\nconst IF_TYPE_PROP_VIRTUAL %u\n", IF_TYPE_PPP, IF_TYPE_TUNNEL, IF_TYPE_PROP_VIRTUAL);
  printf("const IF_TYPE_SOFTWARE_LOOPBACK %u\n", IF_TYPE_SOFTWARE_LOOPBACK);
  return 0;
}

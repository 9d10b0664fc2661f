#!/bin/sh -e
# The first process of a site: builds its networks, says so, and lives until its standard input ends. It is started in
# network, mount and process namespaces of its own, so that everything ends with it. Arguments: folders that every user
# must be able to reach (the program and its interpreter), even when they lie in somebody's closed home.

read -r pid _ < /proc/self/stat     # as seen from outside
mount -t proc proc /proc
mount -t tmpfs -o mode=755 tmpfs /run        # hides D-Bus, NetworkManager, networkd and resolved of the machine
mount -t tmpfs -o mode=755 tmpfs /var/lib    # and its leases
mkdir -p /run/netns /run/site /run/open /var/lib/dhcp
mkdir -m 1777 /run/home

reachable() {
    closed=$1
    while closed=$(dirname "$closed"); [ "$closed" != / ]; do
        case $(stat -c %A "$closed") in
            *x) ;;
            *) mount --bind "$1" /run/open && mount -t tmpfs -o mode=755 tmpfs "$closed" &&
                mkdir -p "$1" && mount --move /run/open "$1" && return ;;
        esac
    done
}
for folder in "$@"; do [ -d "$folder" ] && reachable "$folder"; done

printf 'nameserver 192.168.50.1\n' > /run/resolv.conf
mount --bind /run/resolv.conf "$(readlink -f /etc/resolv.conf)"

for name in laptop router internet others modem; do ip netns add $name; done    # the last is mostly empty
# The bridge first: two ends of a cable that have the same index learn of each other a second later.
ip -batch - <<'END'
link add br0 address b8:27:eb:00:00:01 netns router type bridge
link add eth0 address 3c:52:82:00:00:57 netns laptop type veth peer name lan1 address b8:27:eb:00:00:11 netns router
link add eth0 address 00:1d:c0:00:00:99 netns others type veth peer name lan2 address b8:27:eb:00:00:12 netns router
END
ip netns exec laptop sh -ec '
    echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
    ip link set lo up
    ip link set eth0 up
    ip address add 192.168.50.57/24 broadcast + dev eth0
    ip route add default via 192.168.50.1 dev eth0 metric 100'
ip netns exec router sh -ec '
    echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
    echo 1 > /proc/sys/net/ipv4/ip_forward
    echo 0 > /proc/sys/net/ipv4/icmp_ratelimit    # a refusal is always told, whatever was refused before
    ip link set lo up
    for port in lan1 lan2; do ip link set $port master br0 up; done
    ip link set br0 up
    ip address add 192.168.50.1/24 broadcast + dev br0
    ip tuntap add wan0 mode tun
    ip link set wan0 up
    ip address add 198.51.100.2/32 peer 198.51.100.1 dev wan0
    ip route add default dev wan0'
ip netns exec internet sh -ec '
    echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
    ip link set lo up
    ip tuntap add wan0 mode tun
    ip link set wan0 up
    ip address add 198.51.100.1/32 peer 198.51.100.2 dev wan0'
ip netns exec others sh -ec '
    echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
    ip link set lo up
    ip link set eth0 up'

echo "$pid"
exec cat > /dev/null

import { BlockList, isIPv6 } from "node:net";

/*
 * Which addresses a workflow may call: those of the public Internet. Everything that leads into the network of the server, to the
 * server itself or to the metadata service of a cloud is refused, in each way in which it can be written.
 */

const closed = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8], // this network
  ["10.0.0.0", 8],
  ["100.64.0.0", 10], // carrier-grade NAT; some clouds keep their metadata service here
  ["127.0.0.0", 8],
  ["169.254.0.0", 16], // link-local: metadata services
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24], // documentation
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24], // 6to4 relays
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15], // benchmarks
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, broadcast
] as const)
  closed.addSubnet(network, prefix, "ipv4");

/** All that is public of IPv6 lies here, and these parts of it lead somewhere else. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");
for (const [network, prefix] of [
  ["2001::", 23], // protocol assignments, Teredo among them: an IPv4 address in disguise
  ["2001:db8::", 32],
  ["2002::", 16], // 6to4: an IPv4 address in disguise
  ["3fff::", 20],
] as const)
  closed.addSubnet(network, prefix, "ipv6");

/** `address` as the resolver or a parsed URL writes it, without brackets. */
export function isPublicAddress(address: string): boolean {
  if (!isIPv6(address)) return !closed.check(address, "ipv4");
  // A zone names a network card of this machine. Mapped and compatible IPv4 addresses are not global unicast.
  if (address.includes("%")) return false;
  return globalUnicast.check(address, "ipv6") && !closed.check(address, "ipv6");
}

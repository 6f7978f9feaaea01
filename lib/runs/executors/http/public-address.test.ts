import { expect, test } from "vitest";
import { parseAllowedHosts, refuseClosedAddress } from "./guarded-lookup";
import { isPublicAddress } from "./public-address";

test.each([
  "93.184.216.34",
  "1.1.1.1",
  "172.32.0.1",
  "100.128.0.1",
  "2606:4700:4700::1111",
  "2a00:1450:4001:81b::200e",
])("%s is public", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  ["127.0.0.1", "this machine"],
  ["127.255.255.254", "this machine"],
  ["0.0.0.0", "this machine"],
  ["10.1.2.3", "private"],
  ["172.16.0.1", "private"],
  ["172.31.255.255", "private"],
  ["192.168.1.1", "private"],
  ["169.254.169.254", "the metadata service of clouds"],
  ["100.100.100.200", "the metadata service of a cloud"],
  ["192.0.0.192", "the metadata service of a cloud"],
  ["198.18.0.1", "benchmarks"],
  ["224.0.0.1", "multicast"],
  ["255.255.255.255", "broadcast"],
  ["::", "this machine"],
  ["::1", "this machine"],
  ["::ffff:127.0.0.1", "mapped"],
  ["::ffff:a9fe:a9fe", "mapped, in hexadecimal"],
  ["::127.0.0.1", "compatible"],
  ["64:ff9b::a9fe:a9fe", "translated by NAT64"],
  ["64:ff9b:1::1", "translated by NAT64"],
  ["2002:7f00:1::", "6to4"],
  ["2001:0:7f00:1::", "Teredo"],
  ["2001:db8::1", "documentation"],
  ["fe80::1", "link-local"],
  ["fe80::1%lo", "link-local with a zone"],
  ["fc00::1", "unique local"],
  ["fd00:ec2::254", "the metadata service of a cloud"],
  ["fec0::1", "site-local"],
  ["ff02::1", "multicast"],
])("%s is not public: %s", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

const nothing = parseAllowedHosts("");

test.each([
  "http://127.0.0.1/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://0x7f.1/",
  "http://0177.0.0.1/",
  "http://127.1/",
  "http://0/",
  "http://[::1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://[0:0:0:0:0:ffff:7f00:1]/",
  "http://169.254.169.254/latest/meta-data/",
  "http://１２７.0.0.1/",
  "http://127。0。0。1/",
])("a URL may write a closed address as it likes: %s", (url) => {
  expect(() => refuseClosedAddress(new URL(url), nothing)).toThrow("not an address of the public Internet");
});

test("an operator opens a host by name or with a port, and nothing beside it", () => {
  const allowed = parseAllowedHosts(" 127.0.0.1:8080 , Intern.Example ");
  expect(() => refuseClosedAddress(new URL("http://127.0.0.1:8080/"), allowed)).not.toThrow();
  expect(() => refuseClosedAddress(new URL("http://127.0.0.1:8081/"), allowed)).toThrow();
  expect(() => refuseClosedAddress(new URL("http://127.0.0.1/"), allowed)).toThrow();
  expect(allowed.has("intern.example")).toBe(true);
});

import { lookup as resolve } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "./public-address";

/** Hosts that may be called although they are not public: `name`, `name:port`, or an address. */
export type AllowedHosts = ReadonlySet<string>;

export class RefusedAddress extends Error {
  constructor(host: string) {
    super(
      `${host} is not an address of the public Internet. An operator may allow it: STRATA_HTTP_ALLOW in the worker's environment.`,
    );
    this.name = "RefusedAddress";
  }
}

export function parseAllowedHosts(list: string | undefined): AllowedHosts {
  const hosts = (list ?? "").split(",").map((host) => host.trim().toLowerCase());
  return new Set(hosts.filter((host) => host !== ""));
}

export function isAllowed(url: URL, allowed: AllowedHosts): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return allowed.has(url.hostname) || allowed.has(`${url.hostname}:${port}`);
}

/** Of a URL whose host is an address there is nothing to look up, so it is judged here. */
export function refuseClosedAddress(url: URL, allowed: AllowedHosts): void {
  const address = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(address) !== 0 && !isAllowed(url, allowed) && !isPublicAddress(address))
    throw new RefusedAddress(address);
}

/**
 * Resolves a name for one connection and judges what came of it. The connection is made to the addresses that were judged: asking
 * again later could get another answer (DNS rebinding). One closed address among public ones refuses the name.
 */
export function guardedLookup(url: URL, allowed: AllowedHosts): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const open = isAllowed(url, allowed) || addresses.every(({ address }) => isPublicAddress(address));
      if (!open) return callback(new RefusedAddress(hostname), []);
      const [first] = addresses;
      if (options.all) callback(null, addresses);
      else callback(null, first?.address ?? "", first?.family);
    });
  };
}

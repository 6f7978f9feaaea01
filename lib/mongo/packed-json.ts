import { deflateSync, inflateSync } from "node:zlib";
import { Binary } from "mongodb";

/** JSON as deflated bytes: for a value that lies in a document which is written often, and is itself read seldom. */
export function packJson(value: unknown): Binary {
  return new Binary(deflateSync(JSON.stringify(value)));
}

/** To be parsed: what a store gives back is not known to be what was put there. */
export function unpackJson(packed: Binary): unknown {
  return JSON.parse(inflateSync(packed.value()).toString("utf8"));
}

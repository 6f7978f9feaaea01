/*
 * What a document of the database can hold and give back unchanged.
 */

/** A JSON value as a document holds it: integers beyond the safe range of a double are bigints (int64). */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | JsonValue[]
  | { [key: string]: JsonValue };

/** Documents nest less deep than this; what goes deeper lives in its text alone. */
export const maxDocumentDepth = 80;

/** Integers end there; null for one beyond. */
export function asInt64(integer: bigint): bigint | null {
  return BigInt.asIntN(64, integer) === integer ? integer : null;
}

/** Keys that a document or a JavaScript object would refuse, interpret, or move to another place. */
export function isDocumentKey(key: string): boolean {
  // Names that every object has by birth: the driver takes such a field for one of its own options (fieldsAsRaw).
  if (key === "" || key in Object.prototype || key === "_bsontype") return false;
  return !key.startsWith("$") && !key.includes("\0") && !/^\d+$/.test(key);
}

import "server-only";
import { BSON, type Document } from "mongodb";

/** Bytes of a document as it is sent to the database; the same before it is written and after it is read back. */
export function documentSize(document: Document): number {
  return BSON.calculateObjectSize(document);
}

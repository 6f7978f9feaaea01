import { ObjectId } from "mongodb";

/** A fresh id. Domains get it here, so that no module outside lib/mongo handles the driver. */
export function newObjectId(): ObjectId {
  return new ObjectId();
}

import { ObjectId } from "mongodb";

/** A fresh id. Domains get it here, so that no module outside lib/mongo handles the driver. */
export function newObjectId(): ObjectId {
  return new ObjectId();
}

/** The id that these 24 hexadecimal digits name. */
export function objectIdFrom(digits: string): ObjectId {
  return ObjectId.createFromHexString(digits);
}

/** Ids that were made before this second are smaller, those made later larger. */
export function objectIdAt(time: Date): ObjectId {
  return ObjectId.createFromTime(Math.floor(time.getTime() / 1000));
}

import { MongoBulkWriteError, MongoError, MongoErrorLabel, MongoServerError } from "mongodb";

const duplicateKey = 11000;
const namespaceNotFound = 26;

/** A unique index refused the write: the document is there already. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === duplicateKey;
}

/** There is no collection of this name yet. */
export function isMissingCollection(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === namespaceNotFound;
}

/**
 * How many documents an unordered bulk write inserted when all it could not insert was there already; null when
 * anything else went wrong.
 */
export function insertedBesideDuplicates(error: unknown): number | null {
  if (!(error instanceof MongoBulkWriteError)) return null;
  const failures = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  const onlyDuplicates = failures.length > 0 && failures.every((failure) => failure.code === duplicateKey);
  return onlyDuplicates && !error.result.getWriteConcernError() ? error.insertedCount : null;
}

/** The driver's errors when no server answers, or stopped answering. */
const noAnswer =
  /^Mongo(Network|NetworkTimeout|ServerSelection|PoolCleared|WaitQueueTimeout|NotConnected)Error$/;

/** MongoDB is away or changing hands: the same request may succeed in a moment. */
export function isMongoAway(error: unknown): boolean {
  if (!(error instanceof MongoError)) return false;
  return (
    noAnswer.test(error.name) ||
    error.hasErrorLabel(MongoErrorLabel.RetryableWriteError) ||
    error.hasErrorLabel(MongoErrorLabel.TransientTransactionError)
  );
}

const duplicateKey = 11000;

/** A unique index refused the write: somebody, perhaps this very process before it was killed, wrote it first. */
export function isDuplicate(error: unknown): boolean {
  return codeOf(error) === duplicateKey;
}

/** An unordered insert in which everything that failed was there already. */
export function onlyDuplicates(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("writeErrors" in error)) return isDuplicate(error);
  const failures = [error.writeErrors].flat();
  return failures.length > 0 && failures.every((failure) => codeOf(failure) === duplicateKey);
}

function codeOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return Number(error.code);
}

/** What a search has taken from the object store so far. */
export interface SearchCost {
  bytesRead: number;
  objectsRead: number;
}

/** Compressed bytes that this process scans in a millisecond, as it went lately. */
let bytesPerMs = 40_000;
/** A read from the store takes this long before its first byte, about. */
const msPerRead = 10;

export function noteScan(bytes: number, ms: number): void {
  // Small scans say more about waiting than about reading.
  if (bytes < 1_000_000 || ms <= 0) return;
  bytesPerMs = bytesPerMs * 0.7 + (bytes / ms) * 0.3;
}

export function estimateMs(bytes: number, reads: number): number {
  return Math.round(bytes / bytesPerMs + reads * msPerRead);
}

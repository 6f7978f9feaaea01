/** Rows that came while nobody could have read them, first and last. They exist: opening the fold reads them. */
export interface Fold {
  from: number;
  to: number;
}

/** Rows a second that a screen can show so that something of them is seen. */
const readablePerSecond = 500;
/** Rows of each burst that are drawn, so that one sees what is going on. */
const drawn = 40;
/** After a quiet time a burst may be as long as what would have come in this. */
const longestMs = 2_000;
/** More folds than this are joined from the oldest on, whatever was drawn between them. */
const mostFolds = 50;

/** What of the rows `first` to `next - 1`, come within `elapsedMs`, is folded; null when one can keep up with them. */
export function foldWhatIsTooFast(came: { first: number; next: number; elapsedMs: number }): Fold | null {
  const { first, next, elapsedMs } = came;
  const readable = (readablePerSecond * Math.min(longestMs, Math.max(0, elapsedMs))) / 1000;
  const count = next - first;
  if (count <= Math.max(readable, 2 * drawn)) return null;
  return { from: first, to: next - drawn - 1 };
}

/** A bounded number of folds, ascending. */
export function joinedFolds(folds: readonly Fold[]): Fold[] {
  const [oldest, second, ...rest] = folds;
  if (!oldest || !second || folds.length <= mostFolds) return [...folds];
  return [{ from: oldest.from, to: second.to }, ...rest];
}

export function withoutFold(folds: readonly Fold[], from: number): Fold[] {
  return folds.filter((fold) => fold.from !== from);
}

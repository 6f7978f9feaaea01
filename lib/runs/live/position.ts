/**
 * How far a reader of a run has come: the newest change of a task it was told of, by the database's clock, and the number of
 * the run's own figures. Both are stored with the run, so any process can go on from it, also one that was started since.
 */
export interface Position {
  changedAtMs: number;
  aggSeq: number;
}

const written = /^(\d{1,16})\.(\d{1,10})$/;

export function positionText({ changedAtMs, aggSeq }: Position): string {
  return `${changedAtMs}.${aggSeq}`;
}

/** Null for what is no position: such a reader reads the run anew. */
export function positionFrom(text: string | null): Position | null {
  const [, changedAtMs, aggSeq] = written.exec(text ?? "") ?? [];
  if (changedAtMs === undefined || aggSeq === undefined) return null;
  return { changedAtMs: Number(changedAtMs), aggSeq: Number(aggSeq) };
}

import type { ReadEntry } from "../entry-line";
import { FieldCounter, type FieldCounts } from "../facets/field-counts";
import type { Span } from "../spans";
import { Drain, type LocatedTemplate } from "../templates/drain";

/** What is counted of a stretch of rows: of a chunk when it is archived, of rows in MongoDB when somebody asks. */
export interface TemplateSource extends Span {
  startTime: Date;
  endTime: Date;
  templates: LocatedTemplate[];
  /** Rows in none of `templates`. */
  other: number;
  /** False when these rows were not looked at. */
  known: boolean;
  /** Sequence numbers in a slot of `seen.slots`; absent where nothing says where in the stretch a template stands. */
  slotWidth?: number;
  /** Absent when the fields of these rows were not counted. */
  facets?: FieldCounts;
  /** The chunk of these rows; absent for rows in MongoDB. */
  chunkNumber?: number;
}

/** Counts rows one by one, in ascending sequence. */
export class RowFigures {
  private readonly drain = new Drain();
  private readonly fields = new FieldCounter();
  private earliest = Number.POSITIVE_INFINITY;
  private latest = Number.NEGATIVE_INFINITY;
  rows = 0;

  add({ seq, at, level, message, metadataText }: ReadEntry): void {
    const time = at.getTime();
    this.drain.add(message, seq, time, level);
    if (metadataText !== null) this.fields.addText(metadataText);
    this.earliest = Math.min(this.earliest, time);
    this.latest = Math.max(this.latest, time);
    this.rows++;
  }

  /** Null when there was no row. */
  toSource(span: Span): TemplateSource | null {
    if (this.rows === 0) return null;
    const { drain, fields, earliest, latest } = this;
    return {
      ...span,
      startTime: new Date(earliest),
      endTime: new Date(latest),
      templates: drain.templates(),
      other: drain.other,
      known: true,
      slotWidth: drain.slotWidth,
      facets: fields.toCounts(),
    };
  }
}

export function rowsOf({ templates, other }: TemplateSource): number {
  return templates.reduce((sum, { count }) => sum + count, other);
}

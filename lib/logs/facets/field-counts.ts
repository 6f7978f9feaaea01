import { scanObject } from "../json-text";
import { rankOf } from "./known-fields";

/** How often each value of a metadata field stands in a stretch of rows. */
export interface CountedField {
  /** As queries write it: `node`, `labels.app`, `attributes["http.method"]`. */
  path: string;
  /** Rows that have a text, a number or a truth value there; those with a value that is not listed as well. */
  rows: number;
  /** Most frequent first. None when the field has too many different ones to choose from. */
  values: { value: string; count: number }[];
}

export interface FieldCounts {
  fields: CountedField[];
  /** False when there were more fields than are noted: a field that is not listed may be in some rows all the same. */
  complete: boolean;
}

/** Where OTLP and Loki keep what other producers say at the top. */
const containers: readonly string[] = ["attributes", "labels", "resource", "structuredMetadata"];

/** With more different values a field is an id or a measurement, and nobody picks one from a list. */
const mostValuesCounted = 200;
const mostFieldsCounted = 64;
const longestValue = 100;
const longestPath = 100;

const fieldsListed = 12;
const valuesListed = 50;
const fieldsNamed = 40;

interface Tally {
  path: string;
  rows: number;
  /** Null once there were too many. */
  values: Map<string, number> | null;
}

/**
 * Counts values of metadata fields with bounded memory, whatever producers write. What is counted is exact: a listed value
 * stands in so many rows as the query `eq:<path>:<value>` finds, and `rows` says how many more the field stands in.
 */
export class FieldCounter {
  private readonly top = new Map<string, Tally | null>();
  private readonly nested = new Map<string, Map<string, Tally | null>>();
  private readonly tallies: Tally[] = [];
  private complete = true;

  /** The metadata of a stored entry. */
  addDocument(metadata: unknown): void {
    if (!isRecord(metadata)) return;
    for (const key in metadata) {
      const value = metadata[key];
      if (!containers.includes(key) || !isRecord(value)) this.count(this.top, "", key, writtenValue(value));
      else {
        const inside = this.inside(key);
        for (const name in value) this.count(inside, key, name, writtenValue(value[name]));
      }
    }
  }

  /** Metadata as JSON text: numbers count as they are written there. */
  addText(json: string): void {
    for (const { key, value, text } of fieldsIn(json)) {
      if (!containers.includes(key) || !text.startsWith("{")) {
        this.count(this.top, "", key, writtenText(value, text));
        continue;
      }
      const inside = this.inside(key);
      for (const field of fieldsIn(text))
        this.count(inside, key, field.key, writtenText(field.value, field.text));
    }
  }

  toCounts(): FieldCounts {
    const fields = this.tallies.map(fieldOf).sort(byUse);
    const listed = fields.filter(({ values }) => values.length > 0).slice(0, fieldsListed);
    const named = fields
      .filter((field) => !listed.includes(field))
      .map(({ path, rows }): CountedField => ({ path, rows, values: [] }));
    const kept = [...listed, ...named].slice(0, fieldsNamed);
    return { fields: kept, complete: this.complete && kept.length === fields.length };
  }

  private inside(container: string): Map<string, Tally | null> {
    let inside = this.nested.get(container);
    if (!inside) {
      inside = new Map();
      this.nested.set(container, inside);
    }
    return inside;
  }

  /** `value` is undefined for what no list of values shows, and null for a value that is there but not counted by itself. */
  private count(
    places: Map<string, Tally | null>,
    container: string,
    key: string,
    value: string | null | undefined,
  ): void {
    if (value === undefined) return;
    let tally = places.get(key);
    if (tally === undefined) {
      tally = this.begin(container, key);
      if (tally || places.size < mostFieldsCounted) places.set(key, tally);
    }
    if (!tally) return;
    tally.rows++;
    const { values } = tally;
    if (value === null || !values) return;
    values.set(value, (values.get(value) ?? 0) + 1);
    if (values.size > mostValuesCounted) tally.values = null;
  }

  private begin(container: string, key: string): Tally | null {
    const path = pathOf(container, key);
    if (this.tallies.length >= mostFieldsCounted || path.length > longestPath || !path.isWellFormed()) {
      this.complete = false;
      return null;
    }
    const tally: Tally = { path, rows: 0, values: new Map() };
    this.tallies.push(tally);
    return tally;
  }
}

/** A key as a path of queries; one that a path would read in another way is quoted. */
export function pathOf(container: string, key: string): string {
  if (!/^[\w$@/ -]+$/.test(key)) return `${container}[${JSON.stringify(key)}]`;
  return container === "" ? key : `${container}.${key}`;
}

/** The fields of an object. One that says the same thing twice is one row of it, as for a query. */
function fieldsIn(json: string): { key: string; value: unknown; text: string }[] {
  const fields = scanObject(json).map(({ key, value, start, end, repeated }) => {
    return { key, value, text: json.slice(start, end), repeated };
  });
  return fields.filter(
    ({ key, text, repeated }, place) =>
      !repeated || fields.findIndex((other) => other.key === key && other.text === text) === place,
  );
}

function fieldOf({ path, rows, values }: Tally): CountedField {
  const ranked = [...(values ?? [])].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const listed = ranked.slice(0, valuesListed).map(([value, count]) => ({ value, count }));
  const inList = listed.reduce((sum, { count }) => sum + count, 0);
  // A list that shows less than half of the rows, or as good as one row a value, is no choice.
  const tells = inList * 2 >= rows && (listed.length <= 10 || listed.length * 2 <= inList);
  return { path, rows, values: tells ? listed : [] };
}

/** Well-known fields and those that most rows have come first; the same rows give the same order. */
export function byUse(a: CountedField, b: CountedField): number {
  return (
    rankOf(a.path) - rankOf(b.path) ||
    b.rows - a.rows ||
    a.values.length - b.values.length ||
    (a.path < b.path ? -1 : 1)
  );
}

function writtenValue(value: unknown): string | null | undefined {
  switch (typeof value) {
    case "string":
      return shortText(value);
    case "number":
      return Number.isSafeInteger(value) ? String(value) : null;
    case "boolean":
      return String(value);
    case "bigint":
      return null;
    default:
      return undefined;
  }
}

function writtenText(value: unknown, text: string): string | null | undefined {
  const written = writtenValue(value);
  return written != null && typeof value === "number" ? shortText(text) : written;
}

function shortText(text: string): string | null {
  return text.length <= longestValue && text.isWellFormed() ? text : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  // A document read from the database may have no prototype of its own; what a driver made of a value has another one.
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

import "server-only";
import { ScopedCollection } from "@/lib/mongo/scoped";
import { DirectoryStore } from "@/lib/objects/directory";
import { here, type Interleaving, type Process } from "./interleave";
import { eachAlone, idsOf, insertedAlone, sumOf } from "./one-by-one";
import { atMoment } from "./virtual-clock";

/*
 * Every operation of a scoped collection asks for its turn, where an interleaving runs. A store promises that a write to one
 * document is atomic, and no more than that: a write to many is played as one write after the other, each in a turn of its own,
 * so that others get in between and a process dies in the middle of it.
 */

type Method = (this: unknown, ...args: unknown[]) => unknown;

const reads = ["findOne", "countDocuments"] as const;
const singleWrites = ["insertOne", "updateOne", "findOneAndUpdate", "deleteMany"] as const;

let closed = false;

/** Puts the gate before the store of this process. Code outside of interleavings does not notice it. */
export function closeGate(): void {
  if (closed) return;
  closed = true;
  for (const name of reads) replace(name, (call) => call.turn());
  for (const name of singleWrites) replace(name, (call) => call.turn());
  replace("updateMany", (call) => {
    const [filter, update] = call.args;
    return updatedAlone(call, filter, update);
  });
  replace("bulkUpdate", async (call) => {
    const [operations] = call.args;
    const answers = await eachAlone(operations, (operation) => {
      const part = (name: string): unknown => Reflect.get(Object(operation), name);
      if (part("many") !== true) return call.turn("bulkUpdate", [[operation]]);
      return updatedAlone(call, part("filter"), part("update"));
    });
    return sumOf(answers);
  });
  replace("insertMany", (call) => {
    const [documents, options] = call.args;
    return insertedAlone(documents, (document) => call.turn("insertMany", [[document], options]));
  });
  for (const name of ["find", "aggregate"] as const) replace(name, (call) => new GatedCursor(call));
  for (const name of ["put", "get"] as const) gateObjects(name);
}

/** Each document that is found is looked at again when it is its turn: by then it may be another. */
async function updatedAlone(call: Call, filter: unknown, update: unknown) {
  const ids = await idsOf(() => call.turn("find", [filter, { projection: { _id: 1 }, sort: { _id: 1 } }]));
  return sumOf(await eachAlone(ids, (_id) => call.turn("updateOne", [{ $and: [{ _id }, filter] }, update])));
}

interface Call {
  args: unknown[];
  /** The call itself, or another one of the same collection, when it is this process's turn. */
  turn(name?: string, args?: unknown[], steps?: Step[]): Promise<unknown>;
}

/** What is asked of a cursor before it is read. */
type Step = [name: "sort" | "limit" | "project", value: unknown];

/** Asks for its turn when it is read, as it goes to the store only then. */
class GatedCursor {
  private readonly steps: Step[] = [];

  constructor(private readonly call: Call) {}

  sort(value: unknown): this {
    return this.with(["sort", value]);
  }

  limit(value: unknown): this {
    return this.with(["limit", value]);
  }

  project(value: unknown): this {
    return this.with(["project", value]);
  }

  toArray(): Promise<unknown> {
    return this.call.turn(undefined, undefined, this.steps);
  }

  private with(step: Step): this {
    this.steps.push(step);
    return this;
  }
}

function replace(name: string, gated: (call: Call) => unknown): void {
  const prototype: object = ScopedCollection.prototype;
  const original = methodOf(prototype, name);
  originals.set(name, original);
  Reflect.set(prototype, name, function (this: object, ...args: unknown[]) {
    const at = here();
    if (!at) return Reflect.apply(original, this, args);
    return gated({
      args,
      turn: (other = name, changed = args, steps = []) =>
        turnOf(at.interleaving, at.process, this, other, changed, steps),
    });
  });
}

const originals = new Map<string, Method>();

function turnOf(
  interleaving: Interleaving,
  process: Process,
  collection: object,
  name: string,
  args: unknown[],
  steps: Step[],
): Promise<unknown> {
  const original = originals.get(name);
  if (!original) throw new Error(`${name} is not behind the gate`);
  const where = collectionName(collection);
  return interleaving.operation(process, `${name} ${where}`, async () => {
    const asked: unknown = Reflect.apply(original, collection, atMoment(args, interleaving.clock.now));
    const answer: unknown = await (isCursor(asked) ? allOf(asked, steps) : asked);
    const [first] = args;
    const inserted = name === "insertMany" && Array.isArray(first) ? first : [];
    return { answer, wrote: hasWritten(name, answer) ? { collection: where, inserted } : null };
  });
}

function hasWritten(name: string, answer: unknown): boolean {
  if (name === "findOneAndUpdate") return answer !== null;
  const figures: object = typeof answer === "object" && answer !== null ? answer : {};
  return ["modifiedCount", "upsertedCount", "insertedCount", "deletedCount", "insertedId"].some((figure) =>
    Boolean(Reflect.get(figures, figure)),
  );
}

function collectionName(collection: object): string {
  const inner: unknown = Reflect.get(collection, "collection");
  return typeof inner === "object" && inner !== null ? String(Reflect.get(inner, "collectionName")) : "";
}

function isCursor(asked: unknown): asked is { toArray: () => Promise<unknown> } {
  return typeof asked === "object" && asked !== null && "toArray" in asked;
}

function allOf(cursor: { toArray: () => Promise<unknown> }, steps: Step[]): Promise<unknown> {
  for (const [name, value] of steps) Reflect.apply(methodOf(cursor, name), cursor, [value]);
  return cursor.toArray();
}

/** The object store as well: a process may die between the bytes of an artifact and its document. */
function gateObjects(name: "put" | "get"): void {
  const original = methodOf(DirectoryStore.prototype, name);
  Reflect.set(DirectoryStore.prototype, name, function (this: object, ...args: unknown[]) {
    const at = here();
    if (!at) return Reflect.apply(original, this, args);
    return at.interleaving.operation(at.process, `${name} object`, async () => {
      return { answer: await Reflect.apply(original, this, args), wrote: null };
    });
  });
}

function methodOf(owner: object, name: string): Method {
  const found: unknown = Reflect.get(owner, name);
  if (!isMethod(found)) throw new Error(`There is no ${name} to be put behind the gate`);
  return found;
}

function isMethod(value: unknown): value is Method {
  return typeof value === "function";
}

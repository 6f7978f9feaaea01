import "server-only";
import { ScopedCollection } from "@/lib/mongo/scoped";
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
  replace("updateMany", async (call) => {
    const [filter, update, options] = call.args;
    const ids = await idsOf(() => call.turn("find", [filter, { projection: { _id: 1 }, sort: { _id: 1 } }]));
    return sumOf(
      await eachAlone(ids, (_id) => call.turn("updateOne", [{ $and: [{ _id }, filter] }, update, options])),
    );
  });
  replace("bulkUpdate", async (call) => {
    const [operations, options] = call.args;
    return sumOf(await eachAlone(operations, (operation) => call.turn("bulkUpdate", [[operation], options])));
  });
  replace("insertMany", (call) => {
    const [documents, options] = call.args;
    return insertedAlone(documents, (document) => call.turn("insertMany", [[document], options]));
  });
  for (const name of ["find", "aggregate"] as const) {
    replace(name, (call) => ({ toArray: () => call.turn() }));
  }
}

interface Call {
  args: unknown[];
  /** The call itself, or another one of the same collection, when it is this process's turn. */
  turn(name?: string, args?: unknown[]): Promise<unknown>;
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
      turn: (other = name, changed = args) => turnOf(at.interleaving, at.process, this, other, changed),
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
): Promise<unknown> {
  const original = originals.get(name);
  if (!original) throw new Error(`${name} is not behind the gate`);
  const where = collectionName(collection);
  return interleaving.operation(process, `${name} ${where}`, async () => {
    const asked: unknown = Reflect.apply(original, collection, atMoment(args, interleaving.clock.now));
    const answer: unknown = await (hasToArray(asked) ? asked.toArray() : asked);
    return { answer, wrote: hasWritten(name, answer) ? where : null };
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

function hasToArray(asked: unknown): asked is { toArray: () => Promise<unknown> } {
  return typeof asked === "object" && asked !== null && "toArray" in asked;
}

function methodOf(owner: object, name: string): Method {
  const found: unknown = Reflect.get(owner, name);
  if (!isMethod(found)) throw new Error(`A scoped collection has no ${name}`);
  return found;
}

function isMethod(value: unknown): value is Method {
  return typeof value === "function";
}

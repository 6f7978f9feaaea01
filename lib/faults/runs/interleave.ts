import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate as turn } from "node:timers/promises";
import { ScopedCollection } from "@/lib/mongo/scoped";
import type { Random } from "@/lib/seeded-random";

/*
 * Lets actors run against the real store one operation at a time, in an order that a seed decides. Between any two operations
 * of one actor any number of operations of the others may come, and an actor may never go on: what a process is like that is
 * slow, paused or dead.
 */

/** Ends an actor where it stands. */
export class Killed extends Error {
  constructor() {
    super("killed");
  }
}

interface Waiting {
  actor: Actor;
  go: () => Promise<void>;
  kill: () => void;
}

interface Actor {
  readonly name: string;
  /** Not to be chosen before this step. */
  pausedUntil: number;
}

const current = new AsyncLocalStorage<Interleaving>();
const actorNow = new AsyncLocalStorage<Actor>();

export interface Chances {
  /** That an actor is killed before an operation, and that it is paused there. */
  kill: number;
  pause: number;
}

export class Interleaving {
  private readonly waiting: Waiting[] = [];
  private readonly actors = new Set<Actor>();
  private steps = 0;
  kills = 0;

  constructor(
    private readonly random: Random,
    public chances: Chances,
  ) {
    patchStore();
  }

  /** Starts an actor. When it ends, or is killed, `next` says what comes in its place. */
  start(name: string, act: () => Promise<void>, next: () => void, failed: (error: unknown) => void): void {
    const actor: Actor = { name, pausedUntil: 0 };
    this.actors.add(actor);
    const run = async () => {
      try {
        await act();
      } catch (error) {
        if (!(error instanceof Killed)) failed(error);
      }
      this.actors.delete(actor);
      next();
    };
    void current.run(this, () => actorNow.run(actor, run));
  }

  /** One operation of one actor. False when nobody is to go on. */
  async step(): Promise<boolean> {
    await settled();
    this.steps++;
    const ready = this.waiting.filter(({ actor }) => actor.pausedUntil <= this.steps);
    const pool = ready.length > 0 ? ready : this.waiting;
    const [first] = pool;
    if (!first) return false;
    const chosen = pool[this.random.whole(0, pool.length - 1)] ?? first;
    const { actor } = chosen;
    if (this.random.chance(this.chances.pause)) actor.pausedUntil = this.steps + this.random.whole(20, 120);
    if (this.random.chance(this.chances.kill)) {
      this.kills++;
      // All that it waits for: a process dies as a whole.
      for (const one of this.waiting.filter((each) => each.actor === actor)) {
        this.waiting.splice(this.waiting.indexOf(one), 1);
        one.kill();
      }
      return true;
    }
    this.waiting.splice(this.waiting.indexOf(chosen), 1);
    await chosen.go();
    return true;
  }

  /** Ends all actors: nothing may go on behind the back of the next seed. */
  async close(): Promise<void> {
    this.chances = { kill: 1, pause: 0 };
    while (await this.step());
  }

  /** Waits for its turn, then does the operation alone. */
  operation<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({
        actor,
        kill: () => reject(new Killed()),
        go: async () => {
          const result = work();
          await result.catch(() => {});
          resolve(result);
        },
      });
    });
  }
}

/** A point where an actor waits for its turn without touching the store. */
export function yieldTurn(): Promise<void> {
  return gated(async () => {});
}

function gated<T>(work: () => Promise<T>): Promise<T> {
  const interleaving = current.getStore();
  const actor = actorNow.getStore();
  return interleaving && actor ? interleaving.operation(actor, work) : work();
}

/** Until every actor waits for its turn or has ended: what they do in between touches no store. */
async function settled(): Promise<void> {
  for (let n = 0; n < 3; n++) await turn();
}

let patched = false;

/** Every operation of a scoped store asks for its turn, where an interleaving runs. */
function patchStore(): void {
  if (patched) return;
  patched = true;
  const methods = [
    "findOne",
    "countDocuments",
    "insertOne",
    "insertMany",
    "updateOne",
    "updateMany",
    "findOneAndUpdate",
    "bulkUpdate",
    "deleteMany",
  ] as const;
  const prototype: object = ScopedCollection.prototype;
  for (const name of methods) {
    const original: unknown = Reflect.get(prototype, name);
    if (typeof original !== "function") throw new Error(`A scoped collection has no ${name}`);
    Reflect.set(prototype, name, function (this: unknown, ...args: unknown[]) {
      return gated(async () => Reflect.apply(original, this, args));
    });
  }
  for (const name of ["find", "aggregate"] as const) {
    const original: unknown = Reflect.get(prototype, name);
    if (typeof original !== "function") throw new Error(`A scoped collection has no ${name}`);
    Reflect.set(prototype, name, function (this: unknown, ...args: unknown[]) {
      return withGatedRead(Reflect.apply(original, this, args));
    });
  }
}

/** A cursor asks for its turn when it is read, as it goes to the store only then. */
function withGatedRead(cursor: object): object {
  const toArray: unknown = Reflect.get(cursor, "toArray");
  if (typeof toArray !== "function") throw new Error("A cursor has no toArray");
  Reflect.set(cursor, "toArray", () => gated(async () => Reflect.apply(toArray, cursor, [])));
  return cursor;
}

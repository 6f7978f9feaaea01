import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate as turn } from "node:timers/promises";
import type { Random } from "@/lib/seeded-random";
import { VirtualClock } from "./virtual-clock";

/*
 * Lets processes run against the real store one operation at a time, in an order and at times that a seed decides. Between any
 * two operations of one process any number of operations of the others may come, minutes may pass, and a process may never go
 * on: what a process is like that is slow, paused or dead. Many of these run in one real process at once; none sees another.
 */

/** Ends a process where it stands. */
export class Killed extends Error {
  constructor() {
    super("killed");
  }
}

/** What dies as a whole, and has a clock of its own that is off by as much as it is off. */
export interface Process {
  readonly name: string;
  readonly clockSkewMs: number;
  /** How many times likelier than others it is to be killed. */
  readonly frailty: number;
  pausedUntil: number;
  alive: boolean;
}

interface Turn {
  process: Process;
  /** Not before this moment of the clock. */
  due: number;
  isOperation: boolean;
  go: () => Promise<void>;
  kill: () => void;
}

export interface Chances {
  /** Before an operation: that its process is killed, and that it is paused. */
  kill: number;
  pause: number;
  /** Before a step: that everybody has been asleep for longer than a lease, or than the grace time. */
  sleep: number;
}

/** What an operation changed. */
export interface Write {
  collection: string;
  inserted: unknown[];
}

interface Place {
  interleaving: Interleaving;
  process: Process;
}

const place = new AsyncLocalStorage<Place | undefined>();

/** Where the code that asks is being run; undefined outside of any interleaving, and within an operation of the store. */
export function here(): Place | undefined {
  return place.getStore();
}

const skewsMs = [0, 0, -5_000, 5_000, -1_200, 1_200] as const;
const pausesMs = [200, 900, 2_500, 33_000, 70_000] as const;
const sleepsMs = [16_000, 31_000, 62_000] as const;

export class Interleaving {
  readonly clock = new VirtualClock();
  private readonly turns: Turn[] = [];
  private readonly processes = new Set<Process>();
  steps = 0;
  operations = 0;
  kills = 0;
  /** What happened in which order, as one number: two plays of a seed are the same if theirs is. */
  trace = 0;

  constructor(
    private readonly random: Random,
    public chances: Chances,
    /** Looks at what is stored, after each operation that changed something and before the next of anybody. */
    private readonly look: (write: Write) => Promise<void>,
  ) {}

  /** Starts a process; `ended` is told how it came to its end. */
  start(
    name: string,
    act: () => Promise<void>,
    ended: (how: "done" | "killed", failure: unknown) => void,
    frailty = 1,
  ): void {
    const clockSkewMs = this.random.pick(skewsMs);
    const process: Process = { name, clockSkewMs, frailty, pausedUntil: 0, alive: true };
    this.processes.add(process);
    const live = async () => {
      let how: "done" | "killed" = "done";
      let failure: unknown = null;
      try {
        await act();
      } catch (error) {
        if (error instanceof Killed) how = "killed";
        else failure = error;
      }
      this.end(process);
      ended(how, failure);
    };
    void place.run({ interleaving: this, process }, live);
  }

  /** One operation of one process. False when there is none to be done any more. */
  async step(): Promise<boolean> {
    await this.settled();
    if (this.turns.length === 0) return false;
    this.steps++;
    if (this.random.chance(this.chances.sleep)) this.clock.pass(this.random.pick(sleepsMs));
    // Nobody has anything to do: until somebody has.
    if (!this.turns.some((each) => this.isReady(each))) this.clock.until(this.nextWake());
    const ready = this.turns.filter((each) => this.isReady(each));
    const process = this.oneOf([...new Set(ready.map((each) => each.process))]);
    const chosen = this.oneOf(ready.filter((each) => each.process === process));
    this.clock.pass(this.random.whole(1, 40));
    if (chosen.isOperation && this.random.chance(this.chances.pause)) {
      process.pausedUntil = this.clock.now + this.random.pick(pausesMs);
    } else if (chosen.isOperation && this.random.chance(this.chances.kill * process.frailty)) {
      this.kills++;
      this.note(`${process.name} killed`);
      this.end(process);
    } else {
      this.turns.splice(this.turns.indexOf(chosen), 1);
      await chosen.go();
    }
    return true;
  }

  /** Ends all: nothing may go on behind the back of whatever comes next. */
  async close(): Promise<void> {
    for (const process of this.processes) this.end(process);
    await this.settled();
  }

  /** Waits for its turn, then does its work alone; `work` says whether it wrote to a collection. */
  operation<T>(
    process: Process,
    name: string,
    work: () => Promise<{ answer: T; wrote: Write | null }>,
  ): Promise<T> {
    return this.turn(process, { due: 0, isOperation: true }, async () => {
      this.note(`${process.name} ${name}`);
      this.operations++;
      const { answer, wrote } = await place.run(undefined, work);
      if (wrote !== null) {
        await place.run(undefined, () => this.look(wrote));
      }
      this.note(wrote?.collection ?? "read");
      return answer;
    });
  }

  /** A process that has nothing to do for a while. */
  rest(process: Process, ms: number): Promise<void> {
    const due = this.clock.now + ms;
    return this.turn(process, { due, isOperation: false }, async () => {});
  }

  /** A timer of a process: it goes off in its process, and not if that is dead by then. */
  timer(process: Process, ms: number, callback: () => void): void {
    const work = async () => place.run({ interleaving: this, process }, callback);
    this.turn(process, { due: this.clock.now + ms, isOperation: false }, work).catch(() => {});
  }

  private turn<T>(
    process: Process,
    when: Pick<Turn, "due" | "isOperation">,
    work: () => Promise<T>,
  ): Promise<T> {
    if (!process.alive) return Promise.reject(new Killed());
    return new Promise<T>((resolve, reject) => {
      this.turns.push({
        process,
        ...when,
        kill: () => reject(new Killed()),
        go: () => work().then(resolve, reject),
      });
    });
  }

  private isReady({ process, due }: Turn): boolean {
    return process.pausedUntil <= this.clock.now && due <= this.clock.now;
  }

  private nextWake(): number {
    return Math.min(...this.turns.map(({ process, due }) => Math.max(process.pausedUntil, due)));
  }

  /** All that it waits for ends: a process dies as a whole. */
  private end(process: Process): void {
    process.alive = false;
    this.processes.delete(process);
    for (const one of this.turns.filter((each) => each.process === process)) {
      this.turns.splice(this.turns.indexOf(one), 1);
      one.kill();
    }
  }

  /** Until every process waits for its turn: what it does in between touches no collection, but may ask another store. */
  private async settled(): Promise<void> {
    do await turn();
    while ([...this.processes].some((process) => !this.turns.some((each) => each.process === process)));
  }

  private oneOf<T>(choices: T[]): T {
    const chosen = choices[this.random.whole(0, choices.length - 1)];
    if (chosen === undefined) throw new Error("There is nothing to choose from");
    return chosen;
  }

  private note(what: string): void {
    for (let index = 0; index < what.length; index++)
      this.trace = (Math.imul(this.trace, 31) + what.charCodeAt(index)) | 0;
  }
}

/** A pause of the process that asks, by the clock of its interleaving. */
export async function rest(ms: number): Promise<void> {
  const at = here();
  if (at) await at.interleaving.rest(at.process, ms);
}

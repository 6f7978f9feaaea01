import "server-only";
import { randomBytes } from "node:crypto";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { Random } from "@/lib/demo/random";
import { switchObjectStore } from "@/lib/objects/store";
import type { Child, ChildPool } from "./child/pool";
import type { ArchiveTask, IngestTask } from "./child/protocol";
import { Episode, type EpisodeOptions } from "./episode";
import type { Violation } from "./fault-case";
import { openStore, type StoreChoice } from "./stores";

/** What can be stopped beneath the console. */
export interface EngineControl {
  /** Kills the document engine; it is started again by whatever watches it. */
  killEngine(): Promise<void>;
  /** Kills what speaks MongoDB's protocol before the engine; resolves when it answers again. */
  killBridge(): Promise<void>;
}

/** What a lane lends to each of its seeds. */
export interface Facilities {
  children: ChildPool;
  /** Folder of the directory store. */
  objects: string;
  engine: EngineControl | null;
}

/** All that one seed works with: a workspace of its own in stores that it shares with others. */
export class World {
  readonly parameters: Record<string, string | number | boolean> = {};
  readonly violations: Violation[] = [];
  readonly episodes: Episode[] = [];
  /** Processes and attempts that ended before their commit: each may leave one object that nobody points at (I8). */
  crashes = 0;
  readonly store: StoreChoice;

  constructor(
    readonly seed: number,
    readonly scope: WorkspaceScope,
    readonly random: Random,
    readonly facilities: Facilities,
  ) {
    this.store = { kind: "directory", directory: facilities.objects };
    switchObjectStore(openStore(this.store));
  }

  /** Remembers a choice of the dice, for whoever has to find out what happened. */
  choose<T extends string | number | boolean>(name: string, value: T): T {
    this.parameters[name] = value;
    return value;
  }

  violate(invariant: string, evidence: string): void {
    this.violations.push({ invariant, evidence });
  }

  assume(holds: boolean, invariant: string, evidence: () => string): void {
    if (!holds) this.violate(invariant, evidence());
  }

  get engine(): EngineControl {
    if (!this.facilities.engine) throw new Error("This case needs an engine that may be stopped");
    return this.facilities.engine;
  }

  /** A new episode with rows in it. */
  async episode(options: EpisodeOptions = {}): Promise<Episode> {
    const name = `fault-${this.seed}-${randomBytes(3).toString("hex")}`;
    const episode = await Episode.create(this, name, options);
    this.episodes.push(episode);
    return episode;
  }

  start(task: ArchiveTask | IngestTask): Child {
    return this.facilities.children.take(task);
  }
}

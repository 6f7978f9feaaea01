import "server-only";
import { randomBytes } from "node:crypto";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type FaultProxy, openFaultProxy } from "@/lib/objects/fault-proxy";
import { switchObjectStore } from "@/lib/objects/store";
import type { Random } from "@/lib/seeded-random";
import type { Child, ChildPool } from "./child/pool";
import type { Task } from "./child/protocol";
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
  s3: S3Place | null;
  /** Which sources are being run: several may share one database. */
  edition: string;
}

/** An S3 server and a bucket there that nobody else uses. */
export interface S3Place {
  endpoint: string;
  bucket: string;
}

/** All that one seed works with: a workspace of its own in stores that it shares with others. */
export class World {
  readonly parameters: Record<string, string | number | boolean> = {};
  readonly violations: Violation[] = [];
  readonly episodes: Episode[] = [];
  /** Processes and attempts that ended before their commit: each may leave one object that nobody points at (I8). */
  crashes = 0;
  private chosenStore: StoreChoice;
  private openProxy: FaultProxy | null = null;

  constructor(
    readonly seed: number,
    readonly scope: WorkspaceScope,
    readonly random: Random,
    readonly facilities: Facilities,
  ) {
    this.chosenStore = { kind: "directory", directory: facilities.objects };
    this.keepObjectsIn(this.chosenStore);
  }

  get store(): StoreChoice {
    return this.chosenStore;
  }

  /** From here on this process, and every child that is started, keeps its objects there. */
  keepObjectsIn(choice: StoreChoice): void {
    this.chosenStore = choice;
    switchObjectStore(openStore(choice));
  }

  /** Moves the seed to S3, behind a proxy in which its requests can be made to fail. */
  async moveToS3(options: { multipartBytes?: number } = {}): Promise<FaultProxy> {
    const { s3 } = this.facilities;
    if (!s3) throw new Error("This case needs an S3 server");
    const proxy = await openFaultProxy(s3.endpoint);
    this.openProxy = proxy;
    this.keepObjectsIn({ kind: "s3", endpoint: proxy.endpoint, bucket: s3.bucket, ...options });
    return proxy;
  }

  /** Whatever goes wrong on the way to S3 ends here. */
  heal(): void {
    this.openProxy?.heal();
  }

  async close(): Promise<void> {
    await this.openProxy?.close();
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

  /** What was deleted is not looked at any more. */
  forget(episode: Episode): void {
    this.episodes.splice(this.episodes.indexOf(episode), 1);
  }

  start(task: Task): Child {
    return this.facilities.children.take(task);
  }
}

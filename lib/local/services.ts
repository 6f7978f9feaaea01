import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { codeOf, Failure } from "./failure";
import type { Home } from "./home";
import { isRunning, thisProcess, withLock } from "./lock.mjs";
import { startMongo } from "./mongo";
import type { RunningMongo } from "./mongod";
import { type RunningPostgres, startPostgres } from "./postgres";
import { say, step } from "./progress";
import type { RunningService } from "./service";
import { readState } from "./state";

export type Services = {
  /** Set only where the address was not given from outside. */
  postgres: RunningPostgres | null;
  mongo: RunningMongo | null;
  /** For making and dropping databases. */
  adminUrl: string;
  postgresUrl(database: string): string;
  mongoUri: string;
  authSecret: string;
  /** Starts again whatever dies, and says so: a console without its databases is of no use. Ends with the signal. */
  watch(signal: AbortSignal): Promise<never>;
  /** Ends the servers, unless another command uses them too: then that one ends them. */
  release(): Promise<void>;
};

/**
 * Starts or takes over the databases of a profile. One lock lets only one command at a time start or stop them; a lease
 * for each command that uses them tells the last one to turn the lights off.
 */
export async function acquireServices(home: Home, command: string, signal: AbortSignal): Promise<Services> {
  const given = { postgres: process.env.DATABASE_URL || null, mongo: process.env.MONGODB_URI || null };
  const exclusively = <T>(work: () => Promise<T>, stop?: AbortSignal) =>
    withLock(
      path.join(home.dir, "services.lock"),
      {
        purpose: command,
        signal: stop,
        onWait: ({ pid, purpose }) =>
          say(`Waiting for process ${pid} (${purpose}), which starts or stops the services.`),
      },
      work,
    );
  const running: { postgres: RunningPostgres | null; mongo: RunningMongo | null } = {
    postgres: null,
    mongo: null,
  };

  const start = async () => {
    takeLease(home, command);
    running.postgres = given.postgres
      ? null
      : await announced("PostgreSQL", () => startPostgres(home, signal));
    running.mongo = given.mongo ? null : await announced("MongoDB", () => startMongo(home, signal));
  };
  const release = () =>
    exclusively(async () => {
      dropLease(home);
      if (leases(home).length > 0) return;
      await running.mongo?.stop();
      await running.postgres?.stop();
    });

  if (given.postgres) say("PostgreSQL: the one in DATABASE_URL");
  if (given.mongo) say("MongoDB: the one in MONGODB_URI");
  try {
    await exclusively(start, signal);
  } catch (error) {
    // Without a lease it never held the lock, and another command may hold it for long.
    if (leases(home).some((lease) => lease.pid === process.pid)) await release();
    throw readable(home, error);
  }
  return {
    get postgres() {
      return running.postgres;
    },
    get mongo() {
      return running.mongo;
    },
    adminUrl: given.postgres ?? mustRun(running.postgres).url("postgres"),
    postgresUrl: (database) =>
      given.postgres ? onSameServer(given.postgres, database) : mustRun(running.postgres).url(database),
    mongoUri: given.mongo ?? mustRun(running.mongo).uri,
    authSecret: process.env.NEXTAUTH_SECRET || readState(home.dir).authSecret,
    watch: async (until) => {
      for (;;) {
        await delay(2_000, undefined, { signal: until });
        const dead = [running.postgres, running.mongo].filter((service) => service && !isRunning(service.id));
        for (const service of dead) say(`${service?.name} has died; starting it again.`);
        if (dead.length > 0) await exclusively(start, until);
      }
    },
    release,
  };
}

function mustRun<T>(service: T | null): T {
  if (!service) throw new Error("a service counts as started without running");
  return service;
}

function onSameServer(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

async function announced<T extends RunningService>(label: string, work: () => Promise<T>): Promise<T> {
  return step(
    label,
    work,
    (service) => `${service.name} on ${service.where}${service.reused ? " was running" : ""}`,
  );
}

/** Databases that this machine cannot even be asked for get a sentence, not a stack trace. */
function readable(home: Home, error: unknown): unknown {
  const code = codeOf(error);
  if (code === "ENOSPC")
    return new Failure("The disk is full.", `Free some space (the services' data is in ${home.dir}).`, {
      cause: error,
    });
  if (code === "EACCES" || code === "EPERM") {
    const message = error instanceof Error ? error.message : String(error);
    return new Failure(message, `Check who owns ${home.dir}; removing it starts afresh.`, { cause: error });
  }
  return error;
}

const leaseFolder = (home: Home) => path.join(home.dir, "users");
const ownLease = (home: Home) => path.join(leaseFolder(home), `${process.pid}.json`);

function takeLease(home: Home, command: string): void {
  mkdirSync(leaseFolder(home), { recursive: true });
  writeFileSync(ownLease(home), JSON.stringify({ ...thisProcess(), command }));
}

function dropLease(home: Home): void {
  rmSync(ownLease(home), { force: true });
}

/** Commands that use the services now; leases of commands that were killed are removed on the way. */
export function leases(home: Home): { pid: number; command: string }[] {
  mkdirSync(leaseFolder(home), { recursive: true });
  return readdirSync(leaseFolder(home)).flatMap((name) => {
    const file = path.join(leaseFolder(home), name);
    const lease = parseLease(file);
    if (lease && isRunning(lease)) return [lease];
    rmSync(file, { force: true });
    return [];
  });
}

function parseLease(file: string): { pid: number; mark: string; command: string } | null {
  try {
    const { pid, mark, command } = JSON.parse(readFileSync(file, "utf8"));
    return { pid: Number(pid), mark: String(mark), command: String(command) };
  } catch {
    return null;
  }
}

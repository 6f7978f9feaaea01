import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { issueApiToken } from "@/lib/auth/issue-token";
import { memberScope } from "@/lib/testing/people";
import { makeEpisode } from "./episodes";
import type { Bench, EpisodeData, Figure, Goal } from "./goal";
import { untilIdle } from "./idle";
import { figureLine } from "./report";
import { suites } from "./suites";

/** What the command brings: the parts of a bench that need local services. */
export type BenchServices = Pick<
  Bench,
  "logs" | "runs" | "seed" | "signal" | "mongo" | "folder" | "objects" | "web" | "countedWeb" | "note"
>;

export interface SuiteOptions {
  /** Ids of goals; all of the suite when empty. */
  only: string[];
  print(line: string): void;
}

export function suiteNames(): string[] {
  return Object.keys(suites);
}

export function suiteNamed(name: string): (typeof suites)[string] | null {
  return Object.hasOwn(suites, name) ? (suites[name] ?? null) : null;
}

/** Runs the goals one after the other, never two at once: they would measure each other. */
export async function runSuite(
  goals: Goal[],
  services: BenchServices,
  { only, print }: SuiteOptions,
): Promise<{ figures: Figure[]; failed: string[] }> {
  const bench = benchOn(services);
  const figures: Figure[] = [];
  const failed: string[] = [];
  for (const goal of goals.filter(({ id }) => only.length === 0 || only.includes(id))) {
    services.signal.throwIfAborted();
    services.note(`${goal.id}: ${goal.title}`);
    await untilIdle(services);
    try {
      for (const figure of await goal.run(bench)) {
        figures.push(figure);
        print(figureLine(figure));
      }
    } catch (error) {
      services.signal.throwIfAborted();
      // The other goals still have something to tell; a goal that did not run counts as missed.
      console.error(error);
      failed.push(goal.id);
      print(`${goal.id} ${goal.title}: could not be measured`);
    }
  }
  return { figures, failed };
}

function benchOn(services: BenchServices): Bench {
  const episodes = new Map<string, Promise<EpisodeData>>();
  const workspace = () => memberScope("owner");
  return {
    ...services,
    workspace,
    episode: (kind, rows) => {
      const key = `${kind} ${rows}`;
      const made = episodes.get(key) ?? workspace().then((scope) => makeEpisode(scope, kind, rows, services));
      episodes.set(key, made);
      return made;
    },
    token: tokenFor,
  };
}

async function tokenFor(scope: WorkspaceScope): Promise<string> {
  const issued = await issueApiToken(scope, { name: "bench", scopes: ["logs:write", "logs:read"], days: 1 });
  if (!issued.ok) throw new Error(`No token for the bench: ${issued.code}`);
  return issued.token;
}

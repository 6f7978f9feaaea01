import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import type { WorkspaceScope } from "@/lib/auth/access";
import { sessionCookie } from "@/lib/auth/cookie";
import { seededRandom } from "@/lib/seeded-random";
import { signedInCookie } from "@/lib/testing/people";
import { inBrowser } from "../explorer/browser";
import type { Bench, Figure, Goal } from "../goal";
import { milliseconds, percentile } from "../measure";
import { makeGraphRun } from "./graph-run";
import { watchStatuses } from "./run-page-watch";
import { changesOf, make } from "./task-changes";

/** What the goal is held against: a page that asks every two seconds. */
const pollMs = 2_000;
const tabs = 50;
const countedMs = 15_000;

/** How soon a page shows what a worker did, and what watching costs the store. */
export const goal: Goal = {
  id: "P13",
  title: "a status in the store until it is on the screen; questions to the store with 50 tabs against one",
  async run(bench) {
    return [await changeToPixel(bench), await questions(bench)];
  },
};

async function changeToPixel(bench: Bench): Promise<Figure> {
  const scope = await bench.workspace();
  const { runId, rootIds } = await makeGraphRun(scope, 100, bench.seed, "live");
  const random = seededRandom(`live ${bench.seed}`);
  return inBrowser(bench, scope, async (page, url) => {
    await page.goto(`${url}/w/${scope.workspaceSlug}/runs/${runId}?view=tasks&sort=name`);
    await page.getByText(/^live, as of/).waitFor();
    await watchStatuses(page);
    const made = new Map<string, number>();
    for (const change of changesOf(rootIds)) {
      bench.signal.throwIfAborted();
      made.set(`${change.taskId} ${change.status}`, Date.now());
      await make(scope, runId, change);
      await pause(random.whole(150, 700));
    }
    await pause(pollMs);
    const seen = await page.evaluate(() => window.statusesSeen ?? {});
    const times = [...made].map(([key, at]) => (seen[key] ?? Number.POSITIVE_INFINITY) - at);
    const p95 = percentile(times, 0.95);
    return {
      id: "P13",
      name: "change in the store until it is on the screen, 95th percentile, against a poll every 2 s",
      value: p95 / pollMs,
      unit: "x",
      goal: { atMost: 0.25 },
      ours: `${milliseconds(p95)}, median ${milliseconds(percentile(times, 0.5))}, ${times.length} changes`,
      baseline: milliseconds(pollMs),
    };
  });
}

/** Readers with a connection each, as tabs of as many browsers have; everything this server asks of MongoDB is counted. */
async function questions(bench: Bench): Promise<Figure> {
  const scope = await bench.workspace();
  const { runId } = await makeGraphRun(scope, 100, bench.seed, "watched");
  const { url, commands } = await bench.countedWeb();
  const address = `${url}/api/w/${scope.workspaceSlug}/runs/${runId}`;
  const cookie = await cookieOf(scope, url);
  const asked = async (readers: number) => {
    const left = new AbortController();
    const signal = AbortSignal.any([left.signal, bench.signal]);
    const state = await fetch(`${address}/state`, { headers: { cookie }, signal });
    const { seq } = Object(await state.json());
    const streams = await Promise.all(
      Array.from({ length: readers }, () => openStream(`${address}/events?from=${seq}`, cookie, signal)),
    );
    await Promise.all(streams.map(({ first }) => first));
    const before = commands();
    await pause(countedMs);
    const count = commands() - before;
    left.abort();
    await Promise.all(streams.map(({ done }) => done));
    return count * (60_000 / countedMs);
  };
  bench.note("P13: one tab");
  const one = await asked(1);
  bench.note(`P13: ${tabs} tabs`);
  const many = await asked(tabs);
  return {
    id: "P13",
    name: `questions to MongoDB with ${tabs} open tabs against one`,
    value: many / one,
    unit: "x",
    goal: { atMost: 3 },
    ours: `${Math.round(many)} a minute`,
    baseline: `${Math.round(one)} a minute`,
  };
}

async function openStream(address: string, cookie: string, signal: AbortSignal) {
  const answer = await fetch(address, { headers: { cookie }, signal });
  if (answer.status !== 200 || !answer.body) throw new Error(`The events answered ${answer.status}.`);
  const reader = answer.body.getReader();
  const first = reader.read();
  const done = (async () => {
    await first;
    while (!(await reader.read()).done);
  })().catch(() => {});
  return { first, done };
}

async function cookieOf(scope: WorkspaceScope, url: string): Promise<string> {
  if (scope.userId === null) throw new Error("Only a person opens tabs.");
  return `${sessionCookie(url).name}=${await signedInCookie({ id: scope.userId })}`;
}

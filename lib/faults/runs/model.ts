import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { createRuns } from "@/lib/runs/create";
import type { Random } from "@/lib/seeded-random";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { type Cast, create, person, reaper, worker } from "./actors";
import { closeGate } from "./gate";
import { Interleaving } from "./interleave";
import { setProcessClocks } from "./process-clock";
import { Watch } from "./watch";

/*
 * Workers, people and reapers at one run, each a process whose every operation on the real store is a step. A random graph,
 * random ends, kills, pauses and clocks that are off; after each write the invariants are checked on what is stored. Every
 * choice, the time included, comes from the seed: the same seed plays the same again, whatever else the machine does.
 */

export interface ModelResult {
  violation: Watch["violation"];
  status: string;
  mood: Mood;
  steps: number;
  resets: number;
  kills: number;
  /** Two plays of a seed are the same if this is. */
  trace: number;
}

/**
 * stormy: anybody may die or hang at any time. peaceful: nobody does and nobody looks for what is left half done, so everything
 * has to come to its end by what each process does of itself.
 */
type Mood = "stormy" | "peaceful";

const stormSteps = 450;
const calmSteps = 4_000;
const stormy = { kill: 0.015, pause: 0.02, sleep: 0.012 };
const calm = { kill: 0, pause: 0, sleep: 0 };

export async function checkModel(scope: WorkspaceScope, random: Random): Promise<ModelResult> {
  closeGate();
  setProcessClocks();
  const mood: Mood = random.chance(0.2) ? "peaceful" : "stormy";
  const interleaving = new Interleaving(random, mood === "stormy" ? stormy : calm, (collection) =>
    watch.look(collection),
  );
  const watch = new Watch(scope, interleaving.clock);
  const runId = `model-${scope.workspaceId}`;
  const made = runOf(runId, random);
  const cast: Cast = {
    scope,
    random,
    watch,
    runId,
    wishes: { retries: 3, cancels: 1, tries: 10 },
    asking: 0,
    mayHang: mood === "stormy",
    over: false,
  };
  let names = 0;
  const keep = (name: string, act: (cast: Cast, name: string) => Promise<void>, once = false) => {
    const again = () => {
      if (cast.over) return;
      const own = `${name}-${names++}`;
      interleaving.start(
        own,
        () => act(cast, own),
        (how, failure) => {
          if (failure !== null) watch.fail(failure);
          if (how === "killed" || !once) again();
        },
      );
    };
    again();
  };
  watch.watch(runId);
  keep("creator", () => create(cast, () => createRuns(scope, [made])), true);
  for (const name of ["worker-a", "worker-b", "worker-c"]) keep(name, worker);
  for (const name of ["person-a", "person-b"]) keep(name, person);
  if (mood === "stormy") for (const name of ["reaper-a", "reaper-b"]) keep(name, reaper);
  try {
    while (!watch.violation && interleaving.steps < stormSteps && !(isWishless(cast) && watch.atRest))
      await interleaving.step();
    // Nobody asks for anything more and nobody dies: now it has to come to an end.
    interleaving.chances = calm;
    cast.wishes = { retries: 0, cancels: 0, tries: 0 };
    const last = interleaving.steps + calmSteps;
    while (!watch.violation && interleaving.steps < last && !(cast.asking === 0 && watch.atRest))
      await interleaving.step();
    // And to stay there while those who are still at something go on with it.
    cast.over = true;
    while (!watch.violation && interleaving.steps < last && (await interleaving.step()));
    watch.lookAtTheEnd();
  } finally {
    cast.over = true;
    await interleaving.close();
  }
  const { steps, kills, trace } = interleaving;
  const status = watch.run(runId)?.status ?? "none";
  return { violation: watch.violation, status, mood, steps, resets: watch.resets, kills, trace };
}

function isWishless({ wishes, asking }: Cast): boolean {
  const nothingLeft = wishes.tries <= 0 || (wishes.retries <= 0 && wishes.cancels <= 0);
  return asking === 0 && nothingLeft;
}

/** The order of the nodes is an order of the graph. */
function runOf(runId: string, random: Random) {
  const size = random.whole(3, 6);
  const graph = Array.from({ length: size }, (_, node) =>
    Array.from({ length: node }, (_, before) => `n${before}`).filter(() => random.chance(0.45)),
  );
  const tasks = graph.map((upstreamNodeIds, node) =>
    // Priorities that differ: who is claimed first is the seed's choice and not a matter of milliseconds.
    newTaskOf(runId, `n${node}`, {
      upstreamNodeIds,
      executorType: runId,
      priority: random.whole(0, 9) * 10 + node,
    }),
  );
  return newRunOf(runId, tasks);
}

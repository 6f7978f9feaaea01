import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { Random } from "@/lib/seeded-random";
import { person } from "./actors/person";
import { reaper } from "./actors/reaper";
import { starter } from "./actors/starter";
import { worker } from "./actors/worker";
import { type Cast, nothingLeft } from "./cast";
import { closeGate } from "./gate";
import { Interleaving } from "./interleave";
import { setProcessClocks } from "./process-clock";
import { Watch } from "./watch";
import { publishWorkflow, randomGraph } from "./workflow";

/*
 * Workers, people and reapers at runs of one workflow, each a process whose every operation on the real store is a step. A
 * random graph, random ends, kills, pauses and clocks that are off; after each write the invariants are checked on what is
 * stored. Every choice, the time included, comes from the seed: the same seed plays the same again, whatever else the machine
 * does.
 */

export interface ModelResult {
  violation: Watch["violation"];
  mood: Mood;
  runs: string;
  operations: number;
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

const stormOperations = 350;
/** Reapers who look in vain count as well; a run that nobody goes on with uses up any number. */
const calmOperations = 3_000;
/** A run that does not come to its end may be one in which nobody does anything. */
const mostSteps = 15_000;
const stormy = { kill: 0.015, pause: 0.02, sleep: 0.012 };
const calm = { kill: 0, pause: 0, sleep: 0 };
/** A run is made once in a seed, by few operations: its maker has to die often for each of its moments to be met. */
const frailtyOfStarter = 6;

export async function checkModel(scope: WorkspaceScope, random: Random): Promise<ModelResult> {
  closeGate();
  setProcessClocks();
  const workflowId = await publishWorkflow(scope, randomGraph(random));
  const mood: Mood = random.chance(0.2) ? "peaceful" : "stormy";
  const interleaving = new Interleaving(random, mood === "stormy" ? stormy : calm, (write) =>
    watch.look(write),
  );
  const watch = new Watch(scope, interleaving.clock);
  const wishes = { retries: 3, cancels: 1, runs: random.chance(0.4) ? 1 : 0, tries: 10 };
  const cast: Cast = {
    scope,
    random,
    watch,
    wishes,
    starting: true,
    asking: 0,
    mayHang: mood === "stormy",
    over: false,
  };
  let names = 0;
  const keep = (role: string, act: (name: string) => Promise<void>, comesBack = () => true, frailty = 1) => {
    const name = `${role}-${names++}`;
    interleaving.start(
      name,
      () => act(name),
      (how, failure) => {
        if (failure !== null) watch.fail(failure);
        if (how === "killed" && !cast.over && comesBack()) keep(role, act, comesBack, frailty);
      },
      frailty,
    );
  };
  keep(
    "starter",
    () => starter(cast, workflowId),
    () => {
      cast.starting = random.chance(0.7);
      return cast.starting;
    },
    frailtyOfStarter,
  );
  for (const role of ["worker-a", "worker-b"]) keep(role, (name) => worker(cast, name));
  for (const role of ["person-a", "person-b"]) keep(role, () => person(cast));
  if (mood === "stormy") for (const role of ["reaper-a", "reaper-b"]) keep(role, () => reaper(cast));
  const goesOn = (until: number) =>
    !watch.violation && interleaving.operations < until && interleaving.steps < mostSteps;
  try {
    while (goesOn(stormOperations) && !(nothingLeft(cast) && watch.atRest)) await interleaving.step();
    // Nobody asks for anything more and nobody dies: now it has to come to an end.
    interleaving.chances = calm;
    cast.wishes = { retries: 0, cancels: 0, runs: 0, tries: 0 };
    const last = interleaving.operations + calmOperations;
    while (goesOn(last) && !(nothingLeft(cast) && watch.atRest)) await interleaving.step();
    // And to stay there while those who are still at something go on with it.
    cast.over = true;
    while (goesOn(last) && (await interleaving.step()));
    if (!watch.violation) await watch.lookAtTheEnd();
  } finally {
    cast.over = true;
    await interleaving.close();
  }
  const { operations, kills, trace } = interleaving;
  const runs = watch.knownRuns.map((runId) => watch.run(runId)?.status).join("+") || "none";
  return { violation: watch.violation, mood, runs, operations, resets: watch.resets, kills, trace };
}

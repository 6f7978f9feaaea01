import { levelsOf } from "@/lib/runs/levels";
import type { ExecutedTask, SpecificationTask } from "./wfformat-schema";

/** A place in the file and what is wrong there. */
export class WfformatProblem extends Error {
  constructor(
    readonly place: string,
    readonly problem: string,
  ) {
    super(`${place}: ${problem}`);
  }
}

/** A task with both of its halves, and its parents as the edges say: each named once. */
export interface JoinedTask {
  specification: SpecificationTask;
  execution: ExecutedTask;
  parents: string[];
  level: number;
}

const specificationPlace = "workflow.specification.tasks";
const executionPlace = "workflow.execution.tasks";

/**
 * The tasks of a file in an order in which they can run, each joined with its execution. Throws a WfformatProblem for
 * the first thing that makes the graph none: ids that repeat or lead nowhere, a cycle, a task that was not executed.
 */
export function joinTasks(specified: SpecificationTask[], executed: ExecutedTask[]): JoinedTask[] {
  const indexOf = indexIds(specified, specificationPlace);
  const executedIndex = indexIds(executed, executionPlace);
  for (const [index, { id }] of executed.entries()) {
    if (!indexOf.has(id)) {
      throw new WfformatProblem(
        `${executionPlace}[${index}].id`,
        `"${id}" is not a task of the specification`,
      );
    }
  }
  const parents = parentsOf(specified, indexOf);
  const levels = levelsOf(
    specified.map(({ id }) => ({ nodeId: id, upstreamNodeIds: parents.get(id) ?? [] })),
  );
  const stuck = specified.find(({ id }) => !levels.has(id));
  if (stuck) {
    const cycle = cycleBehind(stuck.id, parents, levels);
    const place = `${specificationPlace}[${indexOf.get(cycle[0] ?? stuck.id) ?? 0}].parents`;
    throw new WfformatProblem(place, `the graph has a cycle: ${cycle.map((id) => `"${id}"`).join(" -> ")}`);
  }
  const joined = specified.map((specification, index): JoinedTask => {
    const { id } = specification;
    const execution = executed[executedIndex.get(id) ?? -1];
    if (!execution) {
      throw new WfformatProblem(
        `${specificationPlace}[${index}].id`,
        `"${id}" has no entry in ${executionPlace}`,
      );
    }
    return { specification, execution, parents: parents.get(id) ?? [], level: levels.get(id) ?? 0 };
  });
  return joined.sort((a, b) => a.level - b.level || (a.specification.id < b.specification.id ? -1 : 1));
}

function indexIds(tasks: { id: string }[], place: string): Map<string, number> {
  const indexOf = new Map<string, number>();
  for (const [index, { id }] of tasks.entries()) {
    const first = indexOf.get(id);
    if (first !== undefined) {
      throw new WfformatProblem(`${place}[${index}].id`, `"${id}" is already the id of ${place}[${first}]`);
    }
    indexOf.set(id, index);
  }
  return indexOf;
}

/** An edge may be named at either of its ends; in most files it is named at both. */
function parentsOf(specified: SpecificationTask[], indexOf: Map<string, number>): Map<string, string[]> {
  const parents = new Map(specified.map(({ id }) => [id, new Set<string>()]));
  for (const [index, task] of specified.entries()) {
    for (const end of ["parents", "children"] as const) {
      for (const [position, other] of task[end].entries()) {
        if (!indexOf.has(other)) {
          throw new WfformatProblem(
            `${specificationPlace}[${index}].${end}[${position}]`,
            `"${other}" is not a task`,
          );
        }
        const [parent, child] = end === "parents" ? [other, task.id] : [task.id, other];
        parents.get(child)?.add(parent);
      }
    }
  }
  return new Map([...parents].map(([id, its]) => [id, [...its]]));
}

/** Whatever has no level has a parent without one: going up among those must come round. Named in running order. */
function cycleBehind(start: string, parents: Map<string, string[]>, levels: Map<string, number>): string[] {
  const walk: string[] = [];
  let at = start;
  while (!walk.includes(at)) {
    walk.push(at);
    at = (parents.get(at) ?? []).find((parent) => !levels.has(parent)) ?? at;
  }
  const cycle = walk.slice(walk.indexOf(at)).reverse();
  return [...cycle.slice(-1), ...cycle.slice(0, -1), ...cycle.slice(-1)];
}

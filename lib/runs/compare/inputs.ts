import type { RunRow } from "../schema";

type Input = RunRow["inputs"][number];

export interface InputsComparison {
  onlyA: Input[];
  onlyB: Input[];
  /** The same dataset in another version. */
  changed: { a: Input; b: Input }[];
  same: Input[];
}

/** What the runs were bound to. The name of an input is no difference: it says what it was called then. */
export function compareInputs(a: readonly Input[], b: readonly Input[]): InputsComparison {
  const keyOf = ({ kind, id }: Input) => `${kind} ${id}`;
  const inB = new Map(b.map((input) => [keyOf(input), input]));
  const inA = new Set(a.map(keyOf));
  const result: InputsComparison = {
    onlyA: [],
    onlyB: b.filter((input) => !inA.has(keyOf(input))),
    changed: [],
    same: [],
  };
  for (const input of a) {
    const other = inB.get(keyOf(input));
    if (!other) result.onlyA.push(input);
    else if (input.versionTag === other.versionTag) result.same.push(input);
    else result.changed.push({ a: input, b: other });
  }
  return result;
}

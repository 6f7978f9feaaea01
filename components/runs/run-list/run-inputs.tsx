import { formatCount } from "@/lib/format";
import type { RunRow } from "@/lib/runs/schema";

type Input = RunRow["inputs"][number];

/** "dataset robot-grasp v12 +3" */
export function RunInputs({ inputs }: { inputs: RunRow["inputs"] }) {
  const [first] = inputs;
  if (!first) return <span className="text-text-3">none</span>;
  return (
    <span title={inputs.map(nameOf).join("\n")} className="text-text-2">
      {nameOf(first)}
      {inputs.length > 1 && <span className="text-text-3"> +{formatCount(inputs.length - 1)}</span>}
    </span>
  );
}

function nameOf({ kind, id, name = id, versionTag }: Input): string {
  const version = versionTag ? ` ${versionTag}` : "";
  // Many an id says its kind already.
  return `${name.startsWith(kind) ? "" : `${kind} `}${name}${version}`;
}

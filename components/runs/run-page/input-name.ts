import type { RunRow } from "@/lib/runs/schema";

/** An input as people call it: "robot-grasp v12", or its id where no name was kept. */
export function inputName({ id, name, versionTag }: RunRow["inputs"][number]): string {
  return [name ?? id, versionTag].filter(Boolean).join(" ");
}

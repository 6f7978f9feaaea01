import { z } from "zod";

const id = z.string().min(1).max(500);
const amount = z.number().nonnegative();

const specificationTask = z.object({
  id,
  name: z.string().min(1),
  parents: z.array(id),
  children: z.array(id).default([]),
  inputFiles: z.array(z.string()).default([]),
  outputFiles: z.array(z.string()).default([]),
});

const executedTask = z.object({
  id,
  runtimeInSeconds: amount,
  command: z.object({ program: z.string().optional(), arguments: z.array(z.string()).optional() }).optional(),
  machines: z.array(z.string()).optional(),
  avgCPU: amount.optional(),
  coreCount: amount.optional(),
  memoryInBytes: amount.optional(),
  readBytes: amount.optional(),
  writtenBytes: amount.optional(),
  priority: z.number().optional(),
});

/** What of a WfFormat 1.5 file the console reads. Fields it does not name may be there. */
export const wfformat = z.object({
  name: z.string().trim().min(1),
  description: z.string().optional(),
  schemaVersion: z.literal("1.5"),
  runtimeSystem: z
    .object({ name: z.string().optional(), version: z.string().optional(), url: z.string().optional() })
    .optional(),
  workflow: z.object({
    specification: z.object({
      tasks: z.array(specificationTask).min(1),
      files: z.array(z.object({ id: z.string(), sizeInBytes: amount })).default([]),
    }),
    execution: z.object({
      makespanInSeconds: amount,
      executedAt: z.string(),
      tasks: z.array(executedTask),
      machines: z
        .array(
          z.object({
            nodeName: z.string().optional(),
            memoryInBytes: amount.optional(),
            cpu: z.object({ coreCount: amount.optional(), speedInMHz: amount.optional() }).optional(),
          }),
        )
        .default([]),
    }),
  }),
});

export type Wfformat = z.infer<typeof wfformat>;
export type SpecificationTask = Wfformat["workflow"]["specification"]["tasks"][number];
export type ExecutedTask = Wfformat["workflow"]["execution"]["tasks"][number];

/** `workflow.specification.tasks[12].parents[0]` */
export function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, key) => {
    if (typeof key === "number") return `${place}[${key}]`;
    return place === "" ? String(key) : `${place}.${String(key)}`;
  }, "");
}

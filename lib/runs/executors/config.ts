import type { z } from "zod";
import type { RunTask } from "@/lib/mongo/collections/runs";

/** The settings of a task as its executor needs them; otherwise an error that names the setting. */
export function configOf<S extends z.ZodType>(task: Pick<RunTask, "executorConfig">, schema: S): z.output<S> {
  const read = schema.safeParse(task.executorConfig);
  if (read.success) return read.data;
  const problems = read.error.issues.map(
    ({ path, message }) => `${["executorConfig", ...path.map(String)].join(".")}: ${message}`,
  );
  throw new Error(problems.join("\n"));
}

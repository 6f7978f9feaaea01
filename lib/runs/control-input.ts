import { z } from "zod";

/* What the forms of runs send. Lists of objects travel as JSON in one field, as a form knows only texts. */

const id = z.string().trim().min(1).max(300);
/** Made when the form is drawn: sent twice, it is one wish. */
const idempotencyKey = z.string().trim().min(8, "The form has no key; open it again.").max(200);
/** One task, or several fields of the same name. */
const taskIds = z.preprocess((value) => [value].flat(), z.array(id).min(1, "Choose a task.").max(10_000));
const force = z.stringbool().default(false);

export const inputBinding = z.object({
  kind: z.enum(["asset", "dataset"]),
  id,
  versionId: id.optional(),
});

const inputBindings = z
  .string()
  .max(200_000)
  .transform((text, context) => {
    const parsed = bindingsIn(text);
    if (parsed?.success) return parsed.data;
    context.addIssue({ code: "custom", message: "The inputs are not a list of assets and datasets." });
    return z.NEVER;
  });

function bindingsIn(text: string) {
  try {
    return z.array(inputBinding).max(1_000).safeParse(JSON.parse(text));
  } catch {
    return null;
  }
}

export const runInput = z.object({ runId: id });
export const retryTasksInput = z.object({ runId: id, taskIds, force });
export const retryFailedInput = z.object({ runId: id, force });
export const retryRunInput = z.object({ runId: id, idempotencyKey, inputBindings: inputBindings.optional() });
export const startRunInput = z.object({
  workflowId: id,
  /** The published version when it is left out. */
  versionNumber: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.coerce.number().int().min(1).optional(),
  ),
  inputBindings,
  idempotencyKey,
  retryOfRunId: z.preprocess((value) => (value === "" ? undefined : value), id.optional()),
});

export type RunInput = z.output<typeof runInput>;
export type RetryTasksInput = z.output<typeof retryTasksInput>;
export type RetryFailedInput = z.output<typeof retryFailedInput>;
export type RetryRunInput = z.output<typeof retryRunInput>;
export type StartRunInput = z.output<typeof startRunInput>;

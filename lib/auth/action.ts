import "server-only";
import type { z } from "zod";
import { env } from "@/lib/env";
import type { ErrorCode } from "@/lib/errors";
import { type WorkspaceScope, workspaceForApi } from "./access";
import type { ActionState } from "./action-state";
import { failureOf, sentences } from "./failure";
import { parseForm, typedValues } from "./form";
import { isSameSite } from "./origin";
import { goTo, refreshPath, requestHeader } from "./request";
import type { Permission } from "./roles";

/** What a mutation says. Everything else it returns stays on the server. */
export type MutationResult =
  | { ok: true; message?: string; goTo?: string }
  | { ok: false; code: ErrorCode; message?: string; fields?: Record<string, string> };

/**
 * An action of a workspace: origin, input, membership and permission are checked, in this order, before the mutation runs. Bind
 * the slug in the form (`action.bind(null, slug)`); it comes back from the browser and is proved again.
 */
export function workspaceAction<Schema extends z.ZodType>(
  permission: Permission,
  schema: Schema,
  mutation: (scope: WorkspaceScope, input: z.output<Schema>) => Promise<MutationResult>,
  { refresh }: { refresh: string },
) {
  return async (slug: string, _previous: ActionState | null, form: FormData): Promise<ActionState> =>
    settle(`action ${permission} ${refresh}`, form, schema, async (input) => {
      const access = await workspaceForApi(String(slug), permission);
      if (!access.ok) return { ...access, message: sentences[access.code] };
      const result = await mutation(access.scope, input);
      if (result.ok) await refreshPath(`/w/${access.scope.workspaceSlug}/${refresh}`);
      return result;
    });
}

/** An action that somebody without a session may call: sign-in and sign-out. */
export function openAction<Schema extends z.ZodType>(
  schema: Schema,
  mutation: (input: z.output<Schema>) => Promise<MutationResult>,
) {
  return async (_previous: ActionState | null, form: FormData): Promise<ActionState> =>
    settle("open action", form, schema, mutation);
}

async function settle<Schema extends z.ZodType>(
  where: string,
  form: FormData,
  schema: Schema,
  run: (input: z.output<Schema>) => Promise<MutationResult>,
): Promise<ActionState> {
  try {
    if (!isSameSite(await requestHeader("origin"), env().NEXTAUTH_URL)) {
      return { ok: false, code: "forbidden", message: `This form was not sent from ${env().NEXTAUTH_URL}.` };
    }
    const parsed = parseForm(schema, form);
    if (!parsed.ok) return parsed;
    const result = await run(parsed.input);
    if (result.ok) return result.goTo ? goTo(result.goTo) : { ok: true, message: result.message };
    return {
      ok: false,
      code: result.code,
      message: result.message ?? sentences[result.code],
      fields: result.fields,
      values: typedValues(form),
    };
  } catch (error) {
    const { code, message } = await failureOf(error, where);
    return { ok: false, code, message, values: typedValues(form) };
  }
}

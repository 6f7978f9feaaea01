"use client";

import { useState, useTransition } from "react";
import type { ActionState } from "@/lib/auth/action-state";

export type Action = (slug: string, previous: ActionState | null, form: FormData) => Promise<ActionState>;

/** Calls actions that belong to no form: how far one is, and what the last one said. */
export function useAct(workspace: string) {
  const [state, setState] = useState<ActionState | null>(null);
  const [pending, start] = useTransition();
  const act = (action: Action, fields: Record<string, string>, done?: (message: string) => void) =>
    start(async () => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      const answer = await action(workspace, null, form);
      setState(answer);
      if (answer.ok) done?.(answer.message ?? "");
    });
  return { act, pending, failure: state?.ok === false ? state : null };
}

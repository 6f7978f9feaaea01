"use client";

import { type ReactNode, useActionState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { DialogActions, DialogClose } from "@/components/ui/dialog";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { ActionState } from "@/lib/auth/action-state";

type Failure = Extract<ActionState, { ok: false }>;

interface ActFormProps {
  workspace: string;
  action: (workspace: string, previous: ActionState | null, form: FormData) => Promise<ActionState>;
  /** On the button: a verb and how many. */
  submit: string;
  /** On it while it runs, and what to know meanwhile. */
  pending: { label: string; note?: string };
  /** On the button that leaves everything as it is. */
  keep?: string;
  danger?: boolean;
  /** Something is still missing: a typed id, a preview. */
  blocked?: boolean;
  /** What is not in a field of its own. */
  hidden?: Readonly<Record<string, string>>;
  /** Somebody else was first: nothing is wrong, and there is nothing left to do. */
  conflictIsDone?: boolean;
  onDone?: () => void;
  children: ReactNode | ((failure: Failure | null) => ReactNode);
}

/** The frame of every act: its fields, how it goes, what came of it. What was typed survives a failure. */
export function ActForm(props: ActFormProps) {
  const { workspace, action, submit, danger, blocked = false, hidden = {}, onDone, children } = props;
  const [state, act, pending] = useActionState(async (before: ActionState | null, form: FormData) => {
    const after = await action(workspace, before, form);
    if (after.ok) onDone?.();
    return after;
  }, null);
  if (state?.ok) return <Done>{state.message ?? "Done."}</Done>;
  if (state?.code === "conflict" && props.conflictIsDone) return <Done tone="off">{state.message}</Done>;
  return (
    <form action={act} noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {typeof children === "function" ? children(state) : children}
      <Outcome pending={pending} note={props.pending.note} failure={state} />
      <DialogActions>
        <DialogClose asChild>
          <Button>{pending ? "Close" : (props.keep ?? "Keep as is")}</Button>
        </DialogClose>
        <Button type="submit" variant={danger ? "danger" : "primary"} disabled={pending || blocked}>
          {pending ? props.pending.label : submit}
        </Button>
      </DialogActions>
    </form>
  );
}

interface OutcomeProps {
  pending: boolean;
  note: string | undefined;
  failure: Failure | null;
}

function Outcome({ pending, note, failure }: OutcomeProps) {
  // Beside a field stands what is wrong with it; here, what is wrong with all of it.
  const said =
    failure && !(failure.fields && Object.keys(failure.fields).length > 0) ? failure.message : null;
  return (
    <p role="status" className="mt-3 flex min-h-5 items-start gap-2 text-12 empty:hidden">
      {pending && note && (
        <>
          <Glyph tone="run" />
          {note}
        </>
      )}
      {!pending && said && (
        <>
          <Glyph tone="fail" />
          <span className="text-fail-text [overflow-wrap:anywhere]">{said}</span>
        </>
      )}
    </p>
  );
}

/** What an act has done, and the way out. */
export function Done({ children, tone = "ok" }: { children: ReactNode; tone?: "ok" | "fail" | "off" }) {
  return (
    <>
      <div role="status" className="flex items-start gap-2">
        <Glyph tone={tone} />
        <div className="min-w-0 [overflow-wrap:anywhere]">{children}</div>
      </div>
      <DialogActions>
        <DialogClose asChild>
          <Button>Close</Button>
        </DialogClose>
      </DialogActions>
    </>
  );
}

/** A sentence in a dialog that warns or explains, beside its glyph. */
export function Note({ tone, children }: { tone?: "warn" | "fail" | "ok"; children: ReactNode }) {
  return (
    <p
      className={cn(
        "mt-3 flex items-start gap-2",
        tone === "warn" ? "text-warn-text" : tone === "fail" ? "text-fail-text" : "text-text-2",
      )}
    >
      {tone && <Glyph tone={tone} />}
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </p>
  );
}

function Glyph({ tone }: { tone: "ok" | "run" | "warn" | "fail" | "off" }) {
  return (
    <span className="flex h-5 shrink-0 items-center">
      <StatusGlyph tone={tone} />
    </span>
  );
}

"use client";

import {
  createContext,
  type ReactNode,
  type RefObject,
  use,
  useCallback,
  useMemo,
  useRef,
  useState,
} from "react";

/** What a person may begin on a run page; each asks before it does anything. */
export type RunAct =
  | { kind: "cancel" }
  | { kind: "retry_failed" }
  | { kind: "retry"; taskIds: readonly string[] }
  | { kind: "rerun" }
  | { kind: "replay" };

interface RunActs {
  /** A courtesy: the server asks again. */
  mayWrite: boolean;
  open: RunAct | null;
  begin: (act: RunAct) => void;
  close: () => void;
  /** What had the focus when the act began, to give it back. */
  opener: RefObject<HTMLElement | null>;
}

const RunActsContext = createContext<RunActs | null>(null);

/** Buttons in the bar, buttons of a task and keys begin the same acts; one of them is open at a time. */
export function RunActsProvider({ mayWrite, children }: { mayWrite: boolean; children: ReactNode }) {
  const [open, setOpen] = useState<RunAct | null>(null);
  const opener = useRef<HTMLElement>(null);
  const begin = useCallback(
    (act: RunAct) => {
      if (!mayWrite) return;
      opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      setOpen(act);
    },
    [mayWrite],
  );
  const close = useCallback(() => setOpen(null), []);
  const acts = useMemo(() => ({ mayWrite, open, begin, close, opener }), [mayWrite, open, begin, close]);
  return <RunActsContext value={acts}>{children}</RunActsContext>;
}

export function useRunActs(): RunActs {
  const acts = use(RunActsContext);
  if (!acts) throw new Error("An act on a run was begun outside its page.");
  return acts;
}

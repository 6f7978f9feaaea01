"use client";

import { createContext, type ReactNode, use, useMemo, useState } from "react";
import type { WorkspacePath } from "./places";

export interface ShellFacts {
  /** Null on the pages of the platform, for an admin who is a member of no workspace. */
  workspace: { slug: string; name: string } | null;
  workspaces: readonly { slug: string; name: string; role: string }[];
  person: { name: string; email: string };
  /** May open the settings of the workspace. Hiding the link is a courtesy; the page checks for itself. */
  canConfigure: boolean;
  /** May open the pages of the platform; likewise. */
  isPlatformAdmin: boolean;
  /** A `NavBadge` for pages with bad news, which finds out by itself whether there is any. */
  badges?: Partial<Record<WorkspacePath, ReactNode>>;
  /** Ends the session and leads to the sign-in page. */
  signOut: (form: FormData) => Promise<unknown>;
}

export type ShellOverlay = "palette" | "keys" | "menu" | null;

interface Shell extends ShellFacts {
  /** The one overlay of the shell that is open. */
  overlay: ShellOverlay;
  setOverlay: (overlay: ShellOverlay) => void;
}

const ShellContext = createContext<Shell | null>(null);

export function ShellProvider({ facts, children }: { facts: ShellFacts; children: ReactNode }) {
  const [overlay, setOverlay] = useState<ShellOverlay>(null);
  const shell = useMemo(() => ({ ...facts, overlay, setOverlay }), [facts, overlay]);
  return <ShellContext value={shell}>{children}</ShellContext>;
}

export function useShell(): Shell {
  const shell = use(ShellContext);
  if (!shell) throw new Error("The shell was used outside its pages.");
  return shell;
}

import { createContext } from "react";
import type { WorkspacePath } from "./places";

export interface NavBadge {
  /** "3 failed". */
  text: string;
  /** The age of the count. */
  title: string;
}

/** Bad news per page: a red word beside its name, a red dot in the rail. Without a provider there is none. */
export const NavBadges = createContext<Partial<Record<WorkspacePath, NavBadge>>>({});

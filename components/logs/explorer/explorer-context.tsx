"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Explorer } from "./use-explorer";

const ExplorerContext = createContext<Explorer | null>(null);

export function ExplorerProvider({ explorer, children }: { explorer: Explorer; children: ReactNode }) {
  return <ExplorerContext value={explorer}>{children}</ExplorerContext>;
}

/** The explorer around this component. It changes with every scroll: what draws many rows gets what it needs as props. */
export function useExplorerContext(): Explorer {
  const explorer = useContext(ExplorerContext);
  if (!explorer) throw new Error("There is no explorer around this component.");
  return explorer;
}

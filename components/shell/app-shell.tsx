import type { ReactNode } from "react";
import { KeySheet } from "./key-sheet";
import { MenuSheet } from "./menu-sheet";
import { type ShellFacts, ShellProvider } from "./shell-context";
import { ShellKeys } from "./shell-keys";
import { Sidebar } from "./sidebar";

interface AppShellProps {
  facts: ShellFacts;
  /** The command palette, filled with what the workspace can jump to. */
  palette: ReactNode;
  /** The page: a `Page`, whose `rail` decides whether the sidebar is 208 or 48 px wide. */
  children: ReactNode;
}

export function AppShell({ facts, palette, children }: AppShellProps) {
  return (
    <ShellProvider facts={facts}>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-2 focus:bg-raised focus:px-3 focus:py-1.5 focus:font-medium"
      >
        Skip to content
      </a>
      {/* A page with `data-rail` narrows the sidebar by CSS alone, so that it is right in the first paint. */}
      <div className="group/app grid grid-cols-[208px_minmax(0,1fr)] has-[>[data-rail]]:grid-cols-[48px_minmax(0,1fr)] max-md:block">
        <Sidebar />
        {children}
      </div>
      <MenuSheet />
      {palette}
      <KeySheet />
      <ShellKeys />
    </ShellProvider>
  );
}

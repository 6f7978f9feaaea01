"use client";

import { useQueryState } from "nuqs";
import { createContext, type ReactNode, useContext, useState } from "react";
import type { BulkKind } from "@/lib/runs/bulk/kinds";
import { type RunFilters, runFilterOf } from "@/lib/runs/list/filters";
import { lookWith, type RunListLook, shownColumns } from "@/lib/runs/list/look";
import type { RunRow } from "@/lib/runs/schema";
import { runListParams } from "@/lib/runs/search-params";
import { LookMenu } from "./look-menu";

/** What a person is about to do to several runs: those that were chosen, or all that the filter matches. */
export interface BulkWish {
  kind: BulkKind;
  runs: readonly RunRow[] | "filter";
}

interface RunListState {
  workspace: string;
  filters: RunFilters;
  mayWrite: boolean;
  /** Names of members by id. */
  people: Readonly<Record<string, string>>;
  look: RunListLook;
  /** Returns what of the new look is the reader's own; the columns of a view are not. */
  setLook: (look: RunListLook) => RunListLook;
  /** On a phone: rows are chosen by touch, not opened. */
  choosing: boolean;
  setChoosing: (choosing: boolean) => void;
  selected: ReadonlyMap<string, RunRow>;
  /** Chooses a run or lets it go; with `from`, all rows between as well. */
  toggle: (run: RunRow, from?: { rows: readonly RunRow[]; id: string }) => void;
  /** Chooses all of these, or lets them all go when all are chosen. */
  toggleAll: (runs: readonly RunRow[]) => void;
  clear: () => void;
  wish: BulkWish | null;
  setWish: (wish: BulkWish | null) => void;
}

const RunListContext = createContext<RunListState | null>(null);

interface ProviderProps extends Pick<RunListState, "workspace" | "filters" | "mayWrite" | "people"> {
  look: RunListLook;
  children: ReactNode;
}

const nothing: ReadonlyMap<string, RunRow> = new Map();
const pushed = { history: "push" } as const;

/** What filter bar, table and the bar of acts share. What was chosen under one filter is not chosen under another. */
export function RunListProvider({ look: remembered, children, ...shared }: ProviderProps) {
  const [own, setOwn] = useState(remembered);
  const [columns, setColumns] = useQueryState("columns", runListParams.columns.withOptions(pushed));
  const [choosing, setChoosing] = useState(false);
  const [chosen, setChosen] = useState({ filter: "", runs: nothing });
  const [wish, setWish] = useState<BulkWish | null>(null);
  const { filters } = shared;
  const filter = JSON.stringify(runFilterOf(filters));
  const selected = chosen.filter === filter ? chosen.runs : nothing;
  const select = (change: (runs: Map<string, RunRow>) => void) =>
    setChosen((before) => {
      const runs = new Map(before.filter === filter ? before.runs : nothing);
      change(runs);
      return { filter, runs };
    });
  const toggle: RunListState["toggle"] = (run, from) =>
    select((runs) => {
      const [a, b] = from ? [from.id, run.id].map((id) => from.rows.findIndex((row) => row.id === id)) : [];
      if (from && a !== undefined && b !== undefined && a >= 0 && b >= 0) {
        for (const row of from.rows.slice(Math.min(a, b), Math.max(a, b) + 1)) runs.set(row.id, row);
      } else if (!runs.delete(run.id)) runs.set(run.id, run);
    });
  const toggleAll: RunListState["toggleAll"] = (rows) =>
    select((runs) => {
      const all = rows.every(({ id }) => runs.has(id));
      for (const row of rows) {
        if (all) runs.delete(row.id);
        else runs.set(row.id, row);
      }
    });
  const clear = () => {
    setChoosing(false);
    select((runs) => runs.clear());
  };
  const look = lookWith(own, columns);
  const setLook: RunListState["setLook"] = (next) => {
    const shown = shownColumns(next);
    if (columns !== null && shown.join() !== shownColumns(look).join()) void setColumns(shown);
    const mine = columns === null ? next : { ...next, hidden: own.hidden };
    setOwn(mine);
    return mine;
  };
  const lookState = { look, setLook, choosing, setChoosing };
  return (
    <RunListContext value={{ ...shared, ...lookState, selected, toggle, toggleAll, clear, wish, setWish }}>
      {children}
    </RunListContext>
  );
}

export function useRunList(): RunListState {
  const state = useContext(RunListContext);
  if (!state) throw new Error("The run list has no provider above it");
  return state;
}

export function RunListLookMenu() {
  const { look, setLook } = useRunList();
  return (
    <div className="max-md:hidden">
      <LookMenu look={look} onChange={setLook} />
    </div>
  );
}

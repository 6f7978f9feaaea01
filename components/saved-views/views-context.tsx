"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { viewsOptions } from "@/lib/saved-views/query-options";
import type { SavedView, SavedViewList, ViewPlace } from "@/lib/saved-views/schema";
import type { Action } from "./use-act";

/** A page as its saved views know it: what they are for, what it shows now, and how one gets from view to view. */
export interface ViewsPage {
  workspace: string;
  place: ViewPlace;
  /** The views as the server read them for the page, where it did. */
  initial?: SavedViewList;
  /** The view that the page began with. */
  saved: string | null;
  /** The look it has now, as a view would keep it. */
  now: string;
  /** The same, of a stored look: a later version of the page may write it in another way. */
  paramsOf: (search: string) => string;
  /** What a view keeps, in the words of the page. */
  keeps: string;
  /** The address that opens what a view is by then. */
  hrefOf: (viewId: string) => string;
  open: (view: Pick<SavedView, "id" | "params">) => void;
  /** The page began with this one from now on; null: with none. */
  setSaved: (viewId: string | null) => void;
  actions: Record<"save" | "update" | "edit" | "remove", Action>;
}

const Context = createContext<ViewsPage | null>(null);
export const ViewsProvider = Context.Provider;

export function useViewsPage(): ViewsPage {
  const page = useContext(Context);
  if (!page) throw new Error("There is no page with saved views around this component.");
  return page;
}

/** The views of the page and which of them is open; read when somebody asks. */
export function useViews(enabled: boolean) {
  const { workspace, place, initial, saved, now, paramsOf } = useViewsPage();
  const views = useQuery({ ...viewsOptions(workspace, place), enabled, initialData: initial });
  const current = views.data?.views.find(({ id }) => id === saved);
  return { ...views, current, changed: current !== undefined && paramsOf(current.params) !== now };
}

/** After a change: the views are asked for again. */
export function useForgetViews(): () => void {
  const { workspace, place } = useViewsPage();
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: viewsOptions(workspace, place).queryKey });
}

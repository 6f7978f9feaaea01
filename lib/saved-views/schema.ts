import { z } from "zod";
import type { SavedViewPage } from "@/drizzle/schema/saved-view-pages";

export const savedView = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The part of the page's URL that it keeps. */
  params: z.string(),
  /** Of logs: null when it is for any episode. */
  episodeId: z.string().nullable(),
  shared: z.boolean(),
  by: z.string(),
  updatedAt: z.iso.datetime(),
  /** The reader made it. */
  own: z.boolean(),
  /** The reader may change or delete it. */
  mayChange: z.boolean(),
});
export type SavedView = z.infer<typeof savedView>;

export const savedViewList = z.object({
  views: z.array(savedView),
  /** The reader may show views to everybody here. */
  mayShare: z.boolean(),
});
export type SavedViewList = z.infer<typeof savedViewList>;

/** A page, and what on it the views are for. */
export interface ViewPlace {
  page: SavedViewPage;
  episodeId: string | null;
}

export const mostViews = 100;
const mostParamBytes = 4096;

const name = z.string().trim().min(1, "A name is wanted.").max(80, "A name has at most 80 letters.");
/** A box of a form. */
export const ticked = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

/** What a form about a view sends, whatever the page. `paramsOf` takes from a URL what the page's views keep. */
export function viewForms(paramsOf: (search: string) => string) {
  const params = z
    .string()
    .max(3 * mostParamBytes)
    .transform(paramsOf)
    .refine(
      (text) => new TextEncoder().encode(text).length <= mostParamBytes,
      "This query is too long to be saved.",
    );
  const view = z.object({ viewId: z.uuid() });
  return {
    save: z.object({ name, params, shared: ticked }),
    update: view.extend({ params }),
    edit: view.extend({ name, shared: ticked }),
    remove: view,
  };
}

type Forms = ReturnType<typeof viewForms>;
export type SaveViewInput = z.output<Forms["save"]> & Pick<SavedView, "episodeId">;
export type UpdateViewInput = z.output<Forms["update"]>;
export type EditViewInput = z.output<Forms["edit"]>;
export type ViewInput = z.output<Forms["remove"]>;

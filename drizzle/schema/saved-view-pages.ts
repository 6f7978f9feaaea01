/** Pages whose looks are kept under a name. Apart from the table, so that the browser can read it. */
export const savedViewPages = ["logs", "runs"] as const;
export type SavedViewPage = (typeof savedViewPages)[number];

/** What a person may be in a workspace, from the most to the least. A file without a table, so that the browser may import it. */
export const roles = ["owner", "admin", "editor", "annotator", "viewer"] as const;
export type Role = (typeof roles)[number];

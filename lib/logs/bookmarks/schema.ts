import { z } from "zod";
import { episodeId, int64Text } from "../schema";

/** Marks of one person in one episode; more than anybody walks through. */
export const mostBookmarks = 500;

export const bookmark = z.object({
  seq: int64Text,
  note: z.string(),
  createdAt: z.iso.datetime(),
});
export type Bookmark = z.infer<typeof bookmark>;

/** In the order of the rows. */
export const bookmarkList = z.object({ bookmarks: z.array(bookmark) });
export type BookmarkList = z.infer<typeof bookmarkList>;

export const markRowInput = z.object({
  episodeId,
  seq: int64Text,
  note: z.string().trim().max(500, "A note has 500 characters at most.").default(""),
});
export type MarkRowInput = z.infer<typeof markRowInput>;

export const unmarkRowInput = z.object({ episodeId, seq: int64Text });
export type UnmarkRowInput = z.infer<typeof unmarkRowInput>;

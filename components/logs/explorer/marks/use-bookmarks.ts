"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { markRowAction, unmarkRowAction } from "@/lib/logs/bookmarks/actions";
import { bookmarksOptions } from "@/lib/logs/bookmarks/query-options";
import type { Bookmark, BookmarkList } from "@/lib/logs/bookmarks/schema";
import type { EpisodeAddress } from "@/lib/logs/query-options";

type Change = { seq: number; mark: true; note: string } | { seq: number; mark: false };

/** The reader's own marks in an episode. They show at once; what the server refuses goes back to how it was. */
export function useBookmarks(address: EpisodeAddress) {
  const client = useQueryClient();
  const options = bookmarksOptions(address);
  const { data, error } = useQuery(options);
  const list = data?.bookmarks ?? [];
  const change = useMutation({
    mutationFn: async (wanted: Change) => {
      const form = new FormData();
      form.set("episodeId", address.episodeId);
      form.set("seq", String(wanted.seq));
      if (wanted.mark) form.set("note", wanted.note);
      const action = wanted.mark ? markRowAction : unmarkRowAction;
      const answer = await action(address.workspace, null, form);
      if (!answer.ok) throw new Error(answer.message);
    },
    onMutate: async (wanted) => {
      await client.cancelQueries(options);
      const before = client.getQueryData(options.queryKey);
      client.setQueryData(options.queryKey, (known: BookmarkList = { bookmarks: [] }) => ({
        bookmarks: changed(known.bookmarks, wanted),
      }));
      return { before };
    },
    onError: (_error, _wanted, context) => client.setQueryData(options.queryKey, context?.before),
    onSettled: () => client.invalidateQueries(options),
  });

  const seqs = list.map(({ seq }) => Number(seq));
  return {
    list,
    seqs,
    has: (seq: number) => seqs.includes(seq),
    failure: error ?? change.error,
    toggle: (seq: number) =>
      change.mutate(seqs.includes(seq) ? { seq, mark: false } : { seq, mark: true, note: "" }),
    remove: (seq: number) => change.mutate({ seq, mark: false }),
    annotate: (seq: number, note: string) => change.mutate({ seq, mark: true, note }),
    /** The next mark from a row on; null when there is none. */
    next: (from: number, direction: "forward" | "backward"): number | null =>
      (direction === "forward" ? seqs.find((seq) => seq > from) : seqs.findLast((seq) => seq < from)) ?? null,
  };
}

export type Bookmarks = ReturnType<typeof useBookmarks>;

function changed(list: readonly Bookmark[], wanted: Change): Bookmark[] {
  const seq = String(wanted.seq);
  const others = list.filter((mark) => mark.seq !== seq);
  if (!wanted.mark) return others;
  const known = list.find((mark) => mark.seq === seq);
  const mark = { seq, note: wanted.note, createdAt: known?.createdAt ?? new Date().toISOString() };
  return [...others, mark].sort((a, b) => Number(a.seq) - Number(b.seq));
}

import { onTestFinished, vi } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logQueryFrom } from "@/lib/logs/search/query";
import { eventText } from "@/lib/logs/tail/event";
import { type FollowOptions, followEpisode } from "@/lib/logs/tail/follow";
import { openDoor } from "./export";
import { numbersTold, sentEvents } from "./tail";

interface Listening extends Partial<FollowOptions> {
  from?: bigint | null;
  query?: string;
}

/** A listener of its own, that collects what it is told, until its test is over. */
export async function listenTo(
  scope: WorkspaceScope,
  episodeId: string,
  { from = 0n, query = "", ...options }: Listening = {},
) {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const request = { from, query: logQueryFrom(new URLSearchParams(query)) };
  const events = await followEpisode(scope, episodeId, request, {
    answer: openDoor,
    signal: controller.signal,
    ...options,
  });
  if (!events) throw new Error(`There is no episode ${episodeId}`);
  const texts: string[] = [];
  const done = (async () => {
    for await (const bytes of eventText(events)) texts.push(new TextDecoder().decode(bytes));
  })();
  const sent = () => sentEvents(texts.join(""));
  return { done, sent, numbers: () => numbersTold(sent()), leave: () => controller.abort() };
}

export const reaches = (listener: { numbers: () => number[] }, count: number) =>
  vi.waitUntil(() => listener.numbers().length >= count, { timeout: 20_000, interval: 20 });

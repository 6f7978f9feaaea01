import { formatDuration } from "@/lib/format";
import { agoOf } from "@/lib/logs/explorer-query";
import { rangeText, type ScreenTime } from "@/lib/logs/screen-time";
import { day, hour, minute } from "@/lib/time";

interface Range {
  since: string | null;
  until: string | null;
}

/** A time range of the URL in words: "last 15 minutes", "20 Nov 05:48:00 to 14:02:11", "since …", "before …". */
export function timeWords({ since, until }: Range, time: ScreenTime): string {
  const ago = since && agoOf(since);
  if (ago && !until) return lastWords(ago);
  const write = (text: string) => {
    const before = agoOf(text);
    if (before !== null) return `${formatDuration(before)} ago`;
    return Number.isNaN(Date.parse(text)) ? text : `${time.day(text)} ${time.clock(text)}`;
  };
  const known = (text: string) => agoOf(text) === null && !Number.isNaN(Date.parse(text));
  if (since && until) {
    return known(since) && known(until)
      ? rangeText(since, until, time, true)
      : `${write(since)} to ${write(until)}`;
  }
  return since ? `since ${write(since)}` : until ? `before ${write(until)}` : "";
}

/** "last 15 minutes", "last hour", "last 7 days". */
export function lastWords(ms: number): string {
  const [unit, name] = ms % day === 0 ? [day, "day"] : ms % hour === 0 ? [hour, "hour"] : [minute, "minute"];
  const count = ms / unit;
  if (!Number.isInteger(count)) return `last ${formatDuration(ms)}`;
  return count === 1 ? `last ${name}` : `last ${count} ${name}s`;
}

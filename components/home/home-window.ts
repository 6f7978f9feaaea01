import { createLoader, createSerializer, parseAsStringLiteral } from "nuqs/server";
import { formatDate, formatHourMinute } from "@/lib/format";
import { hour } from "@/lib/time";

export const homeWindows = ["24h", "7d"] as const;
export type HomeWindow = (typeof homeWindows)[number];

/** `?window=7d`; a day is the default and stays out of the URL. */
const homeParams = { window: parseAsStringLiteral(homeWindows).withDefault("24h") };
export const loadHomeParams = createLoader(homeParams);
export const homeQuery = createSerializer(homeParams);

interface WindowDescription {
  hours: 24 | 168;
  label: string;
  /** "in the last 24 hours". */
  words: string;
  /** Width of a bar: an hour of a day, six hours of a week. */
  bucketMs: number;
  chartTitle: string;
}

export const homeWindow: Record<HomeWindow, WindowDescription> = {
  "24h": { hours: 24, label: "24 h", words: "the last 24 hours", bucketMs: hour, chartTitle: "Runs by hour" },
  "7d": {
    hours: 168,
    label: "7 d",
    words: "the last 7 days",
    bucketMs: 6 * hour,
    chartTitle: "Runs by 6 hours",
  },
};

/** "15:00" on the axis of a day, "14 Nov" on that of a week. */
export function bucketStart(at: string, window: HomeWindow): string {
  return window === "24h" ? formatHourMinute(at) : formatDate(at).slice(0, -5);
}

/** "20 Nov, 15:00 to 16:00 UTC". */
export function bucketName(at: string, window: HomeWindow): string {
  const end = new Date(Date.parse(at) + homeWindow[window].bucketMs).toISOString();
  return `${formatDate(at).slice(0, -5)}, ${formatHourMinute(at)} to ${formatHourMinute(end)} UTC`;
}

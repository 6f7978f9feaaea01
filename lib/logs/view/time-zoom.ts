import { z } from "zod";
import type { TimeWindow } from "../histogram/query-options";

/** The part of the explorer's URL that zooming changes. */
export interface ZoomParams extends TimeWindow {
  zoom: readonly string[];
}

type ZoomPatch = TimeWindow & { zoom: string[] | null };

/** A link stays short enough to be sent; who zooms in further loses the way back to the very first. */
const mostKept = 12;
const between = "~";
const moment = z.union([z.iso.datetime({ offset: true }), z.string().regex(/^-\d{1,6}[smhd]$/)]);

/** Into a stretch of time; the one before is kept on the way back. */
export function zoomInto({ since, until, zoom }: ZoomParams, window: TimeWindow): ZoomPatch {
  return { ...window, zoom: [...zoom, textOf({ since, until })].slice(-mostKept) };
}

/** Back to the stretch before; without one, to the whole. Null when the whole is shown already. */
export function zoomBack({ since, until, zoom }: ZoomParams): ZoomPatch | null {
  const before = zoom.at(-1);
  if (before === undefined && since === null && until === null) return null;
  return { ...windowOf(before ?? ""), zoom: orNull(zoom.slice(0, -1)) };
}

/** To one of the stretches on the way here: 0 is the first. */
export function zoomTo({ zoom }: ZoomParams, step: number): ZoomPatch {
  return { ...windowOf(zoom[step] ?? ""), zoom: orNull(zoom.slice(0, step)) };
}

/** The stretches on the way to this one, the oldest first. */
export function zoomTrail({ zoom }: Pick<ZoomParams, "zoom">): TimeWindow[] {
  return zoom.map(windowOf);
}

const orNull = (zoom: readonly string[]) => (zoom.length > 0 ? [...zoom] : null);
const textOf = ({ since, until }: TimeWindow) => `${since ?? ""}${between}${until ?? ""}`;

/** Somebody may have written it by hand: what is no moment is the end of the episode. */
function windowOf(text: string): TimeWindow {
  const [since = "", until = ""] = text.split(between);
  return { since: moment.safeParse(since).data ?? null, until: moment.safeParse(until).data ?? null };
}

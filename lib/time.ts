/** Periods in milliseconds. */
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

export type Instant = Date | string | number;

/** Milliseconds since 1970; JSON carries dates as ISO strings, documents as `Date`. */
export function toMs(at: Instant): number {
  return at instanceof Date ? at.getTime() : typeof at === "number" ? at : Date.parse(at);
}

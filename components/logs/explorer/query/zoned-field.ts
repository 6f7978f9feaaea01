/** An ISO time as a field of a form holds it, in UTC or in the reader's zone: "2026-11-20T14:02:11.481". */
export function textIn(at: string | null, local: boolean): string {
  if (at === null || Number.isNaN(Date.parse(at))) return "";
  const moment = new Date(at);
  const shifted = local ? new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000) : moment;
  return shifted.toISOString().slice(0, 23);
}

/** The same way back; null for an empty field. */
export function momentIn(text: string, local: boolean): string | null {
  if (text === "") return null;
  const moment = new Date(local ? text : `${text}Z`);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}

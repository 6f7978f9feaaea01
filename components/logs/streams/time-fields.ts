/** An instant as a date and time field holds it, in UTC or in the reader's zone; empty for none. */
export function fieldText(at: string | null, local: boolean): string {
  if (at === null || Number.isNaN(Date.parse(at))) return "";
  const moment = new Date(at);
  const shown = local ? new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000) : moment;
  return shown.toISOString().slice(0, 23);
}

/** The instant that a date and time field means; null when it is empty. */
export function momentOfField(text: string, local: boolean): string | null {
  if (text === "") return null;
  const moment = new Date(local ? text : `${text}Z`);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}

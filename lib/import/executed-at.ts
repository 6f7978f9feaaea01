const zone = "(Z|[+-]\\d{2}:?\\d{2})";
const extended = new RegExp(`^(\\d{4})-(\\d{2})-(\\d{2})T(\\d{2}):(\\d{2}):(\\d{2}(?:\\.\\d+)?)${zone}$`);
const basic = new RegExp(`^(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2}(?:\\.\\d+)?)${zone}$`);
const american = new RegExp(`^(\\d{2})-(\\d{2})-(\\d{2})T(\\d{2}):(\\d{2}):(\\d{2}(?:\\.\\d+)?)${zone}$`);

/** For the message that refuses any other. */
export const executedAtFormats =
  "2020-12-25T20:10:08+00:00, 20200408T154143+0000 or 12-19-20T21:31:53Z (MM-DD-YY)";

/** The moment a workflow was executed, in the forms that WfFormat files have it; null for anything else. */
export function parseExecutedAt(text: string): Date | null {
  const yearFirst = extended.exec(text) ?? basic.exec(text);
  if (yearFirst) return momentOf(yearFirst.slice(1));
  const monthFirst = american.exec(text);
  if (!monthFirst) return null;
  const [month = "", day = "", year = "", ...rest] = monthFirst.slice(1);
  return momentOf([`20${year}`, month, day, ...rest]);
}

/** Null for a day or time that no calendar has: `Date` would roll 31 February over into March. */
function momentOf([year, month, day, hour, minute, second, offset = "Z"]: string[]): Date | null {
  const local = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(local.getTime()) || local.getUTCDate() !== Number(day)) return null;
  const moment = new Date(local.getTime() - offsetMs(offset));
  return Number.isNaN(moment.getTime()) ? null : moment;
}

function offsetMs(offset: string): number {
  if (offset === "Z") return 0;
  const digits = offset.replace(/\D/g, "");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (offset.startsWith("-") ? -minutes : minutes) * 60_000;
}

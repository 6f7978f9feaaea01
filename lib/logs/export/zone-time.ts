const minute = 60_000;
const minutesKept = 5_000;

/** Writes UTC timestamps as local time with its offset, for one IANA zone. */
export function zoneTime(timezone: string): (isoText: string) => string {
  if (timezone === "UTC") return (isoText) => isoText;
  const offsets = new Intl.DateTimeFormat("en", { timeZone: timezone, timeZoneName: "longOffset" });
  // Asking for an offset costs more than all the rest of a row. Neighbouring rows nearly always share their minute, and
  // zones change their offset at a full one.
  const known = new Map<number, Offset>();
  const offsetAt = (time: number): Offset => {
    const key = Math.floor(time / minute);
    const found = known.get(key);
    if (found) return found;
    if (known.size >= minutesKept) known.clear();
    const offset = offsetOf(offsets, time);
    known.set(key, offset);
    return offset;
  };
  return (isoText) => {
    const time = Date.parse(isoText);
    const { milliseconds, text } = offsetAt(time);
    return `${new Date(time + milliseconds).toISOString().slice(0, -1)}${text}`;
  };
}

interface Offset {
  milliseconds: number;
  /** "+01:00" */
  text: string;
}

function offsetOf(offsets: Intl.DateTimeFormat, time: number): Offset {
  const name = offsets.formatToParts(time).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const match = /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name);
  if (!match) return { milliseconds: 0, text: "+00:00" };
  const [, sign, hours, minutes, seconds = "0"] = match;
  const size = (Number(hours) * 60 + Number(minutes)) * minute + Number(seconds) * 1000;
  return { milliseconds: sign === "-" ? -size : size, text: name.slice("GMT".length) };
}

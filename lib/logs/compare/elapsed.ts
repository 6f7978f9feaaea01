import { hour, minute, second } from "@/lib/time";

/** Time since a stream's first row, to the millisecond and as short as it can be: "0.481", "12:02.481", "3:12:02.481". */
export function formatElapsed(ms: number): string {
  if (ms < 0) return `−${formatElapsed(-ms)}`;
  const hours = Math.floor(ms / hour);
  const minutes = Math.floor((ms % hour) / minute);
  const seconds = Math.floor((ms % minute) / second);
  const tail = `.${String(Math.floor(ms % second)).padStart(3, "0")}`;
  if (hours > 0) return `${hours}:${two(minutes)}:${two(seconds)}${tail}`;
  return minutes > 0 ? `${minutes}:${two(seconds)}${tail}` : `${seconds}${tail}`;
}

const two = (value: number) => String(value).padStart(2, "0");

import "server-only";

/**
 * The time of an interleaving, which its seed decides: the same for the database of a seed however busy the machine is. It
 * starts at the same moment for all, so that no document of a seed depends on the day.
 */
export class VirtualClock {
  now = Date.UTC(2026, 0, 1);

  pass(ms: number): void {
    this.now += ms;
  }

  until(moment: number): void {
    this.now = Math.max(this.now, moment);
  }
}

/**
 * An operation in which the database's clock is this moment. `$$NOW` is one value throughout a command, so a constant in its
 * place means the same; that a real server puts its own there is for the cases with real processes to show.
 */
export function atMoment<T>(command: T, now: number): T;
export function atMoment(command: unknown, now: number): unknown {
  if (command === "$$NOW") return new Date(now);
  if (Array.isArray(command)) return command.map((each) => atMoment(each, now));
  if (!isPlain(command)) return command;
  return Object.fromEntries(
    // What stands in a literal is a value, whatever it looks like.
    Object.entries(command).map(([key, value]) => [key, key === "$literal" ? value : atMoment(value, now)]),
  );
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

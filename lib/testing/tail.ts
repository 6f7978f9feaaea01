export interface SentEvent {
  id: string | null;
  name: string;
  data: unknown;
}

/** The whole events of a server-sent text; what follows the last empty line is not one yet. */
export function sentEvents(text: string): SentEvent[] {
  return text
    .split("\n\n")
    .slice(0, -1)
    .flatMap((block) => {
      const fields = new Map(block.split("\n").map((line) => splitField(line)));
      const data = fields.get("data");
      if (data === undefined) return [];
      return [
        { id: fields.get("id") ?? null, name: fields.get("event") ?? "message", data: JSON.parse(data) },
      ];
    });
}

/** The numbers that events tell of, in the order they came. */
export function numbersTold(events: SentEvent[]): number[] {
  return events.flatMap(({ name, data }) => {
    if (name === "rows" && Array.isArray(data)) return data.map(({ seq }) => Number(seq));
    if (name !== "gap" && name !== "skipped") return [];
    const { from, to } = Object(data);
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
  });
}

function splitField(line: string): [string, string] {
  const colon = line.indexOf(": ");
  return [line.slice(0, colon), line.slice(colon + 2)];
}

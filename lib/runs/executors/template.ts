/*
 * `{{path.to.value}}` in the settings of a node stands for what the run knows when the task begins. Plain paths and nothing else: no
 * expression of a workflow's author runs in the worker.
 */

const placeholder = /\{\{\s*([^{}]+?)\s*\}\}/g;

/** Every text inside a JSON value filled in. A text that is one placeholder becomes the value itself, of whatever type. */
export function fill(value: unknown, known: Record<string, unknown>): unknown {
  if (typeof value === "string") {
    const [only] = value.matchAll(placeholder);
    return only?.[0] === value ? valueAt(known, only[1] ?? "") : fillText(value, known);
  }
  if (Array.isArray(value)) return value.map((each) => fill(each, known));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, known)]));
}

export function fillText(
  text: string,
  known: Record<string, unknown>,
  written: (value: string) => string = (value) => value,
): string {
  return text.replace(placeholder, (_, path: string) => {
    const value = valueAt(known, path);
    return written(typeof value === "string" ? value : JSON.stringify(value));
  });
}

function valueAt(known: Record<string, unknown>, path: string): unknown {
  let value: unknown = known;
  for (const step of path.split(".")) {
    const holds = typeof value === "object" && value !== null && Object.hasOwn(value, step);
    if (!holds)
      throw new Error(`{{${path}}}: there is no ${step}. Known are ${Object.keys(known).join(", ")}.`);
    value = Reflect.get(Object(value), step);
  }
  return value;
}

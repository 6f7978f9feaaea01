import { formatBytes, formatCount, formatDuration } from "@/lib/format";

export interface ConfigFact {
  name: string;
  value: string;
}

type Config = Record<string, unknown>;

/** The command as one would type it; imported runs state a program and its arguments. */
export function commandLine(config: Config): string | null {
  const { command } = config;
  if (typeof command === "string") return command.trim() || null;
  if (Array.isArray(command)) return command.map(quote).join(" ") || null;
  if (!isRecord(command) || typeof command.program !== "string") return null;
  const rest = Array.isArray(command.arguments) ? command.arguments : [];
  return [command.program, ...rest].map(quote).join(" ");
}

/** The rest of the settings as name and value, with the unit that the name states. Nested ones stay JSON. */
export function configFacts(config: Config): ConfigFact[] {
  return Object.entries(config).flatMap(([key, value]) => {
    if (key === "command" || value === null || value === undefined || isSizesOfFiles(key, config)) return [];
    const [, stem = key, unit = null] = withUnit.exec(key) ?? [];
    const text = write(value, unit);
    return text === "" ? [] : [{ name: words(stem), value: text }];
  });
}

/** One figure for each of the files that stand beside it: of use to whoever runs the task. */
const isSizesOfFiles = (key: string, config: Config) =>
  key.endsWith("Sizes") && key.replace(/Sizes$/, "Files") in config;

const withUnit = /^(.+?)(?:In)?(Bytes|KiB|MiB|GiB|Ms|Seconds)$/;

function write(value: unknown, unit: string | null): string {
  const figure =
    typeof value === "string" && unit !== null && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof figure === "number") {
    if (unit === "Bytes") return formatBytes(figure);
    if (unit === "Ms") return formatDuration(figure);
    if (unit === "Seconds") return formatDuration(figure * 1000);
    return unit === null ? formatCount(figure) : `${formatCount(figure)} ${unit}`;
  }
  if (typeof figure === "string") return figure;
  if (typeof figure === "boolean") return figure ? "yes" : "no";
  if (Array.isArray(figure) && figure.every((each) => typeof each === "string")) return figure.join(", ");
  return JSON.stringify(figure);
}

/** "coreCount" -> "Core count", "avgCPU" -> "Avg CPU". */
function words(key: string): string {
  const parts = key
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .split(/[ _-]+/)
    .map((part) => (acronyms.has(part.toLowerCase()) ? part.toUpperCase() : part.toLowerCase()));
  const text = parts.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const acronyms = new Set(["cpu", "gpu", "id", "io", "ram", "url"]);

function quote(argument: unknown): string {
  const text = String(argument);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function isRecord(value: unknown): value is Config {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

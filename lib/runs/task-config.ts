import { formatBytes, formatCount } from "@/lib/format";

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

/** The rest of the settings as name and value, sizes in bytes as sizes. Nested ones stay JSON. */
export function configFacts(config: Config): ConfigFact[] {
  return Object.entries(config)
    .filter(([key, value]) => key !== "command" && value !== null && value !== undefined && value !== "")
    .map(([key, value]) => ({ name: words(key), value: write(key, value) }))
    .filter(({ value }) => value !== "");
}

function write(key: string, value: unknown): string {
  if (typeof value === "number") return /bytes$/i.test(key) ? formatBytes(value) : formatCount(value);
  if (typeof value === "string")
    return /bytes$/i.test(key) && /^\d{1,18}$/.test(value) ? formatBytes(BigInt(value)) : value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value.join(", ");
  return JSON.stringify(value);
}

/** "readBytes" -> "Read", "coreCount" -> "Core count". */
function words(key: string): string {
  const spaced = key
    .replace(/(?:In)?Bytes$/, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function quote(argument: unknown): string {
  const text = String(argument);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function isRecord(value: unknown): value is Config {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

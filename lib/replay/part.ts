import { formatBytes, formatDuration, formatPlural } from "@/lib/format";
import type { LogLevel } from "@/lib/logs/level";
import { type Random, seededRandom } from "@/lib/seeded-random";
import { filesOf, type PlayedFile, type ReplayConfig } from "./config";
import { failureOf } from "./failures";
import { speak } from "./voices";

export interface PlayedTask {
  runId: string;
  nodeId: string;
  nodeType: string;
  attempt: number;
}

export interface PlayedLine {
  /** When it is said, as a share of how long the task lasts. */
  at: number;
  stream: "stdout" | "stderr" | "system";
  level: LogLevel;
  message: string;
}

/** How one attempt of a task goes. */
export interface Part {
  lastsMs: number;
  /** In the order in which they are said. */
  lines: PlayedLine[];
  /** Null when it succeeds. */
  errorMessage: string | null;
}

type Said = Omit<PlayedLine, "at">;

/** Files named one by one in a log; the others are counted. */
const filesNamed = 20;

/**
 * The part that a task plays follows from its settings, node and attempt alone: whoever takes it up again plays the same, another
 * attempt may go otherwise.
 */
export function partOf(config: ReplayConfig, task: PlayedTask): Part {
  const seed = config.seed ?? task.runId;
  // A draw of its own for the failure: what the log says does not decide how the task ends.
  const fails = seededRandom(`fails ${seed} ${task.nodeId} ${task.attempt}`).chance(config.failureRate);
  const random = seededRandom(`plays ${seed} ${task.nodeId} ${task.attempt}`);
  const recordedMs = config.durationMs * (1 + config.spread * random.between(-1, 1));
  const share = fails ? random.between(0.1, 0.9) : 1;
  const errorMessage = fails ? failureOf(task.nodeType, random) : null;
  const work = isRecorded(config) ? recordedWork(config) : spokenWork(task, random);
  const done = work.slice(0, Math.ceil(work.length * share));
  const lines = [
    opening(config, task),
    ...done,
    ...(errorMessage === null ? closing(config, recordedMs) : failing(errorMessage)),
  ];
  const last = Math.max(1, lines.length - 1);
  return {
    lastsMs: (recordedMs * share) / config.speed,
    lines: lines.map((line, index) => ({ at: index / last, ...line })),
    errorMessage,
  };
}

const stdout = (message: string, level: LogLevel = "info"): Said => ({ stream: "stdout", level, message });
const system = (message: string, level: LogLevel = "info"): Said => ({ stream: "system", level, message });
const stderr = (message: string, level: LogLevel): Said => ({ stream: "stderr", level, message });

function opening({ speed }: ReplayConfig, { nodeId, attempt }: PlayedTask): Said {
  const pace = speed === 1 ? "" : `, replayed at ${speed.toLocaleString("en")} times the recorded speed`;
  return system(`${nodeId} starts, attempt ${attempt}${pace}`);
}

/** A recording names a command or files; a task of a definition that was never recorded names neither. */
const isRecorded = ({ command, inputFiles, outputFiles }: ReplayConfig) =>
  command !== null || inputFiles.length > 0 || outputFiles.length > 0;

function recordedWork(config: ReplayConfig): Said[] {
  const { command, readBytes } = config;
  const commandLine = [command?.program, ...(command?.arguments ?? [])].filter(Boolean).join(" ");
  const progress = [25, 50, 75].map((percent) => {
    const bytes =
      readBytes === null
        ? ""
        : `, ${formatBytes((readBytes * percent) / 100)} of ${formatBytes(readBytes)} read`;
    return stdout(`${percent} % done${bytes}`);
  });
  return [
    ...named("read", filesOf(config.inputFiles, config.inputSizes)),
    ...(commandLine === "" ? [] : [stdout(`$ ${commandLine}`)]),
    ...progress,
    ...named("wrote", filesOf(config.outputFiles, config.outputSizes)),
  ];
}

function named(verb: string, files: PlayedFile[]): Said[] {
  const lines = files.slice(0, filesNamed).map(({ name, sizeBytes }) => {
    return stdout(`${verb} ${name}${sizeBytes === null ? "" : `, ${formatBytes(sizeBytes)}`}`);
  });
  const rest = files.slice(filesNamed);
  if (rest.length === 0) return lines;
  const bytes = rest.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  return [...lines, stdout(`${verb} ${formatPlural(rest.length, "more file")}, ${formatBytes(bytes)}`)];
}

function spokenWork({ nodeType }: PlayedTask, random: Random): Said[] {
  const count = random.whole(15, 70);
  return Array.from({ length: count }, (_, index) => {
    const { level, message } = speak(nodeType, random, index + 1, count);
    return stdout(message, level);
  });
}

/** What the recording knows of the end; that and when it ended is said by the worker. */
function closing({ speed, writtenBytes }: ReplayConfig, recordedMs: number): Said[] {
  const facts = [
    ...(speed === 1 ? [] : [`took ${formatDuration(recordedMs)} when it was recorded`]),
    ...(writtenBytes === null ? [] : [`${formatBytes(writtenBytes)} written`]),
  ];
  return facts.length === 0 ? [] : [system(facts.join(", "))];
}

/** Two tries of its own, then the whole error in one entry, as a runtime writes it. */
function failing(errorMessage: string): Said[] {
  const [first = errorMessage] = errorMessage.split("\n");
  return [
    stderr(`trying again in 1 s: ${first}`, "warn"),
    stderr(`trying again in 2 s: ${first}`, "warn"),
    stderr(errorMessage, "error"),
  ];
}

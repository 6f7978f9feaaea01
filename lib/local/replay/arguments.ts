import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { type ReplaySettings, replaySettings } from "@/lib/replay/config";
import { Failure } from "../failure";

export interface ReplayWish extends ReplaySettings {
  /** WfFormat files, or ids of runs that are there. */
  sources: string[];
  workspace: string;
  /** Retry what failed until nothing fails. */
  untilDone: boolean;
  /** Tasks that the worker of the command works on at once. */
  slots: number;
  /** Replays that go on at the same time. */
  atOnce: number;
}

const usage = `npm run replay -- <file.json[.gz] or run id>… [options]
     npm run replay -- --all <folder> [options]
     --speed 1000     times as fast as recorded
     --failures 0.05  share of attempts that fail
     --seed 1         which ones; the same seed, the same failures
     --until-done     retry what failed until nothing fails
     --slots 32       tasks worked on at once
     --at-once 1      replays that go on at the same time
     --workspace demo`;

export function readArguments(args: string[]): ReplayWish {
  const { values, positionals } = parse(args);
  const settings = replaySettings.safeParse({
    speed: values.speed,
    failureRate: values.failures,
    seed: values.seed,
  });
  if (!settings.success) {
    const [issue] = settings.error.issues;
    throw wrong(`--${optionOf(String(issue?.path[0]))}: ${issue?.message}`);
  }
  const sources = [...positionals, ...(values.all === undefined ? [] : filesBelow(values.all))];
  if (sources.length === 0) throw wrong("Nothing to replay is named.");
  return {
    ...settings.data,
    sources,
    workspace: values.workspace,
    untilDone: values["until-done"],
    slots: wholeNumber("slots", values.slots, 256),
    atOnce: wholeNumber("at-once", values["at-once"], 16),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        all: { type: "string" },
        speed: { type: "string", default: "1000" },
        failures: { type: "string", default: "0" },
        seed: { type: "string", default: "1" },
        "until-done": { type: "boolean", default: false },
        slots: { type: "string", default: "32" },
        "at-once": { type: "string", default: "1" },
        workspace: { type: "string", default: "demo" },
      },
    });
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

/** Smallest first: whatever is wrong is seen early. */
function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) throw wrong(`--all ${folder}: there is no such folder.`);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.json(\.gz)?$/.test(name))
    .map((name) => path.join(folder, name))
    .map((file) => ({ file, bytes: statSync(file).size }))
    .sort((a, b) => a.bytes - b.bytes || (a.file < b.file ? -1 : 1))
    .map(({ file }) => file);
}

function wholeNumber(option: string, text: string, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw wrong(`--${option} ${text}: a whole number from 1 to ${most} is wanted.`);
}

const optionOf = (field: string) => (field === "failureRate" ? "failures" : field);
const wrong = (message: string) => new Failure(message, usage);

/** What a setting of an executor must be. */
export interface Setting {
  name: string;
  type: "string" | "number" | "list of strings" | "object";
  required?: true;
  words: string;
}

interface NodeKind {
  words: string;
  settings: readonly Setting[];
  /** Works on assets: as a root of a graph it has nothing to do unless the run is bound to some. */
  needsAssets?: true;
}

interface ExecutorKind {
  words: string;
  settings: readonly Setting[];
  /** The kinds of node it knows; without them it takes any. */
  nodeTypes?: Readonly<Record<string, NodeKind>>;
}

const command: Setting = {
  name: "command",
  type: "string",
  required: true,
  words: "the program, as the allow-list of the server names it",
};
const url: Setting = { name: "url", type: "string", required: true, words: "an http or https address" };
const durationMs: Setting = { name: "durationMs", type: "number", words: "milliseconds" };

/** What the platform can run, and which settings it needs to. The page that shows a node reads the same words. */
export const executorCatalogue = {
  builtin: {
    words: "runs inside the console's worker",
    settings: [],
    nodeTypes: {
      probe: {
        words: "looks into the bound assets and writes a report on each",
        settings: [],
        needsAssets: true,
      },
      filter: { words: "keeps the assets that meet a condition", settings: [], needsAssets: true },
      set: { words: "unites, intersects or subtracts the assets of its upstream", settings: [] },
      report: { words: "writes an artifact that sums up what came before", settings: [] },
      sleep: { words: "waits", settings: [durationMs] },
      log: { words: "writes lines to its log", settings: [] },
      fail: { words: "fails, always or at a seeded rate", settings: [] },
    },
  },
  process: { words: "runs a command on the worker's machine, where that is allowed", settings: [command] },
  http: { words: "calls a URL", settings: [url] },
  external: { words: "waits for a worker of yours that speaks the worker API", settings: [] },
  replay: { words: "plays a recorded duration and a log again", settings: [durationMs] },
} as const satisfies Record<string, ExecutorKind>;

export type ExecutorName = keyof typeof executorCatalogue;
export const executorNames = Object.keys(executorCatalogue).sort();

const kinds: Readonly<Record<string, ExecutorKind>> = executorCatalogue;

export function executorKind(name: string): ExecutorKind | null {
  return Object.hasOwn(kinds, name) ? (kinds[name] ?? null) : null;
}

/** The kind of a node, where its executor tells kinds apart. */
export function nodeKind(executor: string, nodeType: string): NodeKind | null {
  const types = executorKind(executor)?.nodeTypes;
  return types && Object.hasOwn(types, nodeType) ? (types[nodeType] ?? null) : null;
}

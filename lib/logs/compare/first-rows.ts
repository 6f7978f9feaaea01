import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logLevels } from "../level";
import { readEntry } from "../read/entry";
import { matchesTemplate } from "../templates/match";
import type { ComparedTemplate } from "./schema";

/** Where the first row of a template stands; the groups of two episodes keep it apart for each side. */
export type FirstSequences = Record<"a" | "b", ReadonlyMap<string, bigint>>;

/** Templates of one list whose first row is read: it says how bad they are. */
const mostLookedUp = 40;
const atOnce = 8;

/** The list with the first row of its foremost templates. */
export async function withFirstRows(
  scope: WorkspaceScope,
  episodes: Record<"a" | "b", string>,
  sequences: FirstSequences,
  templates: ComparedTemplate[],
): Promise<ComparedTemplate[]> {
  const looked: ComparedTemplate[] = templates.slice(0, mostLookedUp);
  for (let start = 0; start < looked.length; start += atOnce) {
    const read = await Promise.all(
      looked.slice(start, start + atOnce).map((template) => firstRow(scope, episodes, sequences, template)),
    );
    looked.splice(start, read.length, ...read);
  }
  return [...looked, ...templates.slice(mostLookedUp)];
}

async function firstRow(
  scope: WorkspaceScope,
  episodes: Record<"a" | "b", string>,
  sequences: FirstSequences,
  template: ComparedTemplate,
): Promise<ComparedTemplate> {
  const side = template.a > 0 ? "a" : "b";
  const sequence = sequences[side].get(template.template);
  if (sequence === undefined) return template;
  const entry = await readEntry(scope, episodes[side], sequence);
  // A row that has become unreadable, or of which only a later, more general template is known, says nothing here.
  if (!entry || "kind" in entry || !matchesTemplate(template.template, entry.message)) return template;
  return { ...template, first: { side, sequence: entry.seq, level: entry.level, at: entry.at } };
}

/** Warnings and worse before the rest, which keeps its order: only what somebody may have to act on comes first. */
export function worstFirst(templates: ComparedTemplate[]): ComparedTemplate[] {
  return [...templates].sort((one, other) => badness(other) - badness(one));
}

function badness({ first }: ComparedTemplate): number {
  const rank = first ? logLevels.indexOf(first.level) : 0;
  return rank >= logLevels.indexOf("warn") ? rank : 0;
}

import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { fromLine } from "../entry-line";
import type { TemplateGroups } from "../patterns/groups";
import { maskMessage } from "../templates/mask";
import { textLines } from "../walk/lines";
import { walkEpisode } from "../walk/walk";

/** A row as comparisons see it. */
export interface TemplateRow {
  sequence: string;
  template: string;
}

const mostKnown = 5_000;

/**
 * The rows of an episode from its first on, by the template they are of. A message of no known template stands for itself,
 * with its values masked, so that rare messages are compared as well.
 */
export async function* templateStream(
  scope: WorkspaceScope,
  episodeId: string,
  newest: bigint,
  groups: TemplateGroups,
): AsyncGenerator<TemplateRow> {
  const known = new Map<string, string>();
  for await (const piece of walkEpisode(scope, episodeId, { from: 0n, to: newest })) {
    if (piece.kind === "gap") continue;
    for (const line of textLines(piece.bytes)) {
      const { seq, message } = fromLine(line);
      const masked = maskMessage(message);
      let template = known.get(masked);
      if (template === undefined) {
        template = groups.of(masked)?.template ?? masked;
        if (known.size >= mostKnown) known.clear();
        known.set(masked, template);
      }
      yield { sequence: seq.toString(), template };
    }
  }
}

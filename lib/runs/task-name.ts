export interface TaskNameParts {
  /** What tasks of one kind share: "mProject", "SAMPLESHEET_CHECK". */
  stem: string;
  /** What tells one of them from the others: "12", "SRR1039512". */
  mark: string | null;
}

const numbered = /^(.+?)[_.\- ]?(?:ID)?0*(\d+)$/;
const parenthesised = /^(.+?)\s*\(([^)]+)\)$/;

/**
 * Splits a task's name the way people read it. Engines name tasks `mProject_ID0000012`, `A.B.SAMTOOLS_SORT` (the same
 * for every sample, only the node id differs) or `STAR_ALIGN (SRR1039512)`; a digit that belongs to a tool's name,
 * as in `bowtie2`, stays in the stem.
 */
export function taskNameParts(name: string, nodeId: string): TaskNameParts {
  const inBrackets = parenthesised.exec(name);
  if (inBrackets?.[1] && inBrackets[2]) return { stem: lastSegment(inBrackets[1]), mark: inBrackets[2] };
  const own = splitNumber(name);
  if (own) return own;
  const rest = nodeId.startsWith(name) ? nodeId.slice(name.length) : "";
  const fromId = /^[_.\- ]?(?:ID)?0*(\d+)$/.exec(rest);
  return { stem: lastSegment(name), mark: fromId?.[1] ?? null };
}

/** The name in one line. */
export function shortTaskName(name: string, nodeId: string): string {
  return joinName(taskNameParts(name, nodeId));
}

export function joinName({ stem, mark }: TaskNameParts): string {
  return mark ? `${stem} ${mark}` : stem;
}

function splitNumber(name: string): TaskNameParts | null {
  if (!/[_.\- ](?:ID)?\d+$/.test(name)) return null;
  const match = numbered.exec(name);
  return match?.[1] && match[2] ? { stem: lastSegment(match[1]), mark: match[2] } : null;
}

/** `NFCORE.RNASEQ.ALIGN` is known as ALIGN; a dot followed by a digit or at an end is part of a version or a file. */
function lastSegment(name: string): string {
  const match = /\.([A-Za-z][^.]*)$/.exec(name);
  return match?.[1] ?? name;
}

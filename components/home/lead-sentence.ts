import { formatCount, formatPlural } from "@/lib/format";

interface LeadFigures {
  /** Things that need a person. */
  needed: number;
  inProgress: number;
  succeeded: number;
  /** Runs of the window that are over. */
  ended: number;
  windowWords: string;
}

/** The first thing on the page: what broke, then how the rest is. */
export function leadSentence({
  needed,
  inProgress,
  succeeded,
  ended,
  windowWords,
}: LeadFigures): [string, string] {
  const first =
    needed === 0
      ? "Nothing needs you."
      : `${inWords(needed)} ${needed === 1 ? "thing needs" : "things need"} you.`;
  const progress =
    inProgress === 0
      ? "No run in progress"
      : `${inWords(inProgress)} ${inProgress === 1 ? "run" : "runs"} in progress`;
  const outcome =
    ended === 0
      ? `none ended in ${windowWords}`
      : succeeded === ended
        ? `all ${formatPlural(ended, "ended run")} of ${windowWords} succeeded`
        : `${formatCount(succeeded)} of ${formatCount(ended)} succeeded in ${windowWords}`;
  return [first, `${progress}, ${outcome}.`];
}

const words = [
  "No",
  "One",
  "Two",
  "Three",
  "Four",
  "Five",
  "Six",
  "Seven",
  "Eight",
  "Nine",
  "Ten",
  "Eleven",
  "Twelve",
];

function inWords(count: number): string {
  return words[count] ?? formatCount(count);
}

import "server-only";
import { AppError } from "@/lib/errors";
import type { ParsedEntry } from "../parse-line";
import { maskEntry } from "./mask-entry";
import { type RedactionRule, type RuleSet, ruleSet } from "./rule";
import { OutOfTime, withinTime } from "./time-limit";

/** For a batch. The process serves nobody else in that time. */
const limitMs = 2000;
/** After a rule ran out of time nothing is tried for so long, so that a retrying sender does not stop everyone. */
const restMs = 10_000;

/** The enabled rules of a workspace, ready to apply. Fails closed: what cannot be masked in time is not stored. */
export class Redactor {
  /** Equal for equal rules in the same order. */
  readonly key: string;
  private readonly rules: RuleSet;
  private refusal: { message: string; until: number } | null = null;

  constructor(rules: readonly RedactionRule[]) {
    this.key = JSON.stringify(rules);
    this.rules = ruleSet(rules);
  }

  apply(entries: ParsedEntry[]): ParsedEntry[] {
    if (this.rules.all.length === 0) return entries;
    if (this.refusal && this.refusal.until > performance.now()) throw refused(this.refusal.message);
    this.refusal = null;
    try {
      return withinTime(limitMs, () => entries.map((entry) => maskEntry(entry, this.rules)));
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw error;
      const message = `The redaction rule “${this.rules.current}” takes too long on these lines, so they were not stored. Change the rule in the settings of the workspace, then send them again.`;
      this.refusal = { message, until: performance.now() + restMs };
      throw refused(message);
    }
  }
}

/** Not an error of the lines: a sender that waits and comes again loses nothing. */
function refused(message: string): AppError {
  return new AppError("unavailable", message, { retryAfterSeconds: restMs / 1000 });
}

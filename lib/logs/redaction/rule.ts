import { z } from "zod";

export const redactionTargets = ["both", "message", "metadata"] as const;
export type RedactionTarget = (typeof redactionTargets)[number];

export const mostRules = 50;

/** A rule as ingest applies it. */
export interface RedactionRule {
  name: string;
  pattern: string;
  /** What stands in the place of every match, letter for letter. */
  mask: string;
  appliesTo: RedactionTarget;
}

export interface CompiledRule extends RedactionRule {
  expression: RegExp;
}

/** Throws a SyntaxError, in V8's words, for a pattern that is none. */
export function compileRule(rule: RedactionRule): CompiledRule {
  return { ...rule, expression: new RegExp(rule.pattern, "gu") };
}

/** Rules in their order, and which of them look at what. */
export interface RuleSet {
  all: readonly CompiledRule[];
  forMessage: readonly CompiledRule[];
  forMetadata: readonly CompiledRule[];
  /** The rule that is being applied: the one to name when the time is over. */
  current: string;
}

export function ruleSet(rules: readonly RedactionRule[]): RuleSet {
  const all = rules.map(compileRule);
  return {
    all,
    forMessage: all.filter(({ appliesTo }) => appliesTo !== "metadata"),
    forMetadata: all.filter(({ appliesTo }) => appliesTo !== "message"),
    current: "",
  };
}

/** What a form may say about a rule. The database holds the same lengths (log_redaction_rules). */
export const redactionRuleFields = {
  name: z.string().trim().min(1, "Give the rule a name.").max(80, "80 characters at most."),
  pattern: z
    .string()
    .min(1, "Write a regular expression.")
    .max(500, "500 characters at most.")
    .superRefine((pattern, context) => {
      try {
        const { expression } = compileRule({ name: "", pattern, mask: "", appliesTo: "both" });
        if (expression.test(""))
          context.addIssue({
            code: "custom",
            message: "It matches the empty text, so it would match everywhere.",
          });
      } catch (error) {
        const reason = error instanceof Error ? error.message.replace(/^.*?\/gu: /, "") : "";
        context.addIssue({ code: "custom", message: `Not a regular expression: ${reason}` });
      }
    }),
  mask: z.string().min(1, "Write what stands in its place.").max(100, "100 characters at most."),
  appliesTo: z.enum(redactionTargets),
};

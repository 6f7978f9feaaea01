import { z } from "zod";
import { redactionRuleFields } from "./rule";

/** A new rule when it names none. */
export const saveRuleInput = z.object({
  ruleId: z.uuid().optional(),
  ...redactionRuleFields,
});
export type SaveRuleInput = z.infer<typeof saveRuleInput>;

export const switchRuleInput = z.object({ ruleId: z.uuid(), enabled: z.stringbool() });
export type SwitchRuleInput = z.infer<typeof switchRuleInput>;

export const moveRuleInput = z.object({ ruleId: z.uuid(), direction: z.enum(["up", "down"]) });
export type MoveRuleInput = z.infer<typeof moveRuleInput>;

export const deleteRuleInput = z.object({ ruleId: z.uuid() });
export type DeleteRuleInput = z.infer<typeof deleteRuleInput>;

export const tryLineInput = z.object({
  line: z.string().trim().min(1, "Paste a line.").max(100_000, "100,000 characters at most."),
});
export type TryLineInput = z.infer<typeof tryLineInput>;

"use client";

import { type ReactNode, useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { ToggleGroup } from "@/components/ui/toggle-group";
import type { ActionState } from "@/lib/auth/action-state";
import { saveRuleAction } from "@/lib/logs/redaction/actions";
import { redactionTargets } from "@/lib/logs/redaction/rule";
import { type RuleView, targetLabels } from "./rule-look";

interface RuleFormProps {
  workspace: string;
  /** The rule to change; a new one without it. */
  rule?: RuleView;
  /** The button that opens the form. */
  children: ReactNode;
}

export function RuleForm({ workspace, rule, children }: RuleFormProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>{children}</DialogTrigger>
      <DialogContent
        title={rule ? `Change “${rule.name}”` : "Add a redaction rule"}
        description="Holds from the next batch on. What is stored already stays as it is."
      >
        <Fields workspace={workspace} rule={rule} onSaved={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

interface FieldsProps {
  workspace: string;
  rule?: RuleView;
  onSaved: () => void;
}

function Fields({ workspace, rule, onSaved }: FieldsProps) {
  const [appliesTo, setAppliesTo] = useState(rule?.appliesTo ?? "both");
  const [state, save, pending] = useActionState(async (before: ActionState | null, form: FormData) => {
    const after = await saveRuleAction(workspace, before, form);
    if (after.ok) onSaved();
    return after;
  }, null);
  const failure = state?.ok === false ? state : null;
  const typed = (name: "name" | "pattern" | "mask") => failure?.values?.[name] ?? rule?.[name];
  return (
    <form action={save} className="flex flex-col gap-3" noValidate>
      {rule && <input type="hidden" name="ruleId" value={rule.id} />}
      <input type="hidden" name="appliesTo" value={appliesTo} />
      <Field
        name="name"
        label="Name"
        placeholder="E-mail addresses"
        defaultValue={typed("name")}
        error={failure?.fields?.name}
        maxLength={80}
        autoComplete="off"
      />
      <Field
        name="pattern"
        label="Pattern"
        placeholder="[\w.+-]{1,64}@[\w.-]{1,255}"
        hint="A regular expression. With limits such as {1,64} it stays quick on long lines."
        defaultValue={typed("pattern")}
        error={failure?.fields?.pattern}
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        className="mono"
      />
      <Field
        name="mask"
        label="Stored in its place"
        placeholder="[e-mail]"
        defaultValue={typed("mask")}
        error={failure?.fields?.mask}
        maxLength={100}
        autoComplete="off"
        className="mono"
      />
      <div className="flex flex-col gap-1">
        <span className="font-medium text-12 text-text-2">Applies to</span>
        {/* Buttons: a select would be set back with the form when saving fails. */}
        <ToggleGroup
          label="Applies to"
          value={appliesTo}
          options={redactionTargets.map((value) => ({ value, label: targetLabels[value] }))}
          onValueChange={setAppliesTo}
          className="self-start"
        />
      </div>
      {failure && !failure.fields && (
        <p role="alert" className="text-12 text-fail-text">
          {failure.message}
        </p>
      )}
      <DialogActions>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" disabled={pending}>
          {pending ? "Saving" : rule ? "Save" : "Add rule"}
        </Button>
      </DialogActions>
    </form>
  );
}

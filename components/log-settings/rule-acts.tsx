"use client";

import { ArrowDown, ArrowUp, Pencil, Trash2 } from "lucide-react";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { ActionState } from "@/lib/auth/action-state";
import { deleteRuleAction, moveRuleAction, switchRuleAction } from "@/lib/logs/redaction/actions";
import { RuleForm } from "./rule-form";
import type { RuleView } from "./rule-look";

interface RuleActsProps {
  workspace: string;
  rule: RuleView;
  isFirst: boolean;
  isLast: boolean;
}

type Act = (workspace: string, previous: null, form: FormData) => Promise<ActionState>;

/** What can be done to a rule: on and off, change, its place among the others, delete. */
export function RuleActs({ workspace, rule, isFirst, isLast }: RuleActsProps) {
  const [pending, start] = useTransition();
  const [failure, setFailure] = useState<string | null>(null);
  const run = (act: Act, fields: Record<string, string> = {}) =>
    start(async () => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ ruleId: rule.id, ...fields })) form.set(name, value);
      const state = await act(workspace, null, form);
      setFailure(state.ok ? null : state.message);
    });
  return (
    <div className="flex flex-wrap items-center justify-end gap-1 self-start max-md:col-span-3 max-md:mt-1">
      <Button
        size="sm"
        disabled={pending}
        aria-label={`Turn ${rule.enabled ? "off" : "on"} ${rule.name}`}
        onClick={() => run(switchRuleAction, { enabled: String(!rule.enabled) })}
      >
        {rule.enabled ? "Turn off" : "Turn on"}
      </Button>
      <Button
        variant="ghost"
        size="icon"
        disabled={pending || isFirst}
        aria-label={`Apply ${rule.name} earlier`}
        title="Apply earlier"
        className="disabled:border-transparent"
        onClick={() => run(moveRuleAction, { direction: "up" })}
      >
        <ArrowUp size={14} aria-hidden="true" />
      </Button>
      <Button
        variant="ghost"
        size="icon"
        disabled={pending || isLast}
        aria-label={`Apply ${rule.name} later`}
        title="Apply later"
        className="disabled:border-transparent"
        onClick={() => run(moveRuleAction, { direction: "down" })}
      >
        <ArrowDown size={14} aria-hidden="true" />
      </Button>
      <RuleForm workspace={workspace} rule={rule}>
        <Button variant="ghost" size="icon" aria-label={`Change ${rule.name}`} title="Change">
          <Pencil size={14} aria-hidden="true" />
        </Button>
      </RuleForm>
      <DeleteRule rule={rule} pending={pending} onDelete={() => run(deleteRuleAction)} />
      {failure && (
        <p role="alert" className="basis-full text-right text-12 text-fail-text">
          {failure}
        </p>
      )}
    </div>
  );
}

interface DeleteRuleProps {
  rule: RuleView;
  pending: boolean;
  onDelete: () => void;
}

function DeleteRule({ rule, pending, onDelete }: DeleteRuleProps) {
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={`Delete ${rule.name}`} title="Delete">
          <Trash2 size={14} aria-hidden="true" />
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Delete “${rule.name}”`}
        description="From the next batch on, what it masks is stored as it comes. What it has masked stays masked."
      >
        <DialogActions>
          <DialogClose asChild>
            <Button>Keep the rule</Button>
          </DialogClose>
          <DialogClose asChild>
            <Button variant="danger" disabled={pending} onClick={onDelete}>
              Delete rule
            </Button>
          </DialogClose>
        </DialogActions>
      </DialogContent>
    </Dialog>
  );
}

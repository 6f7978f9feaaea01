"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useActionState, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { inputKeys, resolvedInputsOptions } from "@/lib/datasets/query-options";
import { type Choice, choiceText, type InputOption, type InputOptions } from "@/lib/datasets/schema";
import { formatPlural } from "@/lib/format";
import { startRunAction } from "@/lib/runs/actions";
import { startParams } from "@/lib/workflows/search-params";
import { ChosenInputs } from "./chosen-inputs";
import { InputPicker } from "./input-picker";
import { WhatRuns, type WhatRunsProps } from "./what-runs";

export interface StartFormProps
  extends Pick<WhatRunsProps, "tasks" | "executors" | "typicalMs" | "problems"> {
  workspace: string;
  workflowId: string;
  version: number;
  versions: readonly { value: string; label: string }[];
  /** What the form begins with: from the link, or from an earlier run. */
  initial: readonly Choice[];
  /** What is known of these. */
  known: readonly InputOption[];
  needsAssets: boolean;
  retryOfRunId: string | null;
  /** Made with the form: sent twice, it is one run. */
  idempotencyKey: string;
}

export function StartForm(props: StartFormProps) {
  const { workspace, workflowId, version, versions, known, needsAssets, retryOfRunId, problems } = props;
  const [chosen, setChosen] = useState<readonly Choice[]>(props.initial);
  const [idempotencyKey] = useState(props.idempotencyKey);
  const [choosing, startTransition] = useTransition();
  const [, setParams] = useQueryStates(startParams, { history: "replace" });
  const client = useQueryClient();
  const resolved = useQuery(resolvedInputsOptions(workspace, chosen));
  const [state, start, pending] = useActionState(startRunAction.bind(null, workspace), null);
  const [seen, setSeen] = useState(known);

  const choose = (next: readonly Choice[]) => {
    setChosen(next);
    const texts = (kind: Choice["kind"]) => next.filter((choice) => choice.kind === kind).map(choiceText);
    void setParams({ dataset: texts("dataset"), asset: texts("asset") });
  };
  const same = (a: { kind: string; id: string }) => (b: { kind: string; id: string }) =>
    a.kind === b.kind && a.id === b.id;
  const optionOf = (choice: Choice) =>
    seen.find(same(choice)) ??
    client
      .getQueriesData<InputOptions>({ queryKey: inputKeys.search(workspace, "").slice(0, 3) })
      .flatMap(([, found]) => found?.options ?? [])
      .find(same(choice));
  const toggle = (option: InputOption) => {
    setSeen([...seen.filter((each) => !same(option)(each)), option]);
    choose(
      chosen.some(same(option))
        ? chosen.filter((choice) => !same(option)(choice))
        : [...chosen, { kind: option.kind, id: option.id }],
    );
  };
  const assets = resolved.data?.ok ? resolved.data.assets : 0;
  const lacksAssets = needsAssets && resolved.data?.ok === true && assets === 0;
  const blocked = problems.length > 0 || lacksAssets || resolved.data?.ok === false;

  return (
    <form action={start} className="max-w-200 px-6 py-3 max-md:px-4" noValidate>
      <input type="hidden" name="workflowId" value={workflowId} />
      <input type="hidden" name="versionNumber" value={version} />
      <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
      <input type="hidden" name="inputBindings" value={JSON.stringify(chosen)} />
      <input type="hidden" name="retryOfRunId" value={retryOfRunId ?? ""} />
      <Panel title="Version">
        <div className="flex items-center gap-3 py-2" aria-busy={choosing}>
          <Select
            label="Version"
            value={String(version)}
            options={versions}
            onValueChange={(value) =>
              void setParams({ version: Number(value) }, { shallow: false, startTransition })
            }
            className="h-7 w-64 max-md:h-9"
          />
          {retryOfRunId !== null && (
            <p className="min-w-0 truncate text-text-2">
              Again, after{" "}
              <Link
                href={`/w/${workspace}/runs/${encodeURIComponent(retryOfRunId)}`}
                className="text-accent-text underline"
              >
                an earlier run
              </Link>
            </p>
          )}
        </div>
      </Panel>
      <Panel title="Inputs" count={chosen.length || undefined} className="mt-3">
        <p className="py-2 text-text-2">
          {needsAssets
            ? "This workflow begins with assets: choose at least one asset or dataset."
            : "It runs without inputs. What is chosen here is handed to each of its tasks."}
        </p>
        <ChosenInputs
          chosen={chosen}
          optionOf={optionOf}
          onVersion={(of, versionId) =>
            choose(chosen.map((choice) => (same(of)(choice) ? withVersion(choice, versionId) : choice)))
          }
          onRemove={(of) => choose(chosen.filter((choice) => !same(of)(choice)))}
        />
        <InputPicker workspace={workspace} chosen={chosen} onToggle={toggle} />
      </Panel>
      <WhatRuns {...props} chosenCount={chosen.length} resolved={resolved} lacksAssets={lacksAssets} />
      <div className="flex items-center gap-3 pb-6 max-md:flex-col max-md:items-stretch">
        <Button type="submit" variant="primary" disabled={pending || blocked}>
          {pending ? "Starting" : `Start run of ${formatPlural(props.tasks, "task")}`}
        </Button>
        <p
          role="status"
          className="flex min-w-0 items-start gap-2 text-fail-text empty:hidden [overflow-wrap:anywhere]"
        >
          {state?.ok === false && (
            <>
              <span className="flex h-5 items-center">
                <StatusGlyph tone="fail" />
              </span>
              {state.message}
            </>
          )}
        </p>
      </div>
    </form>
  );
}

function withVersion({ kind, id }: Choice, versionId: string | undefined): Choice {
  return versionId === undefined ? { kind, id } : { kind, id, versionId };
}

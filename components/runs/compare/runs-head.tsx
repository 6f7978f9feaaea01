"use client";

import { ArrowLeftRight } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { SideMark } from "@/components/logs/compare/side-mark";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import type { RunChoice, RunChoices } from "@/lib/runs/compare/schema";
import { runCompareParams, runCompareSearch } from "@/lib/runs/compare/search-params";
import { RunLabel } from "./run-label";
import { RunPicker } from "./run-picker";

interface RunsHeadProps {
  workspace: string;
  run: RunChoice;
  /** Null while they load. */
  choices: RunChoices | null;
  chosen: RunChoice | null;
}

/** Which runs: A stands in the address, B is chosen here. */
export function RunsHead({ workspace, run, choices, chosen }: RunsHeadProps) {
  const [, setParams] = useQueryStates(runCompareParams);
  const router = useRouter();
  const swap = () => {
    if (chosen) router.push(`/w/${workspace}/runs/${chosen.id}/compare${runCompareSearch({ with: run.id })}`);
  };
  return (
    <div className="grid min-h-11 shrink-0 grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2 gap-y-1 border-line border-b px-3 py-1 md:flex md:px-4">
      <SideMark side="a" />
      <Link href={`/w/${workspace}/runs/${run.id}`} className="flex min-w-0 rounded-1 hover:underline">
        <RunLabel run={run} />
      </Link>
      <Tooltip text="Swap A and B">
        <Button variant="ghost" size="icon" aria-label="Swap A and B" disabled={!chosen} onClick={swap}>
          <ArrowLeftRight size={14} aria-hidden="true" />
        </Button>
      </Tooltip>
      <SideMark side="b" />
      <span className="flex min-w-0 max-md:col-span-2">
        {choices && (
          <RunPicker
            choices={choices}
            chosen={chosen}
            onChoose={(runId) => void setParams({ with: runId, open: null }, { history: "push" })}
          />
        )}
      </span>
    </div>
  );
}

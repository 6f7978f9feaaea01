"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { FailedState } from "@/components/ui/failed-state";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { formatPlural } from "@/lib/format";
import type { ComparisonChoice, ComparisonChoices } from "@/lib/logs/compare/schema";
import { describeFailure } from "../describe-failure";
import { SideLabel } from "./side-label";

interface ChoiceListProps {
  choices: UseQueryResult<ComparisonChoices>;
  search: string;
  chosen: string | null;
  onChoose: (episodeId: string) => void;
}

export function ChoiceList({ choices, search, chosen, onChoose }: ChoiceListProps) {
  const { data, error } = choices;
  if (error && !data) {
    return (
      <FailedState
        title="Episodes cannot be listed"
        onRetry={() => void choices.refetch()}
        retrying={choices.isFetching}
      >
        <p>{describeFailure(error)}</p>
      </FailedState>
    );
  }
  if (!data) return <ChoiceSkeleton />;
  const sameTask = search === "" ? data.sameTask : [];
  const listed = new Set(sameTask.map(({ episodeId }) => episodeId));
  const others = data.episodes.filter(({ episodeId }) => !listed.has(episodeId));
  const row = (choice: ComparisonChoice) => (
    <ChoiceRow
      key={choice.episodeId}
      choice={choice}
      chosen={choice.episodeId === chosen}
      onChoose={onChoose}
    />
  );
  return (
    <div className="min-h-40 overflow-y-auto pb-1">
      {sameTask.length > 0 && <Group title="The same task in other runs">{sameTask.map(row)}</Group>}
      {others.length > 0 && (
        <Group title={search ? "Episodes with this name" : "Other episodes, last written first"}>
          {others.map(row)}
        </Group>
      )}
      {sameTask.length + others.length === 0 && (
        <p className="px-3 py-3 text-text-2">
          {search ? `No other episode has “${search}” in its name.` : "There is no other episode yet."}
        </p>
      )}
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="eyebrow px-3 pt-2 pb-1">{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

interface ChoiceRowProps {
  choice: ComparisonChoice;
  chosen: boolean;
  onChoose: (episodeId: string) => void;
}

function ChoiceRow({ choice, chosen, onChoose }: ChoiceRowProps) {
  const { episodeId, task, rows, failing, lastAt } = choice;
  return (
    <li>
      <button
        type="button"
        aria-current={chosen || undefined}
        onClick={() => onChoose(episodeId)}
        className="focus-inset flex h-7 w-full items-center gap-2 px-3 text-left hover:bg-hover aria-[current]:bg-accent-tint max-md:h-10"
      >
        <SideLabel episodeId={episodeId} task={task} />
        <span className="ml-auto flex shrink-0 items-center gap-2 whitespace-nowrap text-12 text-text-3">
          {failing > 0 && <span className="text-fail-text">{formatPlural(failing, "error")}</span>}
          <span>{formatPlural(rows, "row")}</span>
          {!task && lastAt && <Time at={lastAt} className="max-md:hidden" />}
          <Check size={14} aria-hidden="true" className={chosen ? "text-accent-text" : "invisible"} />
        </span>
      </button>
    </li>
  );
}

function ChoiceSkeleton() {
  return (
    <div role="status" aria-label="Reading episodes" className="flex min-h-40 flex-col py-2">
      {["w-64", "w-72", "w-56", "w-64", "w-48"].map((width, index) => (
        <span key={`${width} ${String(index)}`} className="flex h-7 items-center px-3">
          <Skeleton className={width} />
        </span>
      ))}
    </div>
  );
}

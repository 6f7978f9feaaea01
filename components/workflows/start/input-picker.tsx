"use client";

import { useQuery } from "@tanstack/react-query";
import { Box, Check, Database, Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { inputSearchOptions } from "@/lib/datasets/query-options";
import type { Choice, InputOption } from "@/lib/datasets/schema";
import { formatBytes, formatPlural } from "@/lib/format";

interface InputPickerProps {
  workspace: string;
  chosen: readonly Choice[];
  onToggle: (option: InputOption) => void;
}

export const kindIcon = { asset: Box, dataset: Database } as const;

/** Assets and datasets, found by name; pressing one chooses it or lets it go. */
export function InputPicker({ workspace, chosen, onToggle }: InputPickerProps) {
  const [text, setText] = useState("");
  const found = useQuery(inputSearchOptions(workspace, useDeferredValue(text.trim())));
  return (
    <div className="rounded-2 border border-line">
      <Input
        type="search"
        aria-label="Find assets and datasets"
        placeholder="Find assets and datasets by name"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="rounded-b-none border-0 border-line border-b bg-transparent"
      />
      <div className="h-64 overflow-auto" aria-busy={found.isFetching}>
        {found.isError ? (
          <p role="alert" className="flex items-center gap-2 p-3 text-fail-text">
            They cannot be read: {found.error.message}
            <Button size="sm" onClick={() => found.refetch()}>
              Try again
            </Button>
          </p>
        ) : found.data ? (
          <Options {...found.data} text={text} chosen={chosen} onToggle={onToggle} />
        ) : (
          <OptionsSkeleton />
        )}
      </div>
    </div>
  );
}

const widths = ["w-48", "w-64", "w-40", "w-56", "w-52", "w-44", "w-60"];

function OptionsSkeleton() {
  return (
    <div role="status" aria-label="Reading assets and datasets">
      {widths.map((width) => (
        <div key={width} className="flex h-9 items-center gap-2 border-line border-b px-3 max-md:h-11">
          <Skeleton className={width} />
          <Skeleton className="ml-auto w-20" />
        </div>
      ))}
    </div>
  );
}

interface OptionsProps {
  options: readonly InputOption[];
  more: boolean;
  text: string;
  chosen: readonly Choice[];
  onToggle: (option: InputOption) => void;
}

function Options({ options, more, text, chosen, onToggle }: OptionsProps) {
  if (options.length === 0) {
    return (
      <p className="p-3 text-text-2">
        {text.trim() === ""
          ? "This workspace has no assets and no datasets yet."
          : `Nothing has “${text.trim()}” in its name.`}
      </p>
    );
  }
  return (
    <ul aria-label="Assets and datasets">
      {options.map((option) => (
        <li key={`${option.kind} ${option.id}`} className="border-line border-b last:border-b-0">
          <Option
            option={option}
            isChosen={chosen.some(({ kind, id }) => kind === option.kind && id === option.id)}
            onToggle={() => onToggle(option)}
          />
        </li>
      ))}
      {more && <li className="px-3 py-2 text-12 text-text-3">There are more: type a part of the name.</li>}
    </ul>
  );
}

function Option({
  option,
  isChosen,
  onToggle,
}: {
  option: InputOption;
  isChosen: boolean;
  onToggle: () => void;
}) {
  const { kind, name, type, blocked, versions, assetCount, sizeBytes, fileCount } = option;
  const Icon = kindIcon[kind];
  const latest = versions[0]?.tag;
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      disabled={blocked !== null && !isChosen}
      onClick={onToggle}
      className={cn(
        "grid min-h-9 w-full grid-cols-[16px_minmax(0,1fr)_auto_16px] items-center gap-x-2 px-3 py-1 text-left hover:bg-hover focus-visible:shadow-(--focus-in) disabled:text-text-3 max-md:min-h-11",
        isChosen && "bg-accent-tint hover:bg-accent-tint",
      )}
    >
      <Icon size={14} aria-hidden="true" className="text-text-3" />
      <span className="min-w-0 truncate">
        <span className="font-medium">{name}</span>
        {latest && <span className="text-text-2"> {latest}</span>}
        <span className="text-text-3">
          {" "}
          {kind === "dataset" ? "dataset" : type}
          {kind === "dataset" && assetCount > 1 && `, ${formatPlural(assetCount, "asset")}`}
        </span>
      </span>
      <span className="whitespace-nowrap text-12 text-text-3">
        {blocked ?? (
          <>
            {formatBytes(sizeBytes)}
            <span className="max-md:hidden">, {formatPlural(fileCount, "file")}</span>
          </>
        )}
      </span>
      {isChosen ? (
        <Check size={14} aria-hidden="true" className="text-accent-text" />
      ) : (
        <Plus size={14} aria-hidden="true" className="text-text-3" />
      )}
    </button>
  );
}

"use client";

import { ListFilter, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Kbd } from "@/components/ui/kbd";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { compilePattern } from "@/lib/logs/search/pattern";
import { ModeSwitch } from "../explorer/query/mode-switch";
import { StreamRail } from "./stream-rail";
import { TimeMenu } from "./time-menu";
import type { StreamLogState } from "./use-stream-log";

/** What is looked for: streams, levels, text, time. */
export function StreamQueryLine({ log }: { log: StreamLogState }) {
  const { params } = log;
  const chosen = params.level.length + params.in.length + params.out.length;
  return (
    <div className="flex h-12 shrink-0 items-center gap-1.5 border-line border-b px-3 max-md:px-2">
      <Popover>
        <PopoverTrigger asChild>
          <Button className="lg:hidden" aria-label={`Filters, ${chosen} in force`}>
            <ListFilter size={14} aria-hidden="true" />
            {chosen > 0 && chosen}
          </Button>
        </PopoverTrigger>
        <PopoverContent label="Filters" align="start" className="w-80 p-0">
          <StreamRail log={log} />
        </PopoverContent>
      </Popover>
      <div className="flex h-8 min-w-0 grow items-center gap-1.5 rounded-2 border border-line-strong bg-surface pr-1.5 pl-2 focus-within:border-accent max-md:h-9">
        <Search size={14} aria-hidden="true" className="text-text-3" />
        <Chips log={log} />
        <TextFilter key={params.q} log={log} />
        <ModeSwitch
          label="How the text is meant"
          mode={params.mode}
          onChange={(mode) => log.set({ mode })}
          className="max-md:hidden"
        />
        <Kbd className="max-md:hidden">f</Kbd>
      </div>
      <TimeMenu log={log} />
    </div>
  );
}

function Chips({ log }: { log: StreamLogState }) {
  const { params, set, nameOf, toggle } = log;
  const word = params.run === null ? "stream" : "task";
  return (
    <span className="flex min-w-0 max-w-[60%] items-center gap-1.5 overflow-x-auto [scrollbar-width:none] max-lg:hidden">
      {params.level.map((level) => (
        <Chip
          key={level}
          name="level"
          removeLabel={`Remove level ${level}`}
          onRemove={() => {
            const rest = params.level.filter((other) => other !== level);
            set({ level: rest.length > 0 ? rest : null });
          }}
        >
          {level}
        </Chip>
      ))}
      {params.in.map((stream) => (
        <Chip
          key={stream}
          name={`${word} is`}
          removeLabel={`Remove ${word} ${nameOf(stream)}`}
          onRemove={() => toggle("in", stream)}
        >
          {nameOf(stream)}
        </Chip>
      ))}
      {params.out.map((stream) => (
        <Chip
          key={stream}
          name={`${word} is not`}
          removeLabel={`Show ${word} ${nameOf(stream)} again`}
          onRemove={() => toggle("out", stream)}
        >
          {nameOf(stream)}
        </Chip>
      ))}
      {params.meta.map((condition) => (
        <Chip
          key={condition}
          name="field"
          removeLabel={`Remove condition ${condition}`}
          onRemove={() => set({ meta: params.meta.filter((other) => other !== condition) })}
        >
          {condition}
        </Chip>
      ))}
      {params.template && (
        <Chip name="template" removeLabel="Remove template" onRemove={() => set({ template: null })}>
          {params.template}
        </Chip>
      )}
    </span>
  );
}

/** Long enough for a word to be typed, short enough to feel immediate. */
const typingPauseMs = 400;

/** Holds what is being typed; the URL gets it when the hand pauses, or at once on Enter. A pattern that is wrong says so. */
function TextFilter({ log }: { log: StreamLogState }) {
  const { params, set } = log;
  const [typed, setTyped] = useState(params.q);
  const field = useRef<HTMLInputElement>(null);
  const compiled = params.mode === "regex" && typed !== "" ? compilePattern(typed) : null;
  const wrong = compiled && !compiled.ok ? compiled.message : null;
  const ask = (text: string) => set({ q: text.trim() === "" ? null : text });
  useEffect(() => {
    if (typed === params.q || wrong !== null) return;
    const timer = setTimeout(() => ask(typed), typingPauseMs);
    return () => clearTimeout(timer);
  });
  return (
    <>
      <input
        ref={field}
        type="search"
        data-page-search
        aria-label="Filter rows by text"
        aria-invalid={wrong !== null}
        aria-describedby="stream-text-error"
        placeholder="Filter by text in message and metadata"
        maxLength={500}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && wrong === null) ask(typed);
          if (event.key === "Escape") {
            setTyped("");
            if (params.q) ask("");
            field.current?.blur();
          }
        }}
        className="h-7.5 min-w-15 grow bg-transparent text-text outline-none placeholder:text-text-3 focus-visible:shadow-none max-md:text-[16px] [&::-webkit-search-cancel-button]:hidden"
      />
      <span id="stream-text-error" role="status" className="truncate text-12 text-fail-text empty:hidden">
        {wrong}
      </span>
    </>
  );
}

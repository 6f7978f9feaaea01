"use client";

import { ChevronDown, ChevronUp, TextSearch, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatCount, formatPlural } from "@/lib/format";
import { bytesAhead } from "@/lib/logs/view/search-sentence";
import { useExplorerContext } from "../explorer-context";
import { ModeSwitch } from "../query/mode-switch";
import { useTypedText } from "../query/use-typed-text";
import { ProgressLine } from "./progress-line";
import type { Find } from "./use-find";

/** Over the list: what is looked for, which hit this is, and the ways to the next. */
export function FindBar() {
  const { find, params } = useExplorerContext();
  const { run } = find;
  const [typed, setTyped, now] = useTypedText(
    find.text,
    (text) => params.set({ find: text || null }),
    undefined,
    params.findMode === "regex",
  );
  return (
    <search
      aria-label="Find in the rows"
      className="relative flex h-8 shrink-0 items-center gap-1 whitespace-nowrap border-line border-b pr-2 pl-3 text-12 max-md:h-10"
    >
      <TextSearch size={14} aria-hidden="true" className="shrink-0 text-text-3" />
      <input
        // It appears because somebody pressed "/" to type into it.
        ref={focusUnlessKept}
        type="search"
        data-explorer-find
        aria-label="Find in the rows, hiding none"
        aria-invalid={find.wrong !== null}
        placeholder="Find, hiding no row"
        maxLength={1000}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") find.setOpen(false);
          else if (event.key !== "Enter") return;
          else {
            now();
            void find.walk(event.shiftKey ? "backward" : "forward");
          }
          event.preventDefault();
        }}
        className="h-7 w-56 min-w-16 bg-transparent text-13 outline-none placeholder:text-text-3 focus-visible:shadow-none max-md:grow max-md:text-[16px] [&::-webkit-search-cancel-button]:hidden"
      />
      <ModeSwitch
        label="How the text is meant"
        mode={find.mode}
        onChange={(mode) => params.set({ findMode: mode })}
        className="max-md:hidden"
      />
      <FindState find={find} />
      <span className="ml-auto flex items-center gap-0.5">
        <span role="status" className="px-1 text-text-2">
          {position(find)}
        </span>
        <Step
          label="Previous hit"
          disabled={find.text === ""}
          onClick={() => void find.walk("backward")}
          Icon={ChevronUp}
        />
        <Step
          label="Next hit"
          disabled={find.text === ""}
          onClick={() => void find.walk("forward")}
          Icon={ChevronDown}
        />
        <Button
          variant="ghost"
          size="icon"
          className="size-6"
          aria-label="Close find"
          onClick={() => find.setOpen(false)}
        >
          <X size={14} aria-hidden="true" />
        </Button>
      </span>
      {find.text !== "" && <ProgressLine run={run} />}
    </search>
  );
}

/** What stands between a wish and its hits; nothing when all is well. */
function FindState({ find }: { find: Find }) {
  const { run, wrong } = find;
  const words = "min-w-0 truncate pl-1 text-text-3 max-md:hidden";
  if (wrong)
    return (
      <span role="alert" className={`${words} font-medium text-fail-text`}>
        {wrong}
      </span>
    );
  if (find.note)
    return (
      <span role="status" className={words}>
        {find.note}
      </span>
    );
  if (find.text === "") return null;
  if (run.status === "running")
    return <Offer words="looking further back" action="Stop" onClick={find.stop} />;
  if (run.status === "failed") {
    return (
      <Offer
        failed
        words={run.failure?.message ?? "The search broke off."}
        action="Continue"
        onClick={find.goOn}
      />
    );
  }
  if (run.status === "costly") {
    return (
      <Offer
        words={`${bytesAhead(run)} of the archive to read`}
        action={`Read ${bytesAhead(run)}`}
        onClick={find.goOn}
      />
    );
  }
  if (run.status === "complete") return null;
  const where = run.backTo ? `looked back to row ${formatCount(run.backTo.seq)}` : "not begun";
  return <Offer words={where} action="Look further back" onClick={find.goOn} />;
}

interface OfferProps {
  words: string;
  action: string;
  onClick: () => void;
  failed?: boolean;
}

function Offer({ words, action, onClick, failed = false }: OfferProps) {
  return (
    <>
      {failed && <StatusGlyph tone="fail" />}
      <span className="min-w-0 truncate pl-1 text-text-3 max-md:hidden">{words}</span>
      <Button variant="ghost" size="sm" className="text-text max-md:hidden" onClick={onClick}>
        {action}
      </Button>
    </>
  );
}

interface StepProps {
  label: string;
  disabled: boolean;
  onClick: () => void;
  Icon: typeof ChevronUp;
}

function Step({ label, disabled, onClick, Icon }: StepProps) {
  return (
    <Button
      variant="ghost"
      size="icon"
      className="size-6"
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon size={14} aria-hidden="true" />
    </Button>
  );
}

function position({ text, wrong, hits, rank, run }: Find): string {
  if (text === "" || wrong !== null || run.status === "idle") return "";
  if (hits.length === 0 && run.status !== "complete") return "no hit yet";
  const all = `${formatCount(hits.length)}${run.status === "complete" ? "" : "+"}`;
  if (rank !== null) return `${formatCount(rank)} of ${all}`;
  return run.status === "complete" ? formatPlural(hits.length, "hit") : `${all} hits`;
}

/** A page that opens with a find in its URL leaves the keyboard with the rows. */
function focusUnlessKept(field: HTMLInputElement | null) {
  if (field && field.value === "") field.focus();
}

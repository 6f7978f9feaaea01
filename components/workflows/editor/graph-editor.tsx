"use client";

import {
  type ReactNode,
  useActionState,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { ActionState } from "@/lib/auth/action-state";
import { type GraphReading, readGraphText } from "@/lib/workflows/graph-text";
import { GraphField, lineHeight } from "./graph-field";
import { ProblemList } from "./problem-list";

type Failure = Extract<ActionState, { ok: false }>;

interface GraphEditorProps {
  workspace: string;
  action: (workspace: string, previous: ActionState | null, form: FormData) => Promise<ActionState>;
  text: string;
  /** What graphs of this workspace may name. */
  customNodes: readonly string[];
  hidden: Readonly<Record<string, string>>;
  submit: string;
  pending: string;
  cancel: ReactNode;
  /** Fields above the note, and what to do after a refusal. */
  children?: (state: { failure: Failure | null; reading: GraphReading }) => ReactNode;
  /** Buttons beside the main one. */
  more?: ReactNode;
}

/**
 * A graph as checked text. The same checks run here while one types and on the server when one saves; a refusal changes
 * nothing in the field.
 */
export function GraphEditor(props: GraphEditorProps) {
  const { workspace, action, customNodes, hidden, submit, children, more, cancel } = props;
  const [text, setText] = useState(props.text);
  const checked = useDeferredValue(text);
  const known = useMemo(() => new Set(customNodes), [customNodes]);
  const reading = useMemo(() => readGraphText(checked, { customNodes: known }), [checked, known]);
  const [state, save, pending] = useActionState(action.bind(null, workspace), null);
  const failure = state?.ok === false ? state : null;
  const field = useRef<HTMLTextAreaElement>(null);
  const problemsId = useId();
  const wrong = new Set(reading.ok ? [] : reading.problems.flatMap(({ line }) => line ?? []));
  useUnsaved(text !== props.text && !pending);

  function goTo(line: number) {
    const area = field.current;
    if (!area) return;
    const start = indexOfLine(text, line);
    const end = text.indexOf("\n", start);
    area.focus();
    area.setSelectionRange(start, end === -1 ? text.length : end);
    area.scrollTop = Math.max(0, (line - 6) * lineHeight);
  }

  return (
    <form
      action={save}
      noValidate
      className="grid min-h-0 grow grid-cols-[minmax(0,1fr)_360px] max-md:flex max-md:flex-col"
    >
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="flex min-h-0 min-w-0 flex-col gap-2 p-4 max-md:h-[60dvh]">
        <div className="flex items-center gap-2">
          <LoadFile onText={setText} />
          <Button
            size="sm"
            disabled={!reading.ok}
            onClick={() => reading.ok && setText(`${JSON.stringify(reading.document, null, 2)}\n`)}
          >
            Format
          </Button>
        </div>
        <GraphField value={text} onChange={setText} wrong={wrong} field={field} describedBy={problemsId} />
      </div>
      <div className="flex min-h-0 flex-col border-line border-l max-md:border-t max-md:border-l-0">
        <div className="min-h-0 grow overflow-auto px-4 py-3">
          <ProblemList id={problemsId} reading={reading} onGo={goTo} />
        </div>
        <div className="flex shrink-0 flex-col gap-3 border-line border-t px-4 py-3">
          {children?.({ failure, reading })}
          <Field
            name="note"
            label="What is new"
            placeholder="Shown beside the version"
            maxLength={500}
            autoComplete="off"
            defaultValue={failure?.values?.note}
            error={failure?.fields?.note}
          />
          <p role="status" className="text-12 text-fail-text empty:hidden [overflow-wrap:anywhere]">
            {failure && [failure.message, failure.fields?.graph].filter(Boolean).join(" ")}
          </p>
          <div className="flex flex-wrap justify-end gap-2">
            {cancel}
            {more}
            <Button type="submit" variant="primary" disabled={pending}>
              {pending ? props.pending : submit}
            </Button>
          </div>
        </div>
      </div>
    </form>
  );
}

function LoadFile({ onText }: { onText: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label="Workflow file"
        className="sr-only"
        tabIndex={-1}
        onChange={async (event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) onText(await file.text());
        }}
      />
      <Button size="sm" onClick={() => input.current?.click()}>
        Load a file…
      </Button>
    </>
  );
}

/** Leaving the page asks first while there is something that is saved nowhere. */
function useUnsaved(unsaved: boolean) {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);
}

function indexOfLine(text: string, line: number): number {
  let at = 0;
  for (let passed = 1; passed < line; passed += 1) {
    const next = text.indexOf("\n", at);
    if (next === -1) break;
    at = next + 1;
  }
  return at;
}

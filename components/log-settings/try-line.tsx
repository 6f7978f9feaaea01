"use client";

import { useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { tryLineAction } from "@/lib/logs/redaction/actions";

/** Paste a line, see what is stored of it: by the code that stores. */
export function TryLine({ workspace }: { workspace: string }) {
  const [line, setLine] = useState("");
  const [state, tryLine, pending] = useActionState(tryLineAction.bind(null, workspace), null);
  return (
    <Panel title="Try a line" aside="Nothing is stored">
      <form action={tryLine} className="mt-3 flex max-w-200 flex-col items-start gap-2">
        <div className="w-full">
          <TextField
            name="line"
            label="A line as it would be sent"
            placeholder={'{"level": "info", "message": "login of ada@example.com"}'}
            rows={4}
            value={line}
            onChange={(event) => setLine(event.target.value)}
            error={state?.ok === false ? (state.fields?.line ?? state.message) : undefined}
            spellCheck={false}
            className="mono text-12"
          />
        </div>
        <Button type="submit" disabled={pending || line.trim() === ""}>
          {pending ? "Trying" : "Show what is stored"}
        </Button>
      </form>
      <output aria-label="What is stored" className="mt-3 block max-w-200">
        {state?.ok && state.message && (
          <pre className="mono whitespace-pre-wrap rounded-1 border border-line bg-canvas px-3 py-2 text-12 [overflow-wrap:anywhere]">
            {state.message}
          </pre>
        )}
      </output>
    </Panel>
  );
}

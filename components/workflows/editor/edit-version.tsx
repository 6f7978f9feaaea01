"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { saveVersionAction } from "@/lib/workflows/actions";
import { GraphEditor } from "./graph-editor";

interface EditVersionProps {
  workspace: string;
  workflowId: string;
  address: string;
  text: string;
  /** The newest version when the editor was opened. */
  latest: number;
  customNodes: readonly string[];
}

export function EditVersion({ workspace, workflowId, address, text, latest, customNodes }: EditVersionProps) {
  const [top, setTop] = useState(latest);
  return (
    <GraphEditor
      workspace={workspace}
      action={saveVersionAction}
      text={text}
      customNodes={customNodes}
      hidden={{ workflowId, expectedLatest: String(top) }}
      submit={`Save version ${top + 1}`}
      pending="Saving"
      cancel={
        <Button asChild variant="ghost">
          <Link href={address}>Leave it</Link>
        </Button>
      }
    >
      {({ failure }) => {
        const newer = Number(failure?.fields?.expectedLatest ?? 0);
        return (
          <>
            {newer > top && (
              <div className="flex flex-wrap gap-2">
                <Button asChild size="sm">
                  <a href={`${address}?version=${newer}&against=${top}`} target="_blank" rel="noreferrer">
                    What is new in version {newer}
                  </a>
                </Button>
                <Button size="sm" onClick={() => setTop(newer)}>
                  Save on top of version {newer}
                </Button>
              </div>
            )}
            <label className="flex items-center gap-2">
              <input
                type="checkbox"
                name="publish"
                defaultChecked={failure?.values?.publish === "on"}
                className="size-4 accent-(--accent)"
              />
              Publish it: new runs use it
            </label>
          </>
        );
      }}
    </GraphEditor>
  );
}

"use client";

import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { useRunActs } from "./acts-context";

/** Who may not press it still reaches it, to read which permission is missing. */
export function ActButton({ onClick, children, ...props }: ComponentProps<typeof Button>) {
  const { mayWrite } = useRunActs();
  if (mayWrite) {
    return (
      <Button onClick={onClick} {...props}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip text={missingPermission}>
      <Button {...props} variant="default" aria-disabled="true">
        {children}
        <span className="sr-only">. {missingPermission}</span>
      </Button>
    </Tooltip>
  );
}

const missingPermission =
  "This needs the permission runs:write, which editors, admins and owners of the workspace have.";

"use client";
import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import type { ActionState } from "@/lib/auth/action-state";
import { signOutAction } from "@/lib/auth/actions";

export function SignOutButton() {
  const [, submit, pending] = useActionState<ActionState | null, FormData>(signOutAction, null);
  return (
    <form action={submit}>
      <Button type="submit" disabled={pending}>
        Sign out
      </Button>
    </form>
  );
}

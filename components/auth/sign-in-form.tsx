"use client";
import { useActionState, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import type { ActionState } from "@/lib/auth/action-state";
import { signInAction } from "@/lib/auth/actions";
import { type DemoPerson, DemoSignIns } from "./demo-sign-ins";
import { SignInField } from "./sign-in-field";
import { SignInMessage } from "./sign-in-message";

type Props = {
  returnTo: string;
  notice: { tone: "warn" | "fail"; text: string } | null;
  demo: readonly DemoPerson[];
};

export function SignInForm({ returnTo, notice, demo }: Props) {
  const [state, submit, pending] = useActionState<ActionState | null, FormData>(signInAction, null);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const send = useRef<HTMLButtonElement>(null);
  const failure = state?.ok === false ? state : null;

  // After a failure the next thing to type in is under the cursor.
  useEffect(() => {
    if (!failure) return;
    (failure.fields?.email ? email : password).current?.focus();
  }, [failure]);

  function fillIn(person: DemoPerson) {
    if (email.current) email.current.value = person.email;
    if (password.current) password.current.value = person.password;
    send.current?.focus();
  }

  return (
    <>
      <form action={submit} className="flex flex-col gap-4" noValidate>
        <SignInMessage message={failure ? { tone: "fail", text: failure.message } : notice} />
        <SignInField
          ref={email}
          name="email"
          type="email"
          label="Email"
          autoComplete="username"
          defaultValue={failure?.values?.email}
          error={failure?.fields?.email}
          autoFocus
        />
        <SignInField
          ref={password}
          name="password"
          type="password"
          label="Password"
          autoComplete="current-password"
          error={failure?.fields?.password}
        />
        <input type="hidden" name="callbackUrl" value={returnTo} />
        <Button ref={send} type="submit" variant="primary" className="h-9" disabled={pending}>
          {pending ? "Signing in…" : "Sign in"}
        </Button>
      </form>
      {demo.length > 0 && <DemoSignIns people={demo} onChoose={fillIn} />}
    </>
  );
}

"use client";

import { Field } from "@/components/ui/field";

interface ConfirmIdProps {
  episodeId: string;
  typed: string;
  onType: (typed: string) => void;
  error?: string;
}

/** Before what cannot be taken back: the id of the episode, typed once more. */
export function ConfirmId({ episodeId, typed, onType, error }: ConfirmIdProps) {
  return (
    <Field
      name="confirm"
      label={`Type ${episodeId} to confirm`}
      value={typed}
      onChange={(event) => onType(event.target.value)}
      error={error}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      className="mono"
    />
  );
}

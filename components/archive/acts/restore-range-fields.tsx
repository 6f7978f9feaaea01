"use client";

import { Field } from "@/components/ui/field";
import type { RestoreWish } from "@/lib/archive/acts/query-options";

export type RangeKind = "rows" | "time";

/** As it stands in the fields. */
export interface TypedRange {
  from: string;
  to: string;
  since: string;
  until: string;
}

interface RangeFieldsProps {
  kind: RangeKind;
  typed: TypedRange;
  onType: (typed: TypedRange) => void;
}

/** First and last row, or first and last moment. */
export function RangeFields({ kind, typed, onType }: RangeFieldsProps) {
  const field = (name: keyof TypedRange, label: string) => (
    <Field
      key={name}
      label={label}
      value={typed[name]}
      onChange={(event) => onType({ ...typed, [name]: event.target.value })}
      autoComplete="off"
      spellCheck={false}
      className="mono"
      {...(kind === "time" ? { type: "datetime-local", step: 1 } : { inputMode: "numeric" as const })}
    />
  );
  return (
    <div className="my-3 grid grid-cols-2 gap-3 max-sm:grid-cols-1">
      {kind === "rows"
        ? [field("from", "First row"), field("to", "Last row")]
        : [field("since", "From, UTC"), field("until", "To, UTC")]}
    </div>
  );
}

/** What the fields ask for; null while that is nothing one can ask for. */
export function wishOf(kind: RangeKind, typed: TypedRange): RestoreWish | null {
  if (kind === "time") {
    const [since, until] = [instantOf(typed.since), instantOf(typed.until)];
    return since && until && since <= until ? { since, until } : null;
  }
  const [from, to] = [numberOf(typed.from), numberOf(typed.to)];
  return from !== null && to !== null && BigInt(from) <= BigInt(to) ? { from, to } : null;
}

/** "50,000" -> "50000". */
function numberOf(text: string): string | null {
  const digits = text.replaceAll(/[\s,_]/g, "");
  return /^(0|[1-9]\d{0,17})$/.test(digits) ? digits : null;
}

/** The field has no zone; its label says UTC. Seconds are left out where they are zero. */
function instantOf(text: string): string | null {
  const at = new Date(`${text}Z`);
  return text === "" || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** An instant as the field takes it, to the second. */
export function fieldTime(at: string | null): string {
  return at === null ? "" : at.slice(0, 19);
}

/** Something was there and is not stored: solid, so that it is never taken for text of the producer. */
export function RedactedChip({ rule }: { rule: string }) {
  return (
    <span className="whitespace-normal rounded-1 bg-text-2 px-1 py-px font-medium font-sans text-11 text-surface">
      redacted: {rule}
    </span>
  );
}

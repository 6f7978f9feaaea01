import type { FieldChange } from "@/lib/workflows/diff-graphs";

/** Fields of a node, before and after, one under the other so that the eye compares them. */
export function FieldChanges({ fields }: { fields: readonly FieldChange[] }) {
  return (
    <dl className="flex flex-col gap-2 px-4 pt-1 pb-3 text-12">
      {fields.map(({ field, before, after }) => (
        <div key={field}>
          <dt className="text-text-3">{field}</dt>
          <dd className="mono mt-0.5 rounded-1 border border-line bg-surface [overflow-wrap:anywhere]">
            <Side sign="−" word="before" value={before} className="text-fail-text" />
            <Side sign="+" word="after" value={after} className="text-ok-text" />
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface SideProps {
  sign: string;
  word: string;
  value: string | null;
  className: string;
}

function Side({ sign, word, value, className }: SideProps) {
  return (
    <p className="flex gap-2 px-2 py-0.5">
      <span aria-hidden="true" className={className}>
        {sign}
      </span>
      <span className="sr-only">{word}</span>
      {value === null ? (
        <span className="text-text-3">not set</span>
      ) : (
        <span className="max-h-40 overflow-auto">{value}</span>
      )}
    </p>
  );
}

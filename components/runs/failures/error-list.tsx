import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import { formatCount, formatPlural } from "@/lib/format";
import type { ErrorFailure, ErrorGroup } from "@/lib/runs/failures/schema";
import { DayBars } from "./day-bars";
import { DecisionButton } from "./decision";
import { ErrorFailures } from "./error-failures";

interface ErrorListProps {
  workspace: string;
  groups: readonly ErrorGroup[];
  /** The group that is open, with its failures. */
  open: { fingerprint: string; failures: ErrorFailure[] } | null;
  hrefOf: (fingerprint: string | null) => string;
  mayWrite: boolean;
}

/** Groups of errors, the most frequent first. One can be open and then shows its failures beneath. */
export function ErrorList({ workspace, groups, open, hrefOf, mayWrite }: ErrorListProps) {
  return (
    <ul aria-label="Errors" className="border-line border-t">
      {groups.map((group) => {
        const isOpen = open?.fingerprint === group.fingerprint;
        return (
          <li
            key={group.fingerprint}
            data-testid={`error-${group.fingerprint}`}
            className="border-line border-b"
          >
            <div
              className={cn(
                "relative grid grid-cols-[40px_minmax(0,1fr)_160px_120px_96px] items-center gap-x-4 py-2 hover:bg-hover max-lg:grid-cols-[40px_minmax(0,1fr)_auto] max-md:gap-x-3",
                isOpen && "bg-hover",
              )}
            >
              <span className="text-right font-semibold">{formatCount(group.count)}</span>
              <div className="min-w-0">
                <Link
                  href={hrefOf(isOpen ? null : group.fingerprint)}
                  scroll={false}
                  data-row-link=""
                  aria-expanded={isOpen}
                  className="mono block truncate text-12 after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-(--focus-in)"
                >
                  <Template text={group.template} />
                </Link>
                <p className="truncate text-12 text-text-3">
                  {group.isBack && <Flag tone="text-fail-text">back after it was resolved</Flag>}
                  {group.isNew && !group.isBack && <Flag tone="text-warn-text">new</Flag>}
                  {group.mark && !group.isBack && (
                    <Flag tone="text-text-2">
                      {group.mark.decision} by {group.mark.by}: {group.mark.reason}
                    </Flag>
                  )}
                  {group.workflows.join(", ")} · {group.nodes.join(", ")}
                </p>
              </div>
              <span className="max-lg:hidden">
                <DayBars counts={group.days} />
              </span>
              <span className="text-right text-12 text-text-2 max-lg:hidden">
                <Time at={group.lastAt} />
                <span className="block text-text-3">
                  first <Time at={group.firstAt} />
                </span>
              </span>
              <span className="flex justify-end pr-1">
                {mayWrite && (
                  <DecisionButton
                    workspace={workspace}
                    subject="error"
                    subjectKey={group.fingerprint}
                    name={group.example}
                    mark={group.isBack ? null : group.mark}
                  />
                )}
              </span>
            </div>
            {isOpen && <ErrorFailures workspace={workspace} failures={open.failures} count={group.count} />}
          </li>
        );
      })}
    </ul>
  );
}

function Flag({ tone, children }: { tone: string; children: React.ReactNode }) {
  return <b className={cn("font-medium", tone)}>{children} · </b>;
}

/** What differs from error to error, in the tone of a variable. */
function Template({ text }: { text: string }) {
  const parts = text.split("<*>");
  let at = 0;
  return parts.map((part) => {
    const isLast = at + part.length >= text.length;
    const key = at;
    at += part.length + 3;
    return (
      <span key={key}>
        {part}
        {!isLast && <span className="text-log-var">&lt;*&gt;</span>}
      </span>
    );
  });
}

export function errorsWords(groups: number, failures: number, days: number): string {
  const time = days === 1 ? "24 hours" : `${days} days`;
  return `${formatPlural(groups, "error")} in ${formatPlural(failures, "failed attempt")} of the last ${time}`;
}

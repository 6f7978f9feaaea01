import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { formatPlural } from "@/lib/format";
import type { PastInputs } from "@/lib/workflows/past-inputs";
import { startQuery } from "@/lib/workflows/search-params";

interface InputsPartProps {
  startAddress: string | null;
  version: number;
  /** Names of the nodes that have nothing to do unless the run is bound to assets. */
  hungry: readonly string[];
  past: readonly PastInputs[];
}

/** What a run takes, and what past runs took. */
export function InputsPart({ startAddress, version, hungry, past }: InputsPartProps) {
  return (
    <div className="max-w-240 px-4 py-2">
      <Panel title="What a run takes" aside={`version ${version}`}>
        <p className="py-2 text-text-2">
          {hungry.length === 0 ? (
            "It runs without inputs. Assets and datasets that are bound to a run are handed to every task of it."
          ) : (
            <>
              At least one asset or dataset: <span className="mono">{hungry.slice(0, 5).join(", ")}</span>
              {hungry.length > 5 && ` and ${hungry.length - 5} more`}{" "}
              {hungry.length === 1 ? "begins" : "begin"} the run with them.
            </>
          )}
        </p>
      </Panel>
      <Panel title="Inputs of past runs" count={past.length || undefined} className="mt-4">
        {past.length === 0 ? (
          <p className="py-2 text-text-3">No run of this workflow has been bound to anything so far.</p>
        ) : (
          <ul>
            {past.map(({ key, bindings, runs, lastRunId, lastAt }) => (
              <li key={key} className="flex min-h-9 items-center gap-3 border-line border-b py-1">
                <span className="min-w-0 grow truncate">
                  {bindings.map(({ kind, id, name, versionTag }, at) => (
                    <span key={`${kind} ${id}`}>
                      {at > 0 && ", "}
                      {name ?? id}
                      {versionTag && <span className="text-text-3"> {versionTag}</span>}
                    </span>
                  ))}
                </span>
                <span className="shrink-0 text-12 text-text-3">
                  {formatPlural(runs, "run")}, last <Time at={lastAt} />
                </span>
                {startAddress && (
                  <Button asChild size="sm">
                    <Link href={startAddress + startQuery({ from: lastRunId })}>Start with these</Link>
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}

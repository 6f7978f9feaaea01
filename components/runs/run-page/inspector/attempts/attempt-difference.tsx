"use client";

import Link from "next/link";
import { useQueryStates } from "nuqs";
import { Select } from "@/components/ui/select";
import { formatDuration } from "@/lib/format";
import { differencesOf } from "@/lib/runs/execution-differences";
import type { Execution } from "@/lib/runs/executions";
import { runPageParams } from "@/lib/runs/run-page-params";
import { useRunPage } from "../../run-page-context";
import { Section } from "../section";

/** Two attempts beside each other: what was the same twice points at the task, what differs at where it ran. */
export function AttemptDifference({ executions }: { executions: readonly Execution[] }) {
  const { workspace, run } = useRunPage();
  const [{ between }, setParams] = useQueryStates(runPageParams);
  const last = executions.length;
  const at = (number: number | undefined, otherwise: number) =>
    executions.find((each) => each.number === number) ?? executions[otherwise - 1];
  const before = at(between?.[0], last - 1);
  const after = at(between?.[1], last);
  if (!before || !after) return null;
  const options = executions.map(({ number }) => ({ value: String(number), label: `Attempt ${number}` }));
  const choose = (first: string, second: string) =>
    setParams({ between: [Number(first), Number(second)] }, { history: "replace" });
  const logs = before.logRef && after.logRef && before.logRef !== after.logRef;
  return (
    <Section
      title="Difference"
      action={
        logs && (
          <Link
            href={`/w/${workspace}/logs/${encodeURIComponent(before.logRef ?? "")}?view=compare&with=${encodeURIComponent(after.logRef ?? "")}`}
            className="rounded-1 font-medium text-accent-text hover:underline"
          >
            Compare the logs
          </Link>
        )
      }
    >
      <table className="w-full table-fixed text-12">
        <thead>
          <tr className="h-10 border-line border-b text-left">
            <th scope="col" className="w-23">
              <span className="sr-only">What</span>
            </th>
            <th scope="col" className="pr-3">
              <Select
                label="First attempt"
                value={String(before.number)}
                options={options}
                onValueChange={(value) => choose(value, String(after.number))}
                className="h-7"
              />
            </th>
            <th scope="col">
              <Select
                label="Second attempt"
                value={String(after.number)}
                options={options}
                onValueChange={(value) => choose(String(before.number), value)}
                className="h-7"
              />
            </th>
          </tr>
        </thead>
        <tbody>
          {differencesOf(before, after, run.asOf).map(({ name, first, second, same, deltaMs }) => (
            <tr key={name} className="border-line border-b align-top [&>*]:py-1.5">
              <th scope="row" className="text-left font-normal text-text-3">
                {name}
              </th>
              <td className="pr-3 text-text-2 [overflow-wrap:anywhere]">{first ?? "—"}</td>
              <td className="[overflow-wrap:anywhere]">
                {same ? <span className="text-text-3">the same</span> : (second ?? "—")}
                {deltaMs !== null && deltaMs !== 0 && (
                  <span className="text-text-2">
                    {" "}
                    ({deltaMs > 0 ? "+" : ""}
                    {formatDuration(deltaMs)})
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

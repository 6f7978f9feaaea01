"use client";

import { useQuery } from "@tanstack/react-query";
import { formatCount, formatPlural } from "@/lib/format";
import { patternValuesOptions } from "@/lib/logs/patterns/query-options";
import type { Pattern, PatternValues as Values } from "@/lib/logs/patterns/schema";
import { filledTemplate } from "@/lib/logs/view/filled-template";
import { templateChoice, withTemplate } from "@/lib/logs/view/template-choice";
import { useExplorerContext } from "../explorer-context";
import { FacetRow } from "../facets/facet-row";
import { FacetFailed, FacetSkeleton } from "../facets/facet-states";

/** What stands at each `<*>` of a pattern, to pick from: a value in its place makes a narrower template of it. */
export function PatternValues({ pattern }: { pattern: Pattern }) {
  const { address, params } = useExplorerContext();
  const { template, last, count } = pattern;
  const { data, error, isFetching, refetch } = useQuery(
    patternValuesOptions(address, params.query, template, last.sequence),
  );
  if (error && !data) {
    return (
      <div className="-mx-3 max-w-100">
        <FacetFailed what="Values" error={error} retrying={isFetching} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!data) {
    return (
      <div aria-busy="true" className="-mx-3 max-w-80">
        <span className="sr-only">Looking at values</span>
        <FacetSkeleton rows={4} />
      </div>
    );
  }
  return (
    <>
      <p className="pb-1 text-12 text-text-3">{sampled(data, count)}</p>
      <div className="-mx-3 grid gap-x-4 gap-y-3 [grid-template-columns:repeat(auto-fill,minmax(220px,1fr))]">
        {data.places.map((place, n) => (
          <section key={place.word} aria-label={`Values at ${n + 1}`}>
            <h3 className="flex h-6 items-center justify-between gap-2 px-3 text-11 text-text-3">
              <span className="mono min-w-0 truncate">{around(template, place.word)}</span>
              <span className="shrink-0">{formatPlural(place.distinct, "value")}</span>
            </h3>
            <ul>
              {place.values.map(({ value, count: rows }) => {
                const filled = filledTemplate(template, place.word, value);
                return (
                  <FacetRow
                    key={value}
                    field={`value ${n + 1}`}
                    value={{ name: value, count: rows, choice: templateChoice(params, filled) }}
                    most={place.values[0]?.count ?? 1}
                    dimmed={false}
                    onChoose={(choice) => params.set(withTemplate(params, filled, choice))}
                  />
                );
              })}
            </ul>
            {place.other > 0 && (
              <p className="flex justify-between px-3 pt-1 text-11 text-text-3">
                <span>other values</span>
                <span>{formatCount(place.other)}</span>
              </p>
            )}
          </section>
        ))}
      </div>
    </>
  );
}

function sampled({ rows, complete }: Values, count: number): string {
  if (rows === 0) return "None of its rows could be looked at in the time there is for it.";
  if (complete || rows >= count) return `Values of all ${formatPlural(rows, "row")}`;
  return `Top values of the newest ${formatPlural(rows, "row")}`;
}

/** The place of a value: the words beside it. */
function around(template: string, word: number): string {
  const words = template.split(" ");
  const [before = "", at = "", after = ""] = [words[word - 1], words[word], words[word + 1]];
  return [before, at, after].filter(Boolean).join(" ");
}

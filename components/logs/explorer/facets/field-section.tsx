"use client";

import { formatCount, formatPlural } from "@/lib/format";
import { titleOf } from "@/lib/logs/facets/known-fields";
import type { Facet } from "@/lib/logs/facets/schema";
import { type Choice, chosenValues, withChoice } from "@/lib/logs/view/facet-choice";
import type { ExplorerParams } from "../use-explorer-params";
import type { FacetValue } from "./facet-row";
import { FacetSection } from "./facet-section";
import { FacetValues } from "./facet-values";

interface FieldSectionProps {
  facet: Facet;
  /** Its title alone does not tell it from another field of this episode. */
  ambiguous: boolean;
  openAtFirst: boolean;
  /** Rows whose fields nobody counted: said once, for all fields. */
  uncountedAnyway: number;
  params: Pick<ExplorerParams, "meta" | "set">;
}

/** The values of one metadata field. */
export function FieldSection({ facet, ambiguous, openAtFirst, uncountedAnyway, params }: FieldSectionProps) {
  const { path, other, uncounted } = facet;
  const title = titleOf(path);
  const values = valuesOf(facet, params.meta);
  const choose = (value: string, choice: Choice) =>
    params.set({ meta: withChoice(params.meta, { path, value }, choice) });
  const few = facet.values.length <= 2 && other === 0;
  return (
    <FacetSection
      name={`field ${path}`}
      title={
        <>
          {title ?? <span className="mono font-medium">{path}</span>}
          {title && ambiguous && <span className="mono ml-1.5 font-normal text-11 text-text-3">{path}</span>}
        </>
      }
      hint={
        few
          ? facet.values.map(({ value }) => value).join(", ")
          : `${formatCount(facet.values.length)}${other > 0 ? "+" : ""}`
      }
      hintLabel={few ? undefined : "values"}
      openAtFirst={openAtFirst}
    >
      <FacetValues field={title?.toLowerCase() ?? path} values={values} onChoose={choose}>
        {other > 0 && (
          <p className="flex justify-between gap-2 px-3 pt-1 text-11 text-text-3">
            <span>other values</span>
            <span>{formatCount(other)}</span>
          </p>
        )}
        {uncounted > uncountedAnyway && (
          <p className="px-3 pt-1 text-11 text-text-3">
            {formatPlural(uncounted, "row is", "rows are")} not counted here: too many fields.
          </p>
        )}
      </FacetValues>
    </FacetSection>
  );
}

/** What was counted, and behind it what the URL asks for beyond that. */
function valuesOf({ path, values }: Facet, meta: readonly string[]): FacetValue[] {
  const chosen = chosenValues(meta, path);
  const listed = values.map(({ value, count, exact }): FacetValue => {
    return { name: value, count, atLeast: !exact, choice: chosen.get(value) ?? null };
  });
  const counted = new Set(values.map(({ value }) => value));
  const asked = [...chosen].filter(([value]) => !counted.has(value));
  return [...listed, ...asked.map(([name, choice]): FacetValue => ({ name, count: null, choice }))];
}

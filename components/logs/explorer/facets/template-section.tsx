"use client";

import { useQuery } from "@tanstack/react-query";
import { formatCount } from "@/lib/format";
import { patternsOptions } from "@/lib/logs/patterns/query-options";
import { type EpisodeAddress, isSettled } from "@/lib/logs/query-options";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { parseQuery } from "@/lib/logs/search/query";
import type { Choice } from "@/lib/logs/view/facet-choice";
import { templateChoice, withTemplate } from "@/lib/logs/view/template-choice";
import { TemplateText } from "../../compare/template-text";
import type { ExplorerParams } from "../use-explorer-params";
import type { FacetValue } from "./facet-row";
import { FacetSection } from "./facet-section";
import { FacetFailed, FacetSkeleton } from "./facet-states";
import { FacetValues } from "./facet-values";

const everyRow = parseQuery({});
const listed = 30;

interface TemplateSectionProps {
  address: EpisodeAddress;
  episode: EpisodeSummary;
  params: Pick<ExplorerParams, "template" | "without" | "set" | "setView">;
  /** Somebody can see it: until then nothing is counted. */
  active: boolean;
}

/** The frequent message templates; the patterns view has all of them. */
export function TemplateSection({ address, episode, params, active }: TemplateSectionProps) {
  const { data, error, refetch, isFetching } = useQuery({
    ...patternsOptions(address, everyRow, isSettled(episode)),
    enabled: active,
  });
  const choose = (template: string, choice: Choice) => params.set(withTemplate(params, template, choice));
  const more = data && (data.patterns.length >= 200 || data.other > 0) ? "+" : "";
  return (
    <FacetSection
      name="template"
      title="Template"
      hint={data && `${formatCount(data.patterns.length)}${more}`}
      hintLabel="templates"
    >
      {data ? (
        <>
          <FacetValues field="template" values={valuesOf(data.patterns, params)} onChoose={choose}>
            {data.other > 0 && (
              <p className="flex justify-between gap-2 px-3 pt-1 text-11 text-text-3">
                <span>in no template</span>
                <span>{formatCount(data.other)}</span>
              </p>
            )}
          </FacetValues>
          <button
            type="button"
            onClick={() => params.setView("patterns")}
            className="mx-1.5 rounded-1 px-1.5 text-12 leading-6 text-accent-text hover:underline max-lg:leading-10"
          >
            All patterns
          </button>
        </>
      ) : error ? (
        <FacetFailed what="Templates" error={error} retrying={isFetching} onRetry={() => void refetch()} />
      ) : (
        <FacetSkeleton rows={4} />
      )}
    </FacetSection>
  );
}

function valuesOf(
  patterns: readonly { template: string; count: number }[],
  params: Pick<ExplorerParams, "template" | "without">,
): FacetValue[] {
  const known = patterns.slice(0, listed);
  const asked = [...(params.template ? [params.template] : []), ...params.without].filter(
    (template) => !known.some((pattern) => pattern.template === template),
  );
  const found = asked.map((template) => ({
    template,
    count: patterns.find((pattern) => pattern.template === template)?.count ?? null,
  }));
  return [...known, ...found].map(({ template, count }) => ({
    name: template,
    label: <TemplateText text={template} />,
    count,
    choice: templateChoice(params, template),
  }));
}

"use client";

import { useExplorerContext } from "../explorer-context";
import { AboutSection } from "./about-section";
import { FacetSection } from "./facet-section";
import { FieldSections } from "./field-sections";
import { LevelFacet } from "./level-facet";
import { TemplateSection } from "./template-section";

/** What is in the episode, in exact counts, to pick from; at the end, where it lies and where it comes from. */
export function Facets({ active = true }: { active?: boolean }) {
  const { address, params, episode } = useExplorerContext();
  return (
    <>
      <FacetSection name="level" title="Level">
        <LevelFacet levels={episode.levels} chosen={params.levels} onToggle={params.toggleLevel} />
      </FacetSection>
      <FieldSections address={address} episode={episode} params={params} active={active} />
      <TemplateSection address={address} episode={episode} params={params} active={active} />
      <AboutSection workspace={address.workspace} episode={episode} />
      {params.filtered && (
        <p className="border-line border-t px-3 py-2 text-11 text-text-3">
          Counts are those of the whole episode.
        </p>
      )}
    </>
  );
}

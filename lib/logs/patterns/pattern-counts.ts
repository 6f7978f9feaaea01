import { noCounts } from "../episode-summary";
import { type LevelCounts, logLevels } from "../level";
import type { LocatedTemplate } from "../templates/drain";
import { TemplateGroups } from "./groups";
import { rowsOf, type TemplateSource } from "./row-figures";
import type { Pattern } from "./schema";
import { Trend } from "./trend";

type Counted = Omit<Pattern, "isNew">;

/** The templates of all stretches as one list, most frequent first, with where their rows stand. */
export function patternsOf(sources: readonly TemplateSource[], end: bigint): Counted[] {
  const rows = sources.reduce((sum, source) => sum + rowsOf(source), 0);
  const groups = new TemplateGroups(sources.map(({ templates }) => templates));
  const seen = new Map<string, Sightings>();
  // A row in none of a stretch's templates may be of any of them.
  let wholeSoFar = true;
  for (const source of sources) {
    for (const template of source.templates) {
      const group = groups.of(template.template);
      if (!group) throw new Error(`No group holds the template ${template.template}`);
      let sightings = seen.get(group.template);
      if (!sightings) {
        sightings = new Sightings(Number(end), firstIn(source, template, wholeSoFar));
        seen.set(group.template, sightings);
      }
      sightings.add(source, template);
    }
    if (source.other === 0) continue;
    wholeSoFar = false;
    for (const sightings of seen.values()) sightings.lastIsExact = false;
  }
  return groups.templates.map(({ id, template, count }) => {
    const sightings = seen.get(template);
    if (!sightings) throw new Error(`The template ${template} was seen nowhere`);
    return { id, template, count, share: rows === 0 ? 0 : count / rows, ...sightings.toFigures() };
  });
}

class Sightings {
  private last: { source: TemplateSource; template: LocatedTemplate } | null = null;
  private levels: LevelCounts | null = noCounts();
  private readonly trend: Trend;
  lastIsExact = true;

  constructor(
    end: number,
    private readonly first: Pattern["first"],
  ) {
    this.trend = new Trend(end);
  }

  add(source: TemplateSource, template: LocatedTemplate): void {
    const { count, seen } = template;
    this.trend.add(source, count, seen?.slots);
    const { levels } = this;
    if (!seen) this.levels = null;
    else if (levels)
      for (const [place, level] of logLevels.entries()) levels[level] += seen.levels[place] ?? 0;
    // Several templates of one stretch may belong together: the one that ends last counts.
    const ends = (of: LocatedTemplate) => of.seen?.lastSequence ?? source.to;
    const sameStretch = this.last?.source === source;
    if (!sameStretch || (this.last && ends(template) > ends(this.last.template))) {
      this.last = { source, template };
      this.lastIsExact = true;
    }
  }

  toFigures(): Pick<Pattern, "first" | "last" | "levels" | "trend"> {
    if (!this.last) throw new Error("A pattern without a row");
    const { source, template } = this.last;
    const { seen } = template;
    const alone = source.from === source.to;
    return {
      first: this.first,
      last: {
        sequence: (seen?.lastSequence ?? source.to).toString(),
        at: (seen?.lastAt ?? source.endTime).toISOString(),
        exact: this.lastIsExact && (seen !== undefined || alone),
      },
      levels: this.levels,
      trend: this.trend.toParts(),
    };
  }
}

function firstIn(
  source: TemplateSource,
  { firstSequence, seen }: LocatedTemplate,
  whole: boolean,
): Pattern["first"] {
  const alone = source.from === source.to;
  return {
    sequence: firstSequence.toString(),
    at: (seen?.firstAt ?? source.startTime).toISOString(),
    exact: whole && (seen !== undefined || alone),
  };
}

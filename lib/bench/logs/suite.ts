import type { Goal } from "../goal";
import { goal as ingest } from "./g01-ingest";
import { goal as archive } from "./g02-archive";
import { goal as coldPage } from "./g03-cold-page";
import { goal as size } from "./g04-size";
import { goal as rareToken } from "./g05-rare-token";
import { goal as regexScan } from "./g06-regex-scan";
import { goal as histogram } from "./g07-histogram";
import { goal as counts } from "./g08-counts";
import { goal as exported } from "./g10-export";
import { goal as tail } from "./g11-tail";
import { goal as firstResult } from "./g12-first-result";
import { goal as seam } from "./g13-seam";

/** In the order in which they run; the ones that share an episode stand together. */
export const logsSuite: Goal[] = [
  ingest,
  archive,
  coldPage,
  size,
  rareToken,
  regexScan,
  histogram,
  counts,
  exported,
  tail,
  firstResult,
  seam,
];

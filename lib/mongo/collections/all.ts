import type { CollectionDefinition } from "../define";
import { artifacts } from "./artifacts";
import { assetProbeReports, assets } from "./assets";
import { bulkJobItems, bulkJobs } from "./bulk-jobs";
import { customNodes } from "./custom-nodes";
import { datasets, datasetVersions } from "./datasets";
import { failureMarks } from "./failure-marks";
import { logArchiveAttempts, logChunkIndex, logChunks } from "./log-chunks";
import { logDeletions, logExpired, logFences, logHolds } from "./log-deletions";
import { logEntries } from "./log-entries";
import { logBlocks, logMetadata, logReservations } from "./log-episodes";
import { logAuditOutbox, logEntriesRestored, logRestores, logScrubs } from "./log-operations";
import { runTaskAttempts, runTasks, workflowRuns } from "./runs";
import { workflowDefinitions, workflowDefinitionVersions } from "./workflows";

/** Every collection of the console. What is not here is not created, not indexed and not reachable. */
export const allCollections: CollectionDefinition[] = [
  workflowDefinitions,
  workflowDefinitionVersions,
  workflowRuns,
  runTasks,
  runTaskAttempts,
  artifacts,
  bulkJobs,
  bulkJobItems,
  failureMarks,
  assets,
  assetProbeReports,
  datasets,
  datasetVersions,
  customNodes,
  logEntries,
  logChunks,
  logChunkIndex,
  logMetadata,
  logReservations,
  logBlocks,
  logArchiveAttempts,
  logScrubs,
  logRestores,
  logEntriesRestored,
  logHolds,
  logFences,
  logExpired,
  logDeletions,
  logAuditOutbox,
];

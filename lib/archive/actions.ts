"use server";

import { workspaceAction } from "@/lib/auth/action";
import { deleteEpisode } from "./deletion/request";
import { placeHold, releaseHold } from "./hold";
import { archiveNow, breakLease, reconcileNow, retryArchive, verifyNow } from "./mutations";
import { saveArchivePolicy, saveEpisodeArchiving } from "./policy/mutations";
import { archivePolicyInput, episodeArchivingInput } from "./policy/schema";
import { cancelRestore, requestRestore } from "./restore/request";
import { changeRetention, undoRetention } from "./retention/policy";
import {
  archiveNowInput,
  breakLeaseInput,
  cancelRestoreInput,
  deleteEpisodeInput,
  episodeInput,
  placeHoldInput,
  releaseHoldInput,
  restoreInput,
  retentionInput,
  sweepInput,
  undoRetentionInput,
} from "./schema";
import { sweepNow } from "./sweep";

const refresh = "archive";

/** "Archive now": in this request as far as its time goes, the rest by the worker. */
export const archiveNowAction = workspaceAction("archive:write", archiveNowInput, archiveNow, { refresh });

export const retryArchiveAction = workspaceAction("archive:write", episodeInput, retryArchive, { refresh });

export const breakLeaseAction = workspaceAction("archive:write", breakLeaseInput, breakLease, { refresh });

export const verifyNowAction = workspaceAction("archive:write", episodeInput, verifyNow, { refresh });

/** Counts the episode and corrects its counters. */
export const reconcileAction = workspaceAction("archive:write", episodeInput, reconcileNow, { refresh });

export const requestRestoreAction = workspaceAction("archive:write", restoreInput, requestRestore, {
  refresh,
});

export const cancelRestoreAction = workspaceAction("archive:write", cancelRestoreInput, cancelRestore, {
  refresh,
});

/** Whoever may write may keep; only who may delete lets go again. */
export const placeHoldAction = workspaceAction("archive:write", placeHoldInput, placeHold, { refresh });

export const releaseHoldAction = workspaceAction("archive:delete", releaseHoldInput, releaseHold, {
  refresh,
});

export const setRetentionAction = workspaceAction("archive:delete", retentionInput, changeRetention, {
  refresh,
});

export const undoRetentionAction = workspaceAction("archive:delete", undoRetentionInput, undoRetention, {
  refresh,
});

/** For episodes to come: part of what a workspace has decided about its logs, like their retention. */
export const saveArchivePolicyAction = workspaceAction(
  "archive:delete",
  archivePolicyInput,
  saveArchivePolicy,
  { refresh: "settings/archive" },
);

export const saveEpisodeArchivingAction = workspaceAction(
  "archive:write",
  episodeArchivingInput,
  saveEpisodeArchiving,
  { refresh },
);

export const sweepOrphansAction = workspaceAction("archive:delete", sweepInput, sweepNow, { refresh });

export const deleteEpisodeAction = workspaceAction("archive:delete", deleteEpisodeInput, deleteEpisode, {
  refresh,
});

import { AttentionBadge } from "./attention-badge";

/** Beside the pages of a workspace that have bad news. */
export function attentionBadges(workspace: string) {
  return {
    "/runs": <AttentionBadge workspace={workspace} of="runs" />,
    "/archive": <AttentionBadge workspace={workspace} of="archive" />,
  };
}

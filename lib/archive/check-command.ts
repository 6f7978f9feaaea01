import { env } from "@/lib/env";
import { episodePrefix } from "@/lib/objects/keys";
import { checkCommand } from "./manifest/manifest";

/**
 * The line by which somebody checks the archive of an episode without us, where its objects lie: in the directory of the object
 * store, or copied from the bucket. The manifest is in the current folder. The names in capitals are settings of the
 * installation, which whoever may read its objects knows.
 */
export function outsiderCommand(workspaceId: string, episodeId: string, fileName: string): string {
  const { OBJECT_STORE: kind, S3_ENDPOINT: endpoint } = env();
  const folder = episodePrefix(workspaceId, episodeId);
  if (kind === "s3") {
    const at = endpoint ? ' --endpoint-url "$S3_ENDPOINT"' : "";
    return `aws s3 sync${at} "s3://$S3_BUCKET/$S3_PREFIX${folder}" "${folder}" && ${checkCommand(fileName)}`;
  }
  return `cp ${fileName} "$OBJECT_STORE_DIR" && cd "$OBJECT_STORE_DIR" && ${checkCommand(fileName)}`;
}

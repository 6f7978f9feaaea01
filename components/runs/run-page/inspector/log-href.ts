/** The log explorer at a row, or where it opens by itself. */
export function logHref(workspace: string, episodeId: string, seq?: string): string {
  const at = seq === undefined ? "" : `?seq=${seq}`;
  return `/w/${workspace}/logs/${encodeURIComponent(episodeId)}${at}`;
}

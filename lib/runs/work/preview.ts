/** What of a result stays with its task; the whole belongs into an artifact. */
export const mostPreviewBytes = 64 * 1024;
const shownOfLonger = 4_000;

/** The preview, or its beginning as text where it is too long to lie in a document that lists read. */
export function boundedPreview(preview: Record<string, unknown> | null): Record<string, unknown> | null {
  if (preview === null) return null;
  const text = JSON.stringify(preview);
  if (Buffer.byteLength(text) <= mostPreviewBytes) return JSON.parse(text);
  return { truncated: true, bytes: Buffer.byteLength(text), beginning: text.slice(0, shownOfLonger) };
}

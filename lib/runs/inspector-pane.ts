/** How a reader divides a run page. It belongs to the browser: a link shows the same task to everybody. */
export interface InspectorPane {
  /** Of the page's width, in percent. */
  share: number;
  closed: boolean;
}

export const paneCookie = "strata.run-page";
export const narrowest = 25;
export const widest = 70;
export const usualPane: InspectorPane = { share: 45, closed: false };

/** `share=40&closed=1`; what is unknown in it counts as no choice. */
export function paneOf(cookie: string | undefined): InspectorPane {
  const params = new URLSearchParams(cookie ?? "");
  const share = Number(params.get("share"));
  return { share: share > 0 ? allowedShare(share) : usualPane.share, closed: params.get("closed") === "1" };
}

export function paneText({ share, closed }: InspectorPane): string {
  const params = new URLSearchParams();
  if (share !== usualPane.share) params.set("share", String(share));
  if (closed) params.set("closed", "1");
  return params.toString();
}

export function allowedShare(share: number): number {
  return Math.round(Math.min(widest, Math.max(narrowest, share)));
}

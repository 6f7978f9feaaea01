import { AlignLeft, House, Layers, type LucideIcon, Play, Settings2, ShieldCheck, Timer } from "lucide-react";

export interface Place {
  name: string;
  /** Under `/w/<slug>`. */
  path: "" | "/runs" | "/logs" | "/archive" | "/settings/logs" | "/settings/archive" | "/audit";
  icon: LucideIcon;
  /** After `g`. */
  key: string;
  /** Shown only to those who may change the settings of the workspace. */
  settings?: true;
}

/** The pages of a workspace, in the order of the sidebar. */
const places: readonly Place[] = [
  { name: "Home", path: "", icon: House, key: "h" },
  { name: "Runs", path: "/runs", icon: Play, key: "r" },
  { name: "Logs", path: "/logs", icon: AlignLeft, key: "l" },
  { name: "Archive", path: "/archive", icon: Layers, key: "a" },
  { name: "Audit", path: "/audit", icon: ShieldCheck, key: "u", settings: true },
  { name: "Archive policy", path: "/settings/archive", icon: Timer, key: "p", settings: true },
  { name: "Log settings", path: "/settings/logs", icon: Settings2, key: "s", settings: true },
];

/** The pages that this person may open. */
export function placesFor({ canConfigure }: { canConfigure: boolean }): readonly Place[] {
  return places.filter((place) => canConfigure || !place.settings);
}

export function placeHref(slug: string, place: Place): string {
  return `/w/${slug}${place.path}`;
}

/** Home only on its own page, the others on everything beneath them. */
export function isHere(pathname: string, slug: string, place: Place): boolean {
  const href = placeHref(slug, place);
  return pathname === href || (place.path !== "" && pathname.startsWith(`${href}/`));
}

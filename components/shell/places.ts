import { AlignLeft, House, Layers, type LucideIcon, Play } from "lucide-react";

export interface Place {
  name: string;
  /** Under `/w/<slug>`. */
  path: "" | "/runs" | "/logs" | "/archive";
  icon: LucideIcon;
  /** After `g`. */
  key: string;
}

/** The pages of a workspace, in the order of the sidebar. */
export const places: readonly Place[] = [
  { name: "Home", path: "", icon: House, key: "h" },
  { name: "Runs", path: "/runs", icon: Play, key: "r" },
  { name: "Logs", path: "/logs", icon: AlignLeft, key: "l" },
  { name: "Archive", path: "/archive", icon: Layers, key: "a" },
];

export function placeHref(slug: string, place: Place): string {
  return `/w/${slug}${place.path}`;
}

/** Home only on its own page, the others on everything beneath them. */
export function isHere(pathname: string, slug: string, place: Place): boolean {
  const href = placeHref(slug, place);
  return pathname === href || (place.path !== "" && pathname.startsWith(`${href}/`));
}

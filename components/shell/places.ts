import {
  AlignLeft,
  Archive,
  House,
  Layers,
  type LucideIcon,
  Play,
  Settings2,
  ShieldCheck,
  Timer,
  Workflow,
} from "lucide-react";

/** Under `/w/<slug>`. */
export type WorkspacePath =
  | ""
  | "/runs"
  | "/workflows"
  | "/logs"
  | "/archive"
  | "/settings/logs"
  | "/settings/archive"
  | "/audit";

interface WorkspacePlace {
  name: string;
  path: WorkspacePath;
  icon: LucideIcon;
  /** After `g`. */
  key: string;
  /** Shown only to those who may change the settings of the workspace. */
  settings?: true;
}

/** The pages of a workspace, in the order of the sidebar. */
const workspacePlaces: readonly WorkspacePlace[] = [
  { name: "Home", path: "", icon: House, key: "h" },
  { name: "Runs", path: "/runs", icon: Play, key: "r" },
  { name: "Workflows", path: "/workflows", icon: Workflow, key: "w" },
  { name: "Logs", path: "/logs", icon: AlignLeft, key: "l" },
  { name: "Archive", path: "/archive", icon: Layers, key: "a" },
  { name: "Audit", path: "/audit", icon: ShieldCheck, key: "u", settings: true },
  { name: "Archive policy", path: "/settings/archive", icon: Timer, key: "p", settings: true },
  { name: "Log settings", path: "/settings/logs", icon: Settings2, key: "s", settings: true },
];

/** Of the platform, across its workspaces: for its admins alone. */
const platformPlaces: readonly Omit<Place, "badge">[] = [
  { name: "All archives", href: "/admin/archive", icon: Archive, key: "A" },
];

/** A page that the sidebar, the palette and the keys lead to. */
export interface Place {
  name: string;
  href: string;
  icon: LucideIcon;
  key: string;
  /** Whose bad news stands beside its name. */
  badge: WorkspacePath | null;
}

export interface PlaceGroup {
  title: string | null;
  places: readonly Place[];
}

/** Who looks, and where from. An admin of the platform may be a member of no workspace at all. */
export interface PlaceFacts {
  workspace: { slug: string } | null;
  canConfigure: boolean;
  isPlatformAdmin: boolean;
}

/** The pages that this person may open, in the order of the sidebar. */
export function placeGroups({ workspace, canConfigure, isPlatformAdmin }: PlaceFacts): PlaceGroup[] {
  const places = workspacePlaces.filter(({ settings }) => canConfigure || !settings);
  const groups = [];
  if (workspace) {
    const toPlace = ({ name, path, icon, key }: WorkspacePlace): Place => ({
      name,
      href: `/w/${workspace.slug}${path}`,
      icon,
      key,
      badge: path,
    });
    groups.push({ title: null, places: places.map(toPlace) });
  }
  if (isPlatformAdmin)
    groups.push({ title: "Platform", places: platformPlaces.map((place) => ({ ...place, badge: null })) });
  return groups;
}

export function placesFor(facts: PlaceFacts): Place[] {
  return placeGroups(facts).flatMap(({ places }) => places);
}

/** Home only on its own page, the others on everything beneath them. */
export function isHere(pathname: string, { href, badge }: Place): boolean {
  return pathname === href || (badge !== "" && pathname.startsWith(`${href}/`));
}

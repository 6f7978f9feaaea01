import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";

/*
 * Answers that stay open cost what others do not: a tail holds a connection, a check reads an archive from end to end. Each
 * kind has so many places in a process, and a workspace so many of them, so that nobody's curiosity is everybody's outage.
 */

interface Room {
  inProcess: number;
  inWorkspace: number;
  /** Of one person or one token's owner: a browser shares one among its tabs. */
  ofPerson?: number;
  retryAfterSeconds: number;
  /** "100 live tails", what there is no more of. */
  name: string;
}

const rooms = {
  tail: { inProcess: 500, inWorkspace: 100, retryAfterSeconds: 5, name: "live tails" },
  run: { inProcess: 500, inWorkspace: 200, ofPerson: 64, retryAfterSeconds: 5, name: "live runs" },
  check: { inProcess: 4, inWorkspace: 2, retryAfterSeconds: 20, name: "checks of an archive" },
} as const satisfies Record<string, Room>;
export type PlaceKind = keyof typeof rooms;

/** On globalThis: every bundle of this process must count together. */
const holder = globalThis as typeof globalThis & { strataPlaces?: Map<string, number> };

/** Takes a place until the returned function is called, and throws when there is none. Called twice it counts once. */
export function takePlace(
  { workspaceId, userId }: WorkspaceScope,
  kind: PlaceKind,
  room: Room = rooms[kind],
): () => void {
  holder.strataPlaces ??= new Map();
  const taken = holder.strataPlaces;
  const [all, own, mine] = [kind, `${kind} ${workspaceId}`, `${kind} ${workspaceId} ${userId}`];
  const count = (key: string) => taken.get(key) ?? 0;
  if (count(own) >= room.inWorkspace)
    throw noPlace(room, `This workspace has ${room.inWorkspace} ${room.name}`);
  if (count(all) >= room.inProcess) throw noPlace(room, `This server has ${room.inProcess} ${room.name}`);
  if (room.ofPerson !== undefined && count(mine) >= room.ofPerson)
    throw noPlace(room, `You have ${room.ofPerson} ${room.name}`);
  const keys = [all, own, mine];
  for (const key of keys) taken.set(key, count(key) + 1);
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    for (const key of keys) {
      if (count(key) > 1) taken.set(key, count(key) - 1);
      else taken.delete(key);
    }
  };
}

function noPlace({ retryAfterSeconds }: Room, what: string): AppError {
  return new AppError(
    "rate_limited",
    `${what} open, and no more at a time. Try again in ${retryAfterSeconds} s.`,
    {
      retryAfterSeconds,
    },
  );
}

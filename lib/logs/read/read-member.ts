import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { ReadableChunk } from "@/lib/mongo/collections/log-chunks";
import type { ReadEntry } from "../entry-line";
import type { Span } from "../spans";
import { noteAccess, noteDamage } from "./chunk-notes";
import { type Ended, findEnded } from "./expired-rows";
import { MemberCache } from "./member-cache";
import { MemberRows } from "./member-rows";
import { fetchMembers, type Member, openMember, type Unreadable } from "./open-member";
import { readRestored } from "./restored-rows";

export type { Member } from "./open-member";

export type MemberRead = { ok: true; entries: ReadEntry[] } | Unreadable | Ended;

const cache = new MemberCache(64 * 1024 * 1024);

/**
 * The entries of one gzip member of a chunk, or those of a part of it, read by its byte range. Its hash is checked before a
 * byte is trusted (I4): a damaged or absent member is an answer, which the reader shows as a gap, and no reason to withhold
 * the other members.
 */
export async function readMember(
  scope: WorkspaceScope,
  chunk: ReadableChunk,
  member: Member,
  part: Span = memberRange(member),
): Promise<MemberRead> {
  const key = `${chunk._id}/${member.offset}`;
  const known = cache.get(key);
  if (known) return { ok: true, entries: known.within(part) };
  // Not kept: it holds for as long as the restore does, and no hash of the archive has proved it.
  const restored = await readRestored(scope, chunk, memberRange(member));
  if (restored) {
    void noteAccess(scope, chunk);
    return { ok: true, entries: restored.filter(({ seq }) => seq >= part.from && seq <= part.to) };
  }
  const read = await load(chunk, member);
  if (!read.ok) {
    const ended = read.reason === "missing" ? await findEnded(scope, chunk) : null;
    if (ended) return ended;
    if (read.reason !== "unreadable") await noteDamage(scope, chunk, memberRange(member), read.reason);
    return read;
  }
  cache.set(key, read.rows);
  // No reader waits for a note (F32).
  void noteAccess(scope, chunk);
  return { ok: true, entries: read.rows.within(part) };
}

function memberRange({ startSequence: from, endSequence: to }: Member): Span {
  return { from, to };
}

async function load(
  chunk: ReadableChunk,
  member: Member,
): Promise<{ ok: true; rows: MemberRows } | Unreadable> {
  const fetched = await fetchMembers(chunk, [member]);
  const opened = fetched.ok ? await openMember(chunk, member, fetched.bytes, { alone: true }) : fetched;
  return opened.ok ? { ok: true, rows: MemberRows.ofLines(opened.lines) } : opened;
}

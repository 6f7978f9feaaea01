import "server-only";
import type { Candidates } from "./candidates";
import { Heap } from "./heap";
import type { Place } from "./place";
import { loadSections } from "./sections";
import { settledEnds } from "./settled-ends";
import { type Reading, StreamReader, type StreamRow } from "./stream-reader";

/** Streams that are opened or read on at once. */
const atOnce = 16;

export interface Merged {
  /** In the direction of reading. */
  rows: StreamRow[];
  /** No row lies further on. */
  complete: boolean;
  /** Where reading goes on; everything before it in the direction of reading was looked at. Null when complete. */
  rest: Place | null;
  streamsRead: number;
}

/** Stands for streams that are not loaded yet: none of them begins before it. */
interface More {
  edge: number;
}
type Item = StreamReader | More;

/**
 * Rows of many streams in one order: by key, then stream, then number. The stream whose next row may come first is looked at
 * until that row is known, so streams that lie elsewhere in time are never opened. Ends with what it has at the deadline.
 */
export async function mergeStreams(
  reading: Reading,
  candidates: Candidates,
  { limit, deadline, notBefore }: { limit: number; deadline: () => boolean; notBefore: number | null },
): Promise<Merged> {
  const { ahead } = reading;
  const heap = new Heap<Item>((a, b) => comesBefore(a, b, ahead));
  const rows: StreamRow[] = [];
  const opened = new Set<StreamReader>();
  const load = async () => {
    const { records, edge } = await candidates.next();
    for (const record of records) heap.push(new StreamReader(reading, record));
    if (edge !== null) heap.push({ edge });
  };
  await load();
  while (rows.length < limit) {
    const first = heap.first;
    // No row stands before its own time, so none that is wanted stands before the first wanted moment.
    const isPast = !ahead && notBefore !== null && first !== undefined && first.edge < notBefore;
    if (!first || isPast) return { rows, complete: true, rest: null, streamsRead: opened.size };
    if (!(first instanceof StreamReader)) {
      heap.pop();
      await load();
      continue;
    }
    if (first.next) {
      const row = first.take();
      if (row) rows.push(row);
      heap.pop();
      if (!first.isDone) heap.push(first);
      continue;
    }
    if (first.isDone) {
      heap.pop();
      continue;
    }
    if (deadline()) return { rows, complete: false, rest: first.restingPlace, streamsRead: opened.size };
    const turn = takeTurn(heap);
    const fresh = turn.filter(({ isOpen }) => !isOpen).map(({ record }) => record);
    const [ends] = await Promise.all([settledEnds(reading.scope, fresh), loadSections(reading.scope, fresh)]);
    await Promise.all(turn.map((reader) => reader.advance(ends.get(reader.episodeId) ?? 0n)));
    for (const reader of turn) {
      opened.add(reader);
      if (!reader.isDone) heap.push(reader);
    }
  }
  return { rows, complete: false, rest: null, streamsRead: opened.size };
}

/** The streams that must be looked at next, as many as may be looked at together. */
function takeTurn(heap: Heap<Item>): StreamReader[] {
  const turn: StreamReader[] = [];
  while (turn.length < atOnce) {
    const item = heap.first;
    if (!(item instanceof StreamReader) || item.next) break;
    heap.pop();
    if (!item.isDone) turn.push(item);
  }
  return turn;
}

/** Of equal edges the streams that are not loaded come first: one of them may be the one. */
function comesBefore(a: Item, b: Item, ahead: boolean): boolean {
  if (a.edge !== b.edge) return ahead ? a.edge < b.edge : a.edge > b.edge;
  if (!(a instanceof StreamReader)) return b instanceof StreamReader;
  if (!(b instanceof StreamReader)) return false;
  return ahead ? a.episodeId < b.episodeId : a.episodeId > b.episodeId;
}

import type { Gap } from "../spans";
import type { Trailer } from "./trailer";

/** A format of an export. */
export interface RowWriter {
  head: string;
  /** Lines of the archive in this format. */
  lines(bytes: Buffer): Buffer;
  gap(gap: Gap): string;
  trailer(trailer: Trailer): string;
}

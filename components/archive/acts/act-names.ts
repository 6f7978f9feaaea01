/** The acts that have a form of their own on the archive page. */
export type ActName =
  | "archive"
  | "verify"
  | "restore"
  | "retry"
  | "count"
  | "settings"
  | "breakLease"
  | "hold"
  | "delete"
  | "sweep";

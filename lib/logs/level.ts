/** Levels of a log entry (log-schema), least to most severe. Whatever a producer sends is folded to one of these. */
export const logLevels = ["debug", "info", "warn", "error", "fatal"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Entries per level. */
export type LevelCounts = Record<LogLevel, number>;

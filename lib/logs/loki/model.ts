/** One line of a push to Loki, the same from JSON and from protobuf. */
export interface LokiItem {
  labels: LokiLabels;
  /** Nanoseconds since 1970; null when it was not given. */
  timeUnixNano: bigint | null;
  line: string;
  /** Labels of this line alone. */
  structuredMetadata: LokiLabels;
}

/** In the order they came; a name is there once. */
export type LokiLabels = Map<string, string>;

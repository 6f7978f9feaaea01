/** An expected failure of a command: printed as these two sentences, without a stack trace. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly remedy: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = "Failure";
  }
}

/** The first line of whatever was thrown, for a sentence of ours around it. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  return message.split("\n")[0]?.trim() || "no reason given";
}

/** The code that Node, the drivers and npm put on their errors. */
export function codeOf(error: unknown): string | number | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" || typeof error.code === "number" ? error.code : undefined;
}

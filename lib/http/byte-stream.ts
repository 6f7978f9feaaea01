/**
 * Bytes as the body of a response. One piece is made when one is taken, so a slow reader slows the writer down instead of
 * filling the memory. A reader who leaves ends it: `left` interrupts what the writer is waiting for.
 */
export function byteStream(
  pieces: AsyncGenerator<Uint8Array>,
  left: AbortController,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        left.abort();
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}

/** The signal of an answer that ends with its request, or when its body is not wanted any more. */
export function untilLeft(request: Request): { left: AbortController; signal: AbortSignal } {
  const left = new AbortController();
  return { left, signal: AbortSignal.any([request.signal, left.signal]) };
}

/** The same pieces; `done` is called when they end, however they do. */
export async function* untilDone<T>(pieces: AsyncGenerator<T>, done: () => void): AsyncGenerator<T> {
  try {
    yield* pieces;
  } finally {
    done();
  }
}

import { StringDecoder } from "node:string_decoder";

/** Text of a stream as lines. One that never ends is cut, so that a program cannot fill the memory of the worker with it. */
export class LineSplitter {
  private readonly decoder = new StringDecoder("utf8");
  private rest = "";

  constructor(
    private readonly onLine: (line: string) => void,
    private readonly longest = 64 * 1024,
  ) {}

  push(bytes: Buffer): void {
    this.take(this.decoder.write(bytes));
  }

  /** What stood without an end of line behind it. */
  end(): void {
    this.take(this.decoder.end());
    if (this.rest !== "") this.onLine(this.rest);
    this.rest = "";
  }

  private take(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
    for (; this.rest.length > this.longest; this.rest = this.rest.slice(this.longest))
      this.onLine(this.rest.slice(0, this.longest));
  }
}

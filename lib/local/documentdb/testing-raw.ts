import net from "node:net";
import { BSON, type Document } from "mongodb";
import { MessageReader } from "./wire";

/** Speaks the wire protocol byte by byte, for what a driver never sends: repetitions, broken messages, old opcodes. */
export class RawClient {
  readonly #reader = new MessageReader();
  readonly #answers: ((reply: Document | null) => void)[] = [];
  #requestId = 0;

  private constructor(readonly socket: net.Socket) {
    socket.on("data", (chunk) => {
      for (const message of this.#reader.push(chunk)) {
        const bodyAt = message.readInt32LE(12) === 1 ? 36 : 21;
        this.#answers.shift()?.(BSON.deserialize(message.subarray(bodyAt)));
      }
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      for (const answer of this.#answers.splice(0)) answer(null);
    });
  }

  static connect(port: number): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(port, "127.0.0.1", () => resolve(new RawClient(socket)));
      socket.once("error", reject);
    });
  }

  /** The reply, or null when the connection was closed instead. */
  send(opcode: number, content: Buffer): Promise<Document | null> {
    const head = Buffer.alloc(16);
    head.writeInt32LE(16 + content.length, 0);
    head.writeInt32LE(++this.#requestId, 4);
    head.writeInt32LE(opcode, 12);
    this.socket.write(Buffer.concat([head, content]));
    return new Promise((resolve) => this.#answers.push(resolve));
  }

  async command(document: Document): Promise<Document> {
    const reply = await this.send(2013, this.#body(0, document));
    if (!reply) throw new Error("the bridge closed the connection");
    return reply;
  }

  /** With the flag "more to come": no answer will be given. */
  commandWithoutReply(document: Document): void {
    void this.send(2013, this.#body(2, document));
    this.#answers.pop();
  }

  close(): void {
    this.socket.destroy();
  }

  #body(flags: number, document: Document): Buffer {
    const head = Buffer.alloc(5);
    head.writeInt32LE(flags, 0);
    return Buffer.concat([head, BSON.serialize(document)]);
  }
}

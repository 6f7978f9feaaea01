import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from "node:crypto";
import { EngineError } from "./types";

const MECHANISM = "SCRAM-SHA-256";
const hmac = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const attribute = (text: string, name: string) =>
  text
    .split(",")
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(2) ?? "";

/**
 * The client's half of SCRAM-SHA-256 (RFC 7677) as PostgreSQL speaks it. The server's signature is checked too: a
 * foreign process that took the port while the engine was down neither learns the password nor passes for the engine.
 */
export class ScramClient {
  readonly mechanism = MECHANISM;
  readonly #nonce = randomBytes(18).toString("base64");
  #serverSignature = Buffer.alloc(0);

  constructor(readonly password: string) {}

  first(): string {
    return `n,,n=,r=${this.#nonce}`;
  }

  final(serverFirst: string): string {
    const nonce = attribute(serverFirst, "r");
    if (!nonce.startsWith(this.#nonce))
      throw new EngineError("refused", "the engine answered a foreign nonce");
    const salt = Buffer.from(attribute(serverFirst, "s"), "base64");
    const salted = pbkdf2Sync(this.password, salt, Number(attribute(serverFirst, "i")), 32, "sha256");
    const clientKey = hmac(salted, "Client Key");
    const withoutProof = `c=biws,r=${nonce}`;
    const exchange = `n=,r=${this.#nonce},${serverFirst},${withoutProof}`;
    const signature = hmac(createHash("sha256").update(clientKey).digest(), exchange);
    const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0));
    this.#serverSignature = hmac(hmac(salted, "Server Key"), exchange);
    return `${withoutProof},p=${Buffer.from(proof).toString("base64")}`;
  }

  verify(serverFinal: string): void {
    const given = Buffer.from(attribute(serverFinal, "v"), "base64");
    if (given.length !== this.#serverSignature.length || !timingSafeEqual(given, this.#serverSignature)) {
      throw new EngineError(
        "refused",
        "the process on the engine's port does not know the engine's password",
      );
    }
  }
}

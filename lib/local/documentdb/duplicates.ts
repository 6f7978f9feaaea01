import { BSON, type Document } from "mongodb";
import type { CommandError } from "./errors";
import { type Call, onPool } from "./execution";
import { textField } from "./request";

const BY_NAME = `SELECT (i.index_spec).index_name, (i.index_spec).index_key
  FROM documentdb_api_catalog.collection_indexes i JOIN documentdb_api_catalog.collections c USING (collection_id)
  WHERE c.database_name = $1 AND c.collection_name = $2 AND (i.index_spec).index_name = $3`;
const BY_NUMBER = `SELECT (index_spec).index_name, (index_spec).index_key
  FROM documentdb_api_catalog.collection_indexes WHERE index_id = $1`;

type Violated = { index: string; keyPattern: Document };

/**
 * Which unique index a duplicate key violates. The engine says it in words only, by name or by its own number; MongoDB
 * gives the name in its text and `keyPattern` beside it. One of these serves one command: an unordered batch may have
 * a thousand duplicates.
 */
export class Duplicates {
  readonly #known = new Map<string, Promise<Violated | null>>();

  constructor(readonly call: Call) {}

  /** The error with MongoDB's text and key pattern, where the index can be told. */
  async explain(error: CommandError): Promise<CommandError> {
    if (error.code !== 11000) return error;
    const named = /Index '([^']+)'/.exec(error.message)?.[1];
    const numbered = /documents_(?:rum_index|pk)_(\d+)/.exec(error.message)?.[1];
    const key = named ?? numbered;
    if (!key) return error;
    if (!this.#known.has(key)) this.#known.set(key, this.#find(named, numbered));
    const violated = await this.#known.get(key);
    if (!violated) return error;
    error.message = `E11000 duplicate key error collection: ${this.#namespace()} index: ${violated.index} dup key`;
    error.details = { keyPattern: violated.keyPattern };
    return error;
  }

  #namespace(): string {
    const { request } = this.call;
    return `${request.database}.${textField(request, request.name)}`;
  }

  #find(named: string | undefined, numbered: string | undefined): Promise<Violated | null> {
    const { request, services } = this.call;
    return onPool(services.pool, async (connection) => {
      const [row] = named
        ? await connection.query(BY_NAME, [request.database, textField(request, request.name), named])
        : await connection.query(BY_NUMBER, [numbered ?? ""]);
      const [index, keyPattern] = row ?? [];
      return index && keyPattern ? { index: String(index), keyPattern: BSON.deserialize(keyPattern) } : null;
    });
  }
}

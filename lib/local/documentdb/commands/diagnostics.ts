import os from "node:os";
import { CommandError } from "../errors";
import { type Handler, onEngine } from "../execution";
import { rawField, reply } from "../request";
import { MAX_MESSAGE_BYTES } from "../wire";

/**
 * MongoDB 7.0. Not the newest, on purpose: from 25 (MongoDB 8.0) on drivers use the bulkWrite command, which the
 * engine does not have; below it they refuse `client.bulkWrite` themselves, with a clear message.
 */
const WIRE_VERSION = 21;
const VERSION = [7, 0, 0, 0];

/** "isdbgrid" (mongos) makes drivers enable sessions, transactions and retryable writes without a replica set. */
const hello: Handler = async ({ client }) =>
  reply({
    ismaster: true,
    isWritablePrimary: true,
    helloOk: true,
    msg: "isdbgrid",
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    // The engine's own limit (documentdb.maxWriteBatchSize).
    maxWriteBatchSize: 25_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: client.id,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
  });

const buildInfo: Handler = async () =>
  reply({
    version: VERSION.slice(0, 3).join("."),
    versionArray: VERSION,
    gitVersion: "DocumentDB 1.0 behind the Strata bridge",
    modules: [],
    storageEngines: ["documentdb"],
    bits: 64,
    debug: false,
    maxBsonObjectSize: 16 * 1024 * 1024,
  });

const serverStatus: Handler = async ({ services }) =>
  reply({
    host: os.hostname(),
    version: VERSION.slice(0, 3).join("."),
    process: "documentdb-bridge",
    pid: process.pid,
    uptime: process.uptime(),
    localTime: new Date(),
    connections: { current: services.pool.size },
  });

const PLANS: Record<string, string> = {
  find: "find",
  aggregate: "pipeline",
  count: "count",
  distinct: "distinct",
};

/** The plan is PostgreSQL's, as JSON text: there is no winningPlan.stage to compare with MongoDB's. */
const explain: Handler = (call) =>
  onEngine(call, async (connection) => {
    const { request } = call;
    const inner = request.fields.explain;
    const name = Object.keys(inner)[0] ?? "";
    const kind = PLANS[name];
    if (!kind) throw new CommandError("CommandNotSupported", `explain of ${name} is not supported`);
    const analyze = request.fields.verbosity !== "queryPlanner";
    const sql = `EXPLAIN (FORMAT JSON, ANALYZE ${analyze}, BUFFERS ${analyze})
      SELECT document FROM documentdb_api_catalog.bson_aggregation_${kind}($1, $2)`;
    const plan = (await connection.query(sql, [request.database, rawField(request.body, "explain")]))[0]?.[0];
    const namespace = `${request.database}.${inner[name]}`;
    return reply({ queryPlanner: { namespace, winningPlan: plan?.toString("utf8") ?? "" } });
  });

const noUsers: Handler = async () => {
  throw new CommandError(
    "AuthenticationFailed",
    "The local document engine has no users: leave the name and password out of MONGODB_URI.",
  );
};

const constant =
  (document: object): Handler =>
  async () =>
    reply(document);

export const diagnosticCommands: Record<string, Handler> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: constant({}),
  buildInfo,
  buildinfo: buildInfo,
  serverStatus,
  explain,
  saslStart: noUsers,
  authenticate: noUsers,
  connectionStatus: constant({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
  getCmdLineOpts: constant({ argv: [], parsed: {} }),
  getLog: constant({ totalLinesWritten: 0, log: [] }),
  getParameter: constant({ featureCompatibilityVersion: { version: "7.0" } }),
  hostInfo: constant({ system: { hostname: os.hostname(), numCores: os.cpus().length }, os: {}, extra: {} }),
  whatsmyuri: constant({ you: "127.0.0.1:0" }),
  logout: constant({}),
};

/** No connection, or one that broke: what the operating system and the driver say. */
const noConnection = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/;
/** Connection exceptions, too many connections, the server is starting, stopping or was told to end this one. */
const serverAway = /^(08...|53300|57P0[123])$/;
const brokenOff = /^(Connection terminated|timeout exceeded when trying to connect)/;

/** PostgreSQL is away: the same request may succeed in a moment. Looks behind the errors that a query is wrapped in. */
export function isPostgresAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = "code" in cause ? String(cause.code) : "";
    if (noConnection.test(code) || serverAway.test(code) || brokenOff.test(cause.message)) return true;
  }
  return false;
}

import type { Call, Handler } from "../execution";
import { reply, sessionKey, wholeCommand } from "../request";

const commitTransaction: Handler = async ({ request, services }) => {
  await services.transactions.commit(request);
  return reply({});
};

const abortTransaction: Handler = async ({ request, services }) => {
  await services.transactions.abort(request);
  return reply({});
};

/** The open transaction of an ended session is rolled back and its cursors are closed. */
const endSessions: Handler = async ({ request, services }: Call) => {
  const sessions = wholeCommand(request)[request.name];
  for (const session of (Array.isArray(sessions) ? sessions : []).map(sessionKey)) {
    await services.transactions.endSession(session);
    services.cursors.endSession(session);
  }
  return reply({});
};

export const sessionCommands: Record<string, Handler> = {
  commitTransaction,
  abortTransaction,
  endSessions,
  killSessions: endSessions,
  refreshSessions: async () => reply({}),
};

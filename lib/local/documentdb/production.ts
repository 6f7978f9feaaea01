import { EngineError } from "./types";

/**
 * The engine is for machines without MongoDB, never for a deployment. The demo runs a production build of the web
 * application beside it, so a demo or test says so explicitly when it has to set NODE_ENV for all its processes.
 */
export function refuseProduction(env: NodeJS.ProcessEnv = process.env): void {
  if (env.NODE_ENV !== "production" || env.STRATA_DEMO === "1" || env.STRATA_TEST === "1") return;
  throw new EngineError(
    "refused",
    "The local document engine does not serve production: set MONGODB_URI to a MongoDB replica set.",
  );
}

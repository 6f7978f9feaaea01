import "server-only";

export { readMergedHistogram as getMergedHistogram } from "./histogram";
export { countStreams, listEpisodes } from "./list-streams";
export { readMergedPage } from "./read-page";
export { getStreamSet } from "./summary";

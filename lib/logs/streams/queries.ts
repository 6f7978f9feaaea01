import "server-only";

export { readMergedHistogram as getMergedHistogram } from "./histogram";
export { readMergedPage } from "./read-page";
export { getStreamSet } from "./summary";

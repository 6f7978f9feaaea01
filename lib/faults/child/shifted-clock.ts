import { shiftClock } from "./clock";

/** Imported before a program that knows nothing of faults: it lives in another time from its first line on. */
shiftClock(Number(process.env.STRATA_FAULT_CLOCK_MS ?? 0));

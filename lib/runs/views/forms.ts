import { viewForms } from "@/lib/saved-views/schema";
import { runViewParams } from "./view-params";

export const runViewForms = viewForms(runViewParams);

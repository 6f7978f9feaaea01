import { ticked, viewForms } from "@/lib/saved-views/schema";
import { episodeId } from "../schema";
import { viewParams } from "./view-params";

const forms = viewForms(viewParams);

export const logViewForms = {
  ...forms,
  /** With the episode one looks at, and whether the view is for this one alone. */
  save: forms.save.extend({ episodeId, onlyHere: ticked }),
};

import { z } from "zod";

/** What every collection of the emboflow data model declares alike. */
export const emboflowCollection = {
  source: "emboflow-data-model",
  writeConcern: { w: "majority" },
  readPreference: "primary",
} as const;

/** Large bytes never lie in a document: this names where they are and how to check them. */
export const storageRef = z.object({
  bucket: z.string().nullable(),
  key: z.string(),
  uri: z.string().nullable(),
  checksum: z.string().nullable(),
  contentType: z.string().nullable(),
  sizeBytes: z.number(),
});
export type StorageRef = z.infer<typeof storageRef>;

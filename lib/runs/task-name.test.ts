import { expect, test } from "vitest";
import { shortTaskName, taskNameParts } from "./task-name";

test.each([
  ["mProject_ID0000012", "mProject_ID0000012", "mProject", "12"],
  ["bowtie2-build_ID0000001", "x", "bowtie2-build", "1"],
  ["STAR_ALIGN (SRR1039512)", "x", "STAR_ALIGN", "SRR1039512"],
  ["NFCORE.RNASEQ.SAMTOOLS_SORT", "NFCORE.RNASEQ.SAMTOOLS_SORT_41", "SAMTOOLS_SORT", "41"],
  ["encode-3", "n7", "encode", "3"],
])("%s is known by its kind and its number", (name, nodeId, stem, mark) => {
  expect(taskNameParts(name, nodeId)).toEqual({ stem, mark });
});

test.each(["bowtie2", "sha256", "multiqc"])("%s keeps its digits: they name the tool", (name) => {
  expect(taskNameParts(name, "n1")).toEqual({ stem: name, mark: null });
});

test("a long dotted name is shown by its last part", () => {
  expect(shortTaskName("NFCORE_CUTANDRUN.CUTANDRUN.PREPARE_GENOME.GUNZIP_BED", "other")).toBe("GUNZIP_BED");
});

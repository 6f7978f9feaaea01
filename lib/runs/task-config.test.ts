import { expect, test } from "vitest";
import { commandLine, configFacts } from "./task-config";

test("program and arguments become a line that can be pasted into a shell", () => {
  const command = { program: "blastall", arguments: ["-p", "blastx", "-i", "small file.fasta", "it's"] };
  expect(commandLine({ command })).toBe(`blastall -p blastx -i 'small file.fasta' 'it'\\''s'`);
});

test("a command that is text already is left alone", () => {
  expect(commandLine({ command: "python train.py --lr 0.1 | tee log" })).toBe(
    "python train.py --lr 0.1 | tee log",
  );
});

test.each([{}, { command: null }, { command: {} }, { command: " " }, { command: [] }])(
  "%j has no command",
  (config) => {
    expect(commandLine(config)).toBeNull();
  },
);

test("settings keep their unit; the command and the sizes of files are not among them", () => {
  const config = {
    command: "x",
    readBytes: 2048,
    memoryGiB: 4,
    runtimeInSeconds: 75,
    avgCPU: 6,
    machines: ["n1", "n2"],
    inputFiles: ["a.fq", "b.fq"],
    inputSizes: [100, 200],
    gpu: false,
    none: null,
  };
  expect(configFacts(config)).toEqual([
    { name: "Read", value: "2 KiB" },
    { name: "Memory", value: "4 GiB" },
    { name: "Runtime", value: "1 min 15 s" },
    { name: "Avg CPU", value: "6" },
    { name: "Machines", value: "n1, n2" },
    { name: "Input files", value: "a.fq, b.fq" },
    { name: "GPU", value: "no" },
  ]);
});

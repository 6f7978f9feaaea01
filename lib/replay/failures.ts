import type { Random } from "@/lib/seeded-random";

/** How replayed tasks fail, by what they do; several lines where such an error has several lines. */
const byNodeType: Record<string, [string, ...string[]]> = {
  download: [
    "HTTPSConnectionPool(host='assets.invalid', port=443): Read timed out. (read timeout=60)\n  after 5 attempts, 3 of 7 parts fetched",
    "checksum mismatch: expected sha256 9f2c41d0…, got 0b77e1aa… (412,331,008 bytes)\nThe object changed while it was read; nothing was kept.",
  ],
  train: [
    'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.50 GiB (GPU 0; 23.69 GiB total capacity; 21.07 GiB already allocated)\n  File "train.py", line 214, in step\n    loss.backward()\nreduce batch_size or enable activation checkpointing',
    "loss is not finite at step 18,400 (nan)\n  lr=3.0e-4 grad_norm=inf last finite step 18,399\nstopped: 3 steps without a finite loss",
  ],
  infer: [
    "CUDA error: an illegal memory access was encountered\n  in launch_kernel at attention.cu:388\nthe device was reset; 112 of 640 items had been written",
    "model server answered 503 for 120 s (queue full, 256 waiting)",
  ],
  embed: [
    "batch 37: token length 9,114 exceeds the model's limit of 8,192\n  document manuals/valves/series-9.pdf#page=212",
    "the worker was killed: exit status 137 (memory 16.0 of 16.0 GiB)",
  ],
  encode: ['shard 5: frame 20,117 has 3 channels, expected 4\n  File "encode.py", line 88, in encode_frame'],
  parse: [
    'JSONDecodeError: Unterminated string starting at: line 1 column 88211 (char 88210)\n  File "parse.py", line 41, in records\n    yield json.loads(line)',
  ],
  check: [
    "verification failed: 312 of 48,112 vectors are missing in the new index\nthe alias was not moved",
    "totals differ: 48,112.07 EUR extracted, 48,121.70 EUR stated (invoice 2291-B, digits transposed?)",
  ],
  variants: [
    "java.lang.IllegalStateException: contig chrUn_KI270742v1 is not in the reference dictionary\n\tat caller.Reference.locate(Reference.java:114)\n\tat caller.Engine.walk(Engine.java:502)\n\tat caller.Main.run(Main.java:77)\nCaused by: java.io.EOFException\n\t... 3 more",
  ],
  simulate: ["replay fell 4.2 s behind the recording for 30 s; the result would not be comparable"],
};

const anyNode: [string, ...string[]] = [
  "exit status 1: no space left on device\n  writing /scratch/part-00017 (18.2 of 18.2 GiB used)",
  "PermissionError: [Errno 13] Permission denied: '/mnt/outputs/latest'\n  File \"main.py\", line 63, in publish",
  "the worker was lost: no heartbeat for 30 s, and again on the second worker",
];

export function failureOf(nodeType: string, random: Random): string {
  const own = byNodeType[nodeType];
  return own && random.chance(0.8) ? random.pick(own) : random.pick(anyNode);
}

import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { ObjectStore } from "./object-store";

/** What every object store does. `open` gives an empty one. */
export function objectStoreConformance(name: string, open: () => Promise<ObjectStore>): void {
  describe(`${name} as an object store`, () => {
    const body = Buffer.from("0123456789".repeat(50));

    test("gives back what was put, whole and in parts", async () => {
      const store = await open();
      expect(await store.put("a=1/b=2/object.gz", body)).toBe("created");
      expect(await store.get("a=1/b=2/object.gz")).toEqual(body);
      expect(await store.get("a=1/b=2/object.gz", { offset: 10, length: 5 })).toEqual(Buffer.from("01234"));
      expect(await store.head("a=1/b=2/object.gz")).toMatchObject({
        key: "a=1/b=2/object.gz",
        sizeBytes: 500,
      });
    });

    test("a range is cut at the end of the object", async () => {
      const store = await open();
      await store.put("k=1/o", body);
      expect(await store.get("k=1/o", { offset: 495, length: 100 })).toEqual(Buffer.from("56789"));
      expect(await store.get("k=1/o", { offset: 600, length: 10 })).toHaveLength(0);
    });

    test("an object is never written over", async () => {
      const store = await open();
      await store.put("k=1/o", body);
      expect(await store.put("k=1/o", Buffer.from("other"))).toBe("exists");
      expect(await store.get("k=1/o")).toEqual(body);
    });

    test("of many writers of one key one wins, and its object is whole", async () => {
      const store = await open();
      const bodies = Array.from({ length: 8 }, () => randomBytes(200_000));
      const results = await Promise.all(bodies.map((each) => store.put("k=1/race", each)));
      expect(results.filter((result) => result === "created")).toHaveLength(1);
      const winner = bodies[results.indexOf("created")];
      expect((await store.get("k=1/race"))?.equals(winner ?? Buffer.alloc(0))).toBe(true);
    });

    test("what is not there is null, and deleting it is no error", async () => {
      const store = await open();
      expect(await store.get("k=1/none")).toBeNull();
      expect(await store.get("k=1/none", { offset: 0, length: 1 })).toBeNull();
      expect(await store.head("k=1/none")).toBeNull();
      await store.delete("k=1/none");
      await store.put("k=1/o", body);
      await store.delete("k=1/o");
      expect(await store.get("k=1/o")).toBeNull();
      expect(await store.put("k=1/o", Buffer.alloc(0))).toBe("created");
      expect(await store.get("k=1/o")).toHaveLength(0);
    });

    test("lists the objects below a prefix in the order of their keys", async () => {
      const store = await open();
      for (const key of ["w=1/e=b/2", "w=1/e=a/1", "w=2/e=a/1", "w=1/e=b/10", "w=10/e=a/1"])
        await store.put(key, body);
      const list = async (prefix: string) => {
        const keys: string[] = [];
        for await (const { key } of store.list(prefix)) keys.push(key);
        return keys;
      };
      expect(await list("w=1/")).toEqual(["w=1/e=a/1", "w=1/e=b/10", "w=1/e=b/2"]);
      expect(await list("w=1/e=b/1")).toEqual(["w=1/e=b/10"]);
      expect(await list("w=3/")).toEqual([]);
      expect(await list("")).toHaveLength(5);
    });

    test.each(["", "/etc/passwd", "../outside", "a/../../outside", "a//b", "a/./b", "a\0b", "a b"])(
      "refuses the key %j",
      async (key) => {
        const store = await open();
        await expect(store.put(key, body)).rejects.toThrow("Not a key");
        await expect(store.get(key)).rejects.toThrow("Not a key");
      },
    );
  });
}

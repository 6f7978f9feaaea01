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
      const rangeOf = async (offset: number, length: number) => {
        const bytes = await store.get("k=1/o", { offset, length });
        return bytes?.toString();
      };
      expect(await rangeOf(0, 1)).toBe("0");
      expect(await rangeOf(0, 500)).toBe(body.toString());
      expect(await rangeOf(0, 501)).toBe(body.toString());
      expect(await rangeOf(495, 100)).toBe("56789");
      expect(await rangeOf(499, 1)).toBe("9");
      expect(await rangeOf(500, 1)).toBe("");
      expect(await rangeOf(600, 10)).toBe("");
      expect(await rangeOf(7, 0)).toBe("");
    });

    test("an object of no bytes is one", async () => {
      const store = await open();
      expect(await store.put("k=1/empty", Buffer.alloc(0))).toBe("created");
      expect(await store.put("k=1/empty", body)).toBe("exists");
      expect(await store.head("k=1/empty")).toMatchObject({ sizeBytes: 0 });
      expect(await store.get("k=1/empty")).toHaveLength(0);
      expect(await store.get("k=1/empty", { offset: 0, length: 10 })).toHaveLength(0);
    });

    test("an object of 20 MB comes back byte for byte, whole and from its middle", async () => {
      const store = await open();
      const large = randomBytes(20 * 1024 * 1024);
      expect(await store.put("k=1/large", large)).toBe("created");
      expect((await store.get("k=1/large"))?.equals(large)).toBe(true);
      const offset = 8 * 1024 * 1024 - 100;
      const part = await store.get("k=1/large", { offset, length: 5_000_000 });
      expect(part?.equals(large.subarray(offset, offset + 5_000_000))).toBe(true);
    });

    test("what a view into a larger buffer shows is what is stored", async () => {
      const store = await open();
      await store.put("k=1/view", body.subarray(3, 8));
      expect(await store.get("k=1/view")).toEqual(Buffer.from("34567"));
    });

    test("an object says when it appeared", async () => {
      const store = await open();
      await store.put("k=1/o", body);
      const found = await store.head("k=1/o");
      // Stores keep whole seconds; the clock of another machine may differ by a little.
      expect(Math.abs(Date.now() - (found?.modifiedAt.getTime() ?? 0))).toBeLessThan(60_000);
      for await (const listed of store.list("k=1/")) expect(listed).toEqual(found);
    });

    test("a read that nobody wants any more ends with the reason", async () => {
      const store = await open();
      await store.put("k=1/o", body);
      const signal = AbortSignal.abort(new Error("nobody wants it"));
      await expect(store.get("k=1/o", undefined, { signal })).rejects.toThrow("nobody wants it");
      await expect(store.get("k=1/o", { offset: 0, length: 5 }, { signal })).rejects.toThrow(
        "nobody wants it",
      );
    });

    test("an object is never written over", async () => {
      const store = await open();
      await store.put("k=1/o", body);
      expect(await store.put("k=1/o", Buffer.from("other"))).toBe("exists");
      expect(await store.get("k=1/o")).toEqual(body);
    });

    test("of many writers of one key one wins, and its object is whole", async () => {
      const store = await open();
      const bodies = Array.from({ length: 20 }, () => randomBytes(200_000));
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

    test("lists more objects than a page of the store holds, each once and in order", async () => {
      const store = await open();
      const keys = Array.from({ length: 1_050 }, (_, index) => `k=1/${String(index).padStart(5, "0")}`);
      for (let first = 0; first < keys.length; first += 50)
        await Promise.all(keys.slice(first, first + 50).map((key) => store.put(key, Buffer.from(key))));
      const listed: string[] = [];
      for await (const { key, sizeBytes } of store.list("k=1/")) {
        listed.push(key);
        expect(sizeBytes).toBe(9);
      }
      expect(listed).toEqual(keys);
    });

    test.each(["episode=a%2Fb%25/o", "k=.../o", "k=1/..a", "k=1/-._=%", `k=${"x".repeat(200)}/o`])(
      "takes the key %j",
      async (key) => {
        const store = await open();
        expect(await store.put(key, body)).toBe("created");
        expect(await store.get(key, { offset: 0, length: 3 })).toEqual(Buffer.from("012"));
        const listed: string[] = [];
        for await (const info of store.list("")) listed.push(info.key);
        expect(listed).toEqual([key]);
        await store.delete(key);
        expect(await store.head(key)).toBeNull();
      },
    );

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

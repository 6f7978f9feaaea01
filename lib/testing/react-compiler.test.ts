import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);
// What the production build compiles components with.
const { transformSync }: Babel = require("next/dist/compiled/babel/core");
const compiler: object = require("babel-plugin-react-compiler");

const hook = /\buse[A-Z]\w*[<(]/;
const ownStatement = /(?:= |^ *(?:return )?|function )use[A-Z]\w*[<(]/gm;

interface Babel {
  transformSync(code: string, options: object): { code: string };
}

interface NodePath {
  node: { callee: { name?: string; property?: { name?: string } } };
  findParent(is: (path: NodePath) => boolean): NodePath | null;
  isIfStatement(): boolean;
  isFunction(): boolean;
}

/** The hooks that the compiled source calls in some renders only. */
function skippedHooks(filename: string, source: string): string[] {
  const options = {
    filename,
    babelrc: false,
    configFile: false,
    parserOpts: { plugins: ["typescript", "jsx"] },
  };
  const { code } = transformSync(source, { ...options, plugins: [compiler] });
  const skipped: string[] = [];
  const finder = {
    visitor: {
      CallExpression(path: NodePath) {
        const { name, property } = path.node.callee;
        const called = name ?? property?.name ?? "";
        const around = path.findParent((parent) => parent.isIfStatement() || parent.isFunction());
        if (/^use[A-Z]/.test(called) && around?.isIfStatement()) skipped.push(`${filename} ${called}`);
      },
    },
  };
  transformSync(code, { ...options, plugins: [finder] });
  return skipped;
}

test("a hook inside a literal is found: the compiler would call it in the first render only", () => {
  const source = `
    import { useRef } from "react";
    export function Two({ on }) {
      const [a, b] = [useRef(null), useRef(null)];
      return <><i ref={a}>{on}</i><i ref={b} /></>;
    }`;
  expect(skippedHooks("two.tsx", source)).toEqual(["two.tsx useRef", "two.tsx useRef"]);
});

test("every hook of every component is called in each render of the compiled page", () => {
  const files = ["app", "components"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  );
  const sources = files
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => ({ file, source: readFileSync(join(root, file), "utf8") }));
  expect(sources.filter(({ source }) => hook.test(source)).length).toBeGreaterThan(50);
  // A hook that is a statement or a variable of its own is left where it is; compiling the others takes seconds as it is.
  const inAnExpression = sources.filter(({ source }) => hook.test(source.replace(ownStatement, "")));
  expect(inAnExpression.flatMap(({ file, source }) => skippedHooks(file, source))).toEqual([]);
});

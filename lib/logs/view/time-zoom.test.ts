import { expect, test } from "vitest";
import { zoomBack, zoomInto, zoomTo, zoomTrail } from "./time-zoom";

const everything = { since: null, until: null };
const whole = { since: null, until: null, zoom: [] };
const morning = { since: "2026-11-20T06:00:00.000Z", until: "2026-11-20T12:00:00.000Z" };
const hour = { since: "2026-11-20T08:00:00.000Z", until: "2026-11-20T09:00:00.000Z" };

test("every zoom leads back to the one before, and at last to the whole", () => {
  const first = zoomInto(whole, morning);
  const second = zoomInto({ ...first, zoom: first.zoom ?? [] }, hour);
  expect(second).toMatchObject(hour);
  const back = zoomBack({ ...second, zoom: second.zoom ?? [] });
  expect(back).toEqual({ ...morning, zoom: ["~"] });
  expect(back && zoomBack({ ...back, zoom: back.zoom ?? [] })).toEqual({
    since: null,
    until: null,
    zoom: null,
  });
});

test("a range that was typed leads back to the whole, and the whole nowhere", () => {
  expect(zoomBack({ ...hour, zoom: [] })).toEqual({ since: null, until: null, zoom: null });
  expect(zoomBack(whole)).toBeNull();
});

test("a step of the way forgets those behind it", () => {
  const zoom = ["~", "-6h~", "2026-11-20T06:00:00.000Z~2026-11-20T12:00:00.000Z"];
  expect(zoomTrail({ zoom })).toEqual([everything, { since: "-6h", until: null }, morning]);
  expect(zoomTo({ ...hour, zoom }, 1)).toEqual({ since: "-6h", until: null, zoom: ["~"] });
  expect(zoomTo({ ...hour, zoom }, 0)).toEqual({ since: null, until: null, zoom: null });
});

test("the way back stays short enough for a link", () => {
  let params: { since: string | null; until: string | null; zoom: string[] } = whole;
  for (let n = 0; n < 40; n++)
    params = { ...params, ...zoomInto(params, hour), zoom: zoomInto(params, hour).zoom ?? [] };
  expect(params.zoom.length).toBeLessThanOrEqual(12);
});

test("what somebody wrote by hand is no moment and breaks nothing", () => {
  expect(zoomTrail({ zoom: ["yesterday~soon", "", "a~b~c", "~2026-11-20T09:00:00Z"] })).toEqual([
    everything,
    everything,
    everything,
    { since: null, until: "2026-11-20T09:00:00Z" },
  ]);
});

// One tender from draft to award, through the client that openapi-typescript makes of the document. It must
// compile under `tsc --strict` and run against the server.

import createClient from "openapi-fetch";
import type { paths, components } from "./trede";

type Schemas = components["schemas"];

const baseUrl = process.env.TREDE_API ?? "";
const tokens: Record<string, string> = JSON.parse(process.env.TREDE_TOKENS ?? "{}");
const municipality = process.env.TREDE_MUNICIPALITY ?? "";

function as(role: string) {
  return createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${tokens[role]}` } });
}

/** What was answered, or the problem as an error. */
function answered<T>(outcome: { data?: T; error?: unknown; response: Response }): T {
  if (outcome.data === undefined) {
    throw new Error(`${outcome.response.status}: ${JSON.stringify(outcome.error)}`);
  }
  return outcome.data;
}

function expectEqual(actual: unknown, expected: unknown, what: string) {
  if (actual !== expected) throw new Error(`${what} is ${actual}, not ${expected}`);
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const model: Schemas["AwardModelInput"] = {
  method: {
    code: "absolute-linear",
    corridor: { fullPointsAt: "350000", zeroPointsAt: "500000", below: "clip", above: "reject" },
  },
  weightUnit: "percent",
  criteria: [
    { id: "prijs", kind: "price", weight: "60" },
    { id: "plan", kind: "assessed-quality", weight: "40", scale: { highest: "10" } },
  ],
};

async function story() {
  const [operator, buyer, platform, assessor] = ["operator", "buyer", "platform", "assessor"].map(as);
  answered(await operator.POST("/municipalities", { body: { id: municipality, name: "Utrecht" } }));

  const deadlineAt = new Date(Date.now() + 3000);
  const tender = answered(
    await buyer.POST("/municipalities/{municipality}/tenders", {
      params: { path: { municipality } },
      body: {
        title: "Groenonderhoud",
        buyer: "Gemeente Utrecht",
        bidCustody: "platform",
        deadlineAt: deadlineAt.toISOString(),
      },
    }),
  );
  const ofTender = { path: { municipality, tenderId: tender.id } };
  const lot = answered(
    await buyer.POST("/municipalities/{municipality}/tenders/{tenderId}/lots", {
      params: ofTender,
      body: { number: 1, title: "Wijk Noord" },
    }),
  );
  const ofLot = { path: { ...ofTender.path, lotId: lot.id } };
  answered(
    await buyer.PUT("/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/award-model", {
      params: { ...ofLot, header: { "If-Match": '"1"' } },
      body: model,
    }),
  );
  const published = answered(
    await buyer.POST("/municipalities/{municipality}/tenders/{tenderId}/publications", { params: ofTender }),
  );
  expectEqual(published.state, "published", "the state");

  const sealed = await buyer.GET("/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/bids", {
    params: ofLot,
  });
  expectEqual(sealed.error?.type, "urn:problem:trede:bids-not-opened", "the problem");

  await pause(deadlineAt.getTime() - Date.now() + 200);
  answered(
    await platform.POST("/municipalities/{municipality}/tenders/{tenderId}/openings", {
      params: ofTender,
      body: { attestation: { openedAt: new Date().toISOString(), evidence: "proces-verbaal" } },
    }),
  );
  const receivedAt = new Date(deadlineAt.getTime() - 1000).toISOString();
  const bids: [string, string, string][] = [
    ["69599068", "398000.00", "8"],
    ["68750110", "371000.00", "6"],
  ];
  answered(
    await assessor.POST("/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/interest-declarations", {
      params: ofLot,
      body: { hasInterest: false },
    }),
  );
  const scores: [string, string][] = [];
  for (const [bidderKvkNumber, price, score] of bids) {
    const bid = answered(
      await platform.POST("/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/bids", {
        params: ofLot,
        body: {
          bidderKvkNumber,
          receipt: { receivedAt, hash: "ab".repeat(32) },
          offer: { bidderName: `Inschrijver ${bidderKvkNumber}`, price },
        },
      }),
    );
    scores.push([bid.id, score]);
  }
  answered(
    await platform.POST("/municipalities/{municipality}/tenders/{tenderId}/hand-over-completions", {
      params: ofTender,
      body: { numberOfBids: bids.length },
    }),
  );
  for (const [bidId, score] of scores) {
    answered(
      await assessor.POST("/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/assessments", {
        params: ofLot,
        body: { bidId, criterion: "plan", kind: "consensus", score, motivation: "Volledig." },
      }),
    );
  }

  const concluded = answered(
    await buyer.POST("/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/quality-conclusions", {
      params: ofLot,
    }),
  );
  expectEqual(typeof concluded.qualityFixedAt, "string", "the moment at which quality was fixed");
  const evaluation = answered(
    await buyer.POST("/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/evaluations", {
      params: ofLot,
      body: { language: "en" },
    }),
  );
  const first = evaluation.result.lots[0]?.ranking[0];
  expectEqual(first?.total?.declared, "75.6", "the highest score");
  const list = answered(
    await buyer.GET("/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/bids", { params: ofLot }),
  );
  const winner = list.items.find((bid) => bid.bidderKvkNumber === "68750110");
  answered(
    await buyer.POST("/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/award-proposals", {
      params: ofLot,
      body: { evaluationId: evaluation.id, bidId: winner?.id ?? "", motivation: "Hoogste score.", standstillDays: 0 },
    }),
  );
  answered(
    await buyer.POST("/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/awards", {
      params: ofLot,
    }),
  );
  const awarded = answered(
    await buyer.GET("/municipalities/{municipality}/tenders/{tenderId}", { params: ofTender }),
  );
  expectEqual(awarded.state, "awarded", "the state");

  await pause(1500);
  const changes = answered(
    await platform.GET("/municipalities/{municipality}/changes", { params: { path: { municipality } } }),
  );
  const types = changes.items.map((event) => event.type);
  expectEqual(types[0], "nl.trede.lot.published", "the first event");
  expectEqual(types[types.length - 1], "nl.trede.lot.awarded", "the last event");
  console.log(`TypeScript: the story holds, ${types.length} events in the feed`);
}

await story();
